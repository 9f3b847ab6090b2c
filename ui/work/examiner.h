// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <memory>

namespace samout {

/// The priority of an examiner's thread.
enum class Pace {
    Patient, ///< gives way to all other threads, uses one core: for pictures of a running training
    Prompt,  ///< gives way to no thread: for what a person asked
};

/// Runs examinations on a thread of its own. The newest question wins: a waiting question is replaced, a running one is
/// cancelled. Answers arrive on the GUI thread.
class Examiner : public QObject {
    Q_OBJECT

public:
    explicit Examiner(Pace pace = Pace::Prompt, QObject *parent = nullptr);
    ~Examiner() override;

    /// `allCores`: a prompt examiner uses all cores; only while nothing else computes.
    void ask(Question question, bool allCores = false);
    /// Drops the question; no answer will come.
    void cancel();
    /// True while a question has no answer.
    bool busy() const { return m_open; }

signals:
    /// `milliseconds`: processor time that the examination took on the examiner's thread.
    void answered(std::shared_ptr<const samout::Examination> answer, double milliseconds);
    /// The finished share of a long examination, 0 to 1.
    void progressed(double share);
    /// `reason` is a sentence; the last good answer stays valid.
    void failed(const QString &reason);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
    bool m_open = false;
    /// Number of the newest question: an answer to an older one is not emitted.
    std::uint64_t m_asked = 0;
};

} // namespace samout
