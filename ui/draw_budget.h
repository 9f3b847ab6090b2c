#pragma once

#include <QObject>

namespace samout {

class Live;

/// Milliseconds that the calling thread has computed so far.
double threadMilliseconds();

/// Keeps drawing to its share of the time while a training runs: with all cores training, a busy GUI thread
/// costs the training more than its own time. Steps are delivered the more seldom the longer the GUI thread
/// computes on a delivery.
class DrawBudget : public QObject {
    Q_OBJECT

public:
    explicit DrawBudget(Live *live);

private:
    void delivered();

    Live *m_live;
    double m_before = 0;
    /// Milliseconds a delivery, smoothed.
    double m_cost = 0;
};

} // namespace samout
