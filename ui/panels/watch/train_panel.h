// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "ui/panels/panel.h"

#include <QList>

class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;

namespace samout {

class FoldButton;
class MessageStrip;
class TrainingControls;
class TrainingSetup;

/// The settings of the next training, the buttons, and the numbers of the last step.
class TrainPanel : public Panel {
    Q_OBJECT

public:
    TrainPanel(TrainingSetup *setup, TrainingControls *controls, QWidget *parent = nullptr);

    void connectTo(const PanelContext &context) override;
    /// The last step's numbers.
    QString table() const override;

    void setTraining(const TrainingFacts &facts);
    void addSteps(const QList<StepMetrics> &steps);
    void setStatus(SessionStatus status, const QString &reason);
    /// Shows a sentence that the person should not miss, with an icon, until the next start.
    void showError(const QString &sentence);
    void showInfo(const QString &sentence);
    /// The message, or empty.
    QString message() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *newButtons(TrainingControls *controls);
    QWidget *newNumbers();
    QWidget *newRateChange();
    void applyRate();
    void showSetup();
    void showNumbers();
    void clearNumbers();

    TrainingSetup *m_setup;
    TrainingControls *m_controls;
    QLabel *m_status;
    MessageStrip *m_strip;
    QLabel *m_teaches;
    QScrollArea *m_settings;
    FoldButton *m_fold;
    QLabel *m_problem;
    QWidget *m_rateRow;
    QLineEdit *m_rate;
    QLabel *m_facts;
    /// Step, loss, held-out loss, learning rate, gradient norm, steps/s, tokens/s.
    QList<QLabel *> m_names;
    QList<QLabel *> m_numbers;
    StepMetrics m_last;
    double m_heldOut = 0;
    qint64 m_heldOutStep = 0;
    /// Smoothed over about twenty steps.
    double m_secondsPerStep = 0;
};

} // namespace samout
