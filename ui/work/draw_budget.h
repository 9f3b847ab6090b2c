// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QObject>

namespace samout {

class Live;

/// Processor time that the calling thread has used so far, in milliseconds.
double threadMilliseconds();

/// How many milliseconds should pass, while a training runs, per millisecond of displaying it: if all cores train, work
/// on another thread costs the training more than its own time. Two classes keep to this ratio, each with half of the
/// whole share: DrawBudget for delivering and drawing steps, SnapshotFeed for copying, examining and drawing snapshots.
constexpr double patience = 30;

/// Delivers the steps of a training less often the longer the GUI thread takes to show them.
class DrawBudget : public QObject {
    Q_OBJECT

public:
    explicit DrawBudget(Live *live);

private:
    void delivered();

    Live *m_live;
    double m_before = 0;
    /// Milliseconds per delivery, smoothed.
    double m_cost = 0;
};

} // namespace samout
