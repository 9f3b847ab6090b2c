// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/snapshot_feed.h"

#include "core/base/error.h"
#include "core/inspect/weight_view.h"
#include "ui/models/workspace.h"
#include "ui/work/draw_budget.h"
#include "ui/work/live.h"
#include "ui/work/translated.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace samout {

namespace {

constexpr double shortestRest = 600;
constexpr double longestRest = 60'000;
/// Milliseconds after an answer during which the GUI thread's work counts as drawing it.
constexpr int drawingTime = 150;

bool hasNetwork(SessionStatus status) { return status != SessionStatus::Idle && status != SessionStatus::Failed; }

bool asksSomething(const Question &question)
{
    return !question.sites.empty() || question.everySite || question.winners || question.shares || question.readings ||
           question.logits;
}

} // namespace

SnapshotFeed::SnapshotFeed(Live *live, Workspace *workspace, Wishes wishes, QObject *parent)
    : QObject(parent), m_live(live), m_workspace(workspace), m_wishes(std::move(wishes))
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] {
        if (!std::exchange(m_drawing, false))
            return requestIfDue();
        const double cost = m_copyCost + m_examinationCost + threadMilliseconds() - m_before;
        m_rest.start(static_cast<int>(std::clamp(patience * cost, shortestRest, longestRest)));
    });
    connect(live, &Live::prepared, this, [this] {
        m_step = 0;
        m_snapshotStep = -1;
        m_requested = false;
        m_rest.stop();
        if (std::exchange(m_pinned, false))
            emit pinnedChanged();
        requestIfDue();
    });
    connect(live, &Live::stepped, this, [this](const QList<StepMetrics> &steps) {
        m_step = steps.last().stepsMade();
        requestIfDue();
    });
    connect(live, &Live::edited, this, [this] {
        m_snapshotStep = -1; // the weights may have changed although the step is the same
        requestIfDue();
    });
    connect(live, &Live::snapshotTaken, this, &SnapshotFeed::takeSnapshot);
    connect(live, &Live::statusChanged, this, &SnapshotFeed::takeStatus);
    for (auto changed : {&Workspace::textChanged, &Workspace::layerChanged, &Workspace::interventionsChanged})
        connect(workspace, changed, this, [this] { look(); });
    for (const Examiner *examiner : {&m_prompt, &m_patient}) {
        connect(examiner, &Examiner::answered, this, &SnapshotFeed::takeAnswer);
        connect(examiner, &Examiner::progressed, this, &SnapshotFeed::progressed);
        connect(examiner, &Examiner::failed, this, &SnapshotFeed::problem);
    }
}

void SnapshotFeed::newest(Receiver receiver)
{
    const SessionStatus status = m_live->status();
    const bool mayAsk = !m_pinned && hasNetwork(status);
    const bool fresh = m_workspace->snapshot() && m_snapshotStep == m_step && status != SessionStatus::Running;
    if (!mayAsk || fresh)
        return receiver(m_workspace->snapshot());
    m_receivers.push_back(std::move(receiver));
    request();
}

void SnapshotFeed::pin(std::shared_ptr<const Snapshot> snapshot)
{
    m_pinned = true;
    m_workspace->setSnapshot(std::move(snapshot));
    emit pinnedChanged();
    look();
}

void SnapshotFeed::backToLive()
{
    if (!std::exchange(m_pinned, false))
        return;
    emit pinnedChanged();
    if (hasNetwork(m_live->status()))
        request();
}

bool SnapshotFeed::busy() const
{
    const bool waits = m_requested && hasNetwork(m_live->status());
    return waits || m_prompt.busy() || m_patient.busy();
}

void SnapshotFeed::request()
{
    m_requested = true;
    m_live->training().send(WantSnapshot{});
}

void SnapshotFeed::requestIfDue()
{
    if (m_pinned || m_requested || m_rest.isActive() || m_snapshotStep == m_step)
        return;
    // Newer weights would restart the examination of a long text again and again. Only the last ones interrupt it.
    if (m_live->status() == SessionStatus::Running && (m_prompt.busy() || m_patient.busy()))
        return;
    Question wishes;
    m_wishes(wishes);
    if (asksSomething(wishes) || !m_workspace->snapshot())
        request();
}

