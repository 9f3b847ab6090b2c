// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

namespace samout {

/// Whom an examiner's thread gives way to.
enum class Pace {
    Patient, ///< to all others, on one core: for pictures of a training that nobody waits for
    Prompt,  ///< to nobody: for what a person asked
};

/// Asks core for examinations on a thread of its own. The newest question wins: one that was not begun yet is
/// replaced, one that runs is cancelled. Answers come on the GUI thread.
class Examiner : public QObject {
    Q_OBJECT

public:
    explicit Examiner(Pace pace = Pace::Prompt, QObject *parent = nullptr);
    ~Examiner() override;

    /// `allCores`: of a prompt one, while nothing else computes.
    void ask(Question question, bool allCores = false);
    /// There will be no answer any more.
    void cancel();
    /// A question is asked that has no answer yet.
    bool busy() const { return m_open; }

signals:
    /// `milliseconds`: processor time of the thread that found it.
    void answered(std::shared_ptr<const samout::Examination> answer, double milliseconds);
    /// Of a question that takes long: the share that is done, 0 to 1.
    void progressed(double share);
    /// A sentence; the last good answer stays.
    void failed(const QString &reason);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    bool m_open = false;
    /// Counts the questions: an answer to an older one is not told.
    std::uint64_t m_asked = 0;
};

} // namespace samout
