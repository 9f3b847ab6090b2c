// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <string>
#include <vector>

class QLineEdit;

namespace samout {

class MainWindow;
struct StepMetrics;

/// The cost of open panels for a training, and the delays that a user feels during training: one training in the
/// window, whose panels are shown and hidden in turns of several steps, so that a noisy machine affects both alike. In
/// every second turn with panels, keys are pressed in the examined text, and the steps are not compared.
class PanelsBench : public QObject {
    Q_OBJECT

public:
    PanelsBench(MainWindow *window, std::string preset, int cycles);

    void begin();
    /// After done().
    std::vector<Finding> findings() const;

signals:
    void done();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void stepped(const QList<StepMetrics> &steps);
    void press();
    void tick();

    MainWindow *m_window;
    QLineEdit *m_text;
    std::string m_preset;
    QString m_probe;
    std::int64_t m_turnLength;
    std::vector<double> m_hidden, m_shown, m_waits, m_keys, m_refreshes;
    QTimer m_ticks, m_presses;
    QElapsedTimer m_sinceTick, m_sincePress, m_sinceSnapshot;
    bool m_typing = false;
    bool m_waiting = false;
    bool m_typed = false;
};

} // namespace samout