void SnapshotFeed::takeStatus()
{
    switch (m_live->status()) {
    case SessionStatus::Failed:
        m_requested = false;
        answerReceivers(m_workspace->snapshot());
        break;
    case SessionStatus::Paused:
    case SessionStatus::Stopped:
        // No training computes now, so there is no need to rest.
        m_rest.stop();
        m_drawing = false;
        requestIfDue();
        break;
    default:
        break;
    }
}

void SnapshotFeed::takeSnapshot(const std::shared_ptr<const Snapshot> &snapshot, double milliseconds)
{
    m_copyCost = milliseconds;
    m_requested = false;
    m_snapshotStep = snapshot->step();
    answerReceivers(snapshot);
    if (m_pinned)
        return;
    m_workspace->setSnapshot(snapshot);
    look(m_live->status() == SessionStatus::Running ? Pace::Patient : Pace::Prompt);
}

void SnapshotFeed::answerReceivers(const std::shared_ptr<const Snapshot> &snapshot)
{
    for (const Receiver &receiver : std::exchange(m_receivers, {}))
        receiver(snapshot);
}

Question SnapshotFeed::question() const
{
    Question question;
    question.snapshot = m_workspace->snapshot();
    if (!question.snapshot)
        return question;
    question.tokens = question.snapshot->vocabulary().encode(m_workspace->text().toStdString());
    m_wishes(question);
    if (m_workspace->side() != Side::AsTrained)
        question.interventions = m_workspace->interventions();
    question.besideTrained = m_workspace->side() == Side::Difference;
    return question;
}

void SnapshotFeed::look(Pace pace)
{
    if (ask(pace))
        return;
    // No panel asks about these weights; newer ones are requested no more often than if one did.
    m_drawing = false;
    if (!m_rest.isActive())
        m_rest.start(static_cast<int>(shortestRest));
}

/// Returns false if no panel asks, or if a sentence says why the question cannot be asked.
bool SnapshotFeed::ask(Pace pace)
{
    m_inTrouble = false;
    try {
        Question asked = question();
        if (!asked.snapshot || !asksSomething(asked))
            return false;
        m_inTrouble = true;
        const auto length = static_cast<qsizetype>(asked.tokens.size());
        if (length == 0) {
            cancel();
            emit problem(tr("The text to look at is empty; type at least one character of it."));
            return false;
        }
        const QString &text = m_workspace->text();
        if ((length > longText && m_allowed != text) || m_stopped == text) {
            cancel();
            emit lengthAsked(length);
            return false;
        }
        if (length > longText)
            asked.mostRows = mostRows;
        m_inTrouble = false;
        // Newer weights do not delay an answer that a person waits for.
        const bool prompt = pace == Pace::Prompt || m_prompt.busy();
        (prompt ? m_patient : m_prompt).cancel();
        const SessionStatus status = m_live->status();
        const bool idle = !isActive(status) || status == SessionStatus::Paused;
        (prompt ? m_prompt : m_patient).ask(std::move(asked), prompt && idle);
        return true;
    } catch (const Error &error) {
        m_inTrouble = true;
        cancel();
        emit problem(translated(error));
        return false;
    }
}

void SnapshotFeed::allowLength()
{
    m_allowed = m_workspace->text();
    m_stopped.clear();
    look();
    if (m_prompt.busy())
        emit progressed(0);
    else if (!m_inTrouble)
        emit problem({}); // no panel asks
}

void SnapshotFeed::stopReading()
{
    m_stopped = m_workspace->text();
    look();
}

void SnapshotFeed::cancel()
{
    m_prompt.cancel();
    m_patient.cancel();
}

void SnapshotFeed::takeAnswer(const std::shared_ptr<const Examination> &answer, double milliseconds)
{
    m_examinationCost = milliseconds;
    m_before = threadMilliseconds();
    if (std::ranges::any_of(answer->logits.values, [](float logit) { return std::isnan(logit); })) {
        const auto parameter = notFinite(*answer->snapshot);
        emit problem(parameter
                         ? tr("The weights of step %1 are not all numbers, first those of %2; the panels keep what "
                              "they showed last.")
                               .arg(answer->snapshot->step())
                               .arg(QString::fromStdString(*parameter))
                         : tr("What the network computes from this text is too large to be numbers; the panels keep "
                              "what they showed last."));
    } else {
        if (!m_inTrouble)
            emit problem({});
        emit examined(answer);
    }
    m_drawing = true;
    m_rest.start(drawingTime);
}

} // namespace samout
