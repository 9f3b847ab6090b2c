// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/train/breakpoints.h"
#include "core/train/metrics.h"

#include <QList>
#include <QTimer>
#include <QWidget>

#include <vector>

class QLabel;
class QProgressBar;
class QToolButton;

namespace samout {

class ShownRun;

/// The run in one line: the loss in miniature, with a mark for every snapshot (below), sample (above), edit (a
/// dashed line) and breakpoint that was met (a dot on a line). Click or drag to look at a snapshot; double-click for
/// exactly that step.
class TimelineStrip : public QWidget {
    Q_OBJECT

public:
    explicit TimelineStrip(ShownRun *run, QWidget *parent = nullptr);

    void clear();
    void addSteps(const QList<StepMetrics> &steps);
    QSize sizeHint() const override { return {600, 44}; }
    QSize minimumSizeHint() const override { return {160, 44}; }

signals:
    /// What is under the pointer; empty where nothing.
    void hovered(const QString &text);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QString textAt(double x) const;
    qint64 stepAt(double x) const;
    double xOf(qint64 step) const;
    double xOfBreak(const BreakpointHit &hit) const;
    void drawLoss(QPainter &painter) const;
    void drawMarks(QPainter &painter) const;
    void drawPosition(QPainter &painter) const;

    ShownRun *m_run;
    /// By step, from 1 on.
    std::vector<float> m_losses;
};

/// The strip, with what there is to do about it: play, one snapshot back and on, star, back to the newest step.
class Timeline : public QWidget {
    Q_OBJECT

public:
    explicit Timeline(ShownRun *run, QWidget *parent = nullptr);

    void clear() { m_strip->clear(); }
    void addSteps(const QList<StepMetrics> &steps) { m_strip->addSteps(steps); }
    TimelineStrip *strip() const { return m_strip; }
    QToolButton *newest() const { return m_newest; }

signals:
    void hovered(const QString &text);
    /// Begin a new training with the weights that are looked at.
    void goOnFromHere();
    /// Compare whatever is looked at with the weights that are looked at now.
    void compareWithThis();

private:
    QToolButton *newButton(const QString &text, const QString &tip);
    void showState();
    void play();

    ShownRun *m_run;
    TimelineStrip *m_strip;
    QLabel *m_where;
    QLabel *m_sample;
    QToolButton *m_back, *m_play, *m_on, *m_star, *m_compare, *m_goOn, *m_newest, *m_stop;
    QProgressBar *m_progress;
    QTimer m_player;
};

} // namespace samout
