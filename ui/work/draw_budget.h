// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QObject>

namespace samout {

class Live;

/// Milliseconds of processor time that the calling thread has taken so far.
double threadMilliseconds();

/// How many milliseconds should pass, while a training runs, for each that looking at it takes: with all cores
/// training, what another thread computes costs the training more than its own time. Two take turns in that, each with
/// half of the whole: the steps that are told and drawn (DrawBudget), and the pictures of the inside, whose weights are
/// copied and examined before they are drawn (SnapshotFeed).
constexpr double patience = 30;

/// Tells the steps of a training the more seldom the longer the GUI thread computes on them.
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
