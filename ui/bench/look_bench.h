#pragma once

#include "core/bench/measurement.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <vector>

class QLineEdit;

namespace samout {

class MainWindow;

/// How long a person waits for the inside of the network: from a key pressed in the text to look at, of 200 tokens, to
/// every open panel redrawn, at Article's size, while it trains and while it is paused.
class LookBench : public QObject {
    Q_OBJECT

public:
    explicit LookBench(MainWindow *window);

    void begin();
    std::vector<Finding> findings() const;

signals:
    void done();

private:
    void press();
    void drawn();

    MainWindow *m_window;
    QLineEdit *m_text;
    QTimer m_presses;
    QElapsedTimer m_since;
    bool m_waiting = false;
    bool m_typed = false;
    std::vector<double> m_training, m_paused;
};

} // namespace samout
