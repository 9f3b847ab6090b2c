// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "ui/work/worker.h"

#include <QObject>
#include <QString>

#include <memory>

namespace samout {

/// Who waits for an examiner's answers.
enum class Pace {
    Patient, ///< nobody: the work gives way to all other threads and uses one core; for pictures of a running training
    Prompt,  ///< the person who asked: the work gives way to no thread
};

/// Runs examinations off the GUI thread. The newest question wins: a waiting question is replaced, a running one is
/// cancelled. Answers arrive on the GUI thread.
class Examiner : public QObject {
    Q_OBJECT

public:
    explicit Examiner(Pace pace = Pace::Prompt, QObject *parent = nullptr);

    /// `allCores`: a prompt examiner uses all cores; only while nothing else computes.
    void ask(Question question, bool allCores = false);
    /// Drops the question; no answer will come.
    void cancel() { m_lane.cancel(); }
    /// True while a question has no answer.
    bool busy() const { return m_lane.busy(); }

signals:
    /// `milliseconds`: processor time that the examination took on the thread that did it.
    void answered(std::shared_ptr<const samout::Examination> answer, double milliseconds);
    /// The finished share of a long examination, 0 to 1.
    void progressed(double share);
    /// `reason` is a sentence; the last good answer stays valid.
    void failed(const QString &reason);

private:
    const Pace m_pace;
    WorkLane m_lane;
};

} // namespace samout
