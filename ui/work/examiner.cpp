// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/examiner.h"

#include "core/base/this_thread.h"
#include "core/compute/threads.h"

#include <utility>

namespace samout {

Examiner::Examiner(Pace pace, QObject *parent)
    : QObject(parent), m_pace(pace), m_lane(pace == Pace::Prompt ? WorkKind::Question : WorkKind::Picture)
{
}

void Examiner::ask(Question question, bool allCores)
{
    struct Answer {
        std::shared_ptr<const Examination> examination;
        double milliseconds = 0;
    };
    auto answer = std::make_shared<Answer>();
    question.keepsWeights = m_pace == Pace::Prompt;
    m_lane.replace(
        [answer, question = std::move(question), allCores](const ShareDone &progress,
                                                           const std::stop_token &cancelled) {
            if (question.keepsWeights)
                allCores ? computeOnThreads(0) : computeAlone();
            const double begin = threadSeconds();
            answer->examination = examine(question, cancelled, progress);
            answer->milliseconds = 1e3 * (threadSeconds() - begin);
        },
        [this, answer](const QString &error) {
            if (!error.isEmpty())
                emit failed(error);
            else
                emit answered(answer->examination, answer->milliseconds);
        },
        [this](double share) { emit progressed(share); });
}

} // namespace samout
