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

/// The run in one line: the loss in miniature, with marks for every snapshot (below), sample (above), edit (a dashed
/// line) and met breakpoint (a dot on a line). A click or drag goes to the nearest snapshot, a double-click to exactly
/// that step.
class TimelineStrip : public QWidget {
    Q_OBJECT

public:
    explicit TimelineStrip(ShownRun *run, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {600, 44}; }
    QSize minimumSizeHint() const override { return {160, 44}; }

signals:
    /// The sentence for what is under the pointer; empty if there is nothing.
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
    void addSteps(const QList<StepMetrics> &steps);
    QString textAt(double x) const;
    qint64 stepAt(double x) const;
    double xOf(qint64 step) const;
    double xOfBreak(const BreakpointHit &hit) const;
    void drawLoss(QPainter &painter) const;
    void drawMarks(QPainter &painter) const;
    void drawPosition(QPainter &painter) const;

    ShownRun *m_run;
    /// The loss of each step, beginning with step 1.
    std::vector<float> m_losses;
};

/// The strip with its buttons: play, one snapshot back and on, star, back to the newest step.
class Timeline : public QWidget {
    Q_OBJECT

public:
    explicit Timeline(ShownRun *run, QWidget *parent = nullptr);

signals:
    void hovered(const QString &text);
    /// Asks to begin a new training with the shown weights.
    void goOnFromHere();
    /// Asks to compare whatever is shown later with the weights that are shown now.
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
