// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <array>
#include <vector>

class QLineEdit;

namespace samout {

class MainWindow;

/// How long a user waits for the panels: from a key pressed in the examined text of 200 tokens until every open panel
/// is redrawn, at Article's size, while it trains and while it is paused; with the default panels in front, and with
/// the most expensive panels in front.
class LookBench : public QObject {
    Q_OBJECT

public:
    explicit LookBench(MainWindow *window);

    void begin();
    std::vector<Finding> findings() const;

signals:
    void done();

private:
    enum Layout { Default, Costly, Layouts };

    void press();
    void drawn();
    void show(Layout layout);
    void goOn(bool paused);

    MainWindow *m_window;
    QLineEdit *m_text;
    QTimer m_presses;
    QElapsedTimer m_since;
    bool m_waiting = false;
    bool m_typed = false;
    Layout m_layout = Default;
    /// By layout.
    std::array<std::vector<double>, Layouts> m_training, m_paused;
};

} // namespace samout
