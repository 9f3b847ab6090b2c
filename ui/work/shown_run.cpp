// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/shown_run.h"

#include "core/runs/run_writer.h"
#include "core/runs/stored_training.h"

#include <algorithm>
#include <utility>

namespace samout {

namespace {

/// Time between two readings of the stored run.
constexpr int refreshMilliseconds = 1000;
/// The most steps that are read and drawn at a time: a long run appears at once and fills up.
constexpr std::int64_t stepsAtOnce = 50'000;

ShownRun::Lists listsOf(const Run &run)
{
    return {.snapshots = run.snapshots(), .samples = run.samples(), .edits = run.edits(), .state = run.state()};
}

} // namespace

ShownRun::ShownRun(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(refreshMilliseconds);
    connect(&m_timer, &QTimer::timeout, this, &ShownRun::refresh);
}

void ShownRun::showTraining(const TrainingFacts &facts)
{
    m_training = facts;
    m_breaks.clear();
    begin(facts, true);
}

void ShownRun::addBreak(const BreakpointHit &hit)
{
    m_breaks.push_back(hit);
    if (m_isTraining)
        emit listsChanged();
}

const std::vector<BreakpointHit> &ShownRun::breaks() const
{
    static const std::vector<BreakpointHit> none;
    return m_isTraining ? m_breaks : none;
}

void ShownRun::backToTraining()
{
    if (m_training)
        begin(*m_training, true);
}

void ShownRun::open(const QString &folder)
{
    const int opening = ++m_opening;
    auto facts = std::make_shared<TrainingFacts>();
    m_reader.run([facts, folder] { *facts = factsOf(Run(folder.toStdString())); },
                 [this, facts, opening](const QString &error) {
                     if (opening != m_opening)
                         return;
                     if (!error.isEmpty())
                         emit problem(error);
                     else
                         begin(*facts, false);
                 });
}

void ShownRun::begin(const TrainingFacts &facts, bool isTraining)
{
    ++m_run;
    ++m_opening;
    m_loader.cancel();
    m_rebuilder.stop();
    m_isTraining = isTraining;
    m_folder = QString::fromStdString(facts.run.string());
    m_lists = {};
    m_loaded = 0;
    m_newest = -1;
    m_ahead.clear();
    m_reading = false;
    m_position = -1;
    emit opened(facts);
    emit listsChanged();
    emit positionChanged();
    if (m_folder.isEmpty())
        return m_timer.stop();
    m_timer.start();
    refresh();
}

void ShownRun::addSteps(const QList<StepMetrics> &steps)
{
    if (!m_isTraining)
        return;
    if (!m_folder.isEmpty() && steps.first().step > m_loaded + 1) {
        m_ahead += steps;
        return refresh();
    }
    deliver(steps);
}

void ShownRun::deliver(const QList<StepMetrics> &steps)
{
    QList<StepMetrics> fresh;
    for (const StepMetrics &metrics : steps)
        if (metrics.step > m_loaded) {
            m_loaded = metrics.stepsMade();
            fresh.append(metrics);
        }
    if (!fresh.isEmpty())
        emit stepped(fresh);
}

void ShownRun::refresh()
{
    if (std::exchange(m_reading, true))
        return;
    struct Answer {
        Lists lists;
        std::vector<StepMetrics> metrics;
    };
    auto answer = std::make_shared<Answer>();
    m_reader.run(
        [answer, folder = m_folder.toStdString(), from = m_loaded] {
            const Run stored(folder);
            answer->lists = listsOf(stored);
            answer->metrics = stored.metrics(from, stepsAtOnce);
        },
        [this, answer, run = m_run](const QString &error) {
            if (run != m_run)
                return;
            m_reading = false;
            if (std::exchange(m_trouble, error) != error && !error.isEmpty())
                emit problem(error);
            if (error.isEmpty()) {
                take(std::move(answer->lists), answer->metrics);
                if (answer->metrics.size() == stepsAtOnce)
                    refresh();
            }
        });
}

void ShownRun::take(Lists lists, const std::vector<StepMetrics> &metrics)
{
    const bool same = lists.snapshots.size() == m_lists.snapshots.size() &&
                      lists.samples.size() == m_lists.samples.size() && lists.edits.size() == m_lists.edits.size() &&
                      lists.state == m_lists.state;
    m_lists = std::move(lists);
    deliver(QList<StepMetrics>(metrics.begin(), metrics.end()));
    if (!m_ahead.isEmpty() && m_ahead.first().step <= m_loaded + 1)
        deliver(std::exchange(m_ahead, {}));
    if (!same)
        emit listsChanged();
    if (!m_isTraining && m_position < 0 && !m_lists.snapshots.empty()) {
        const qint64 newest = m_lists.snapshots.back().step;
        if (newest != std::exchange(m_newest, newest))
            load(newest);
    }
}

void ShownRun::goTo(qint64 step)
{
    const StoredFile *nearest = nullptr;
    for (const StoredFile &snapshot : m_lists.snapshots)
        if (!nearest || std::abs(snapshot.step - step) < std::abs(nearest->step - step))
            nearest = &snapshot;
    if (nearest && nearest->step != m_position)
        setPosition(nearest->step);
}

void ShownRun::goBy(int places)
{
    const std::vector<StoredFile> &all = m_lists.snapshots;
    if (all.empty())
        return;
    const auto count = static_cast<std::ptrdiff_t>(all.size());
    const auto at = std::ranges::lower_bound(all, m_position, {}, &StoredFile::step) - all.begin();
    const std::ptrdiff_t place = (m_position < 0 ? count - 1 : std::min(at, count - 1)) + places;
    if (place >= count && m_position >= 0)
        return goToNewest();
    goTo(all[static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place, 0, count - 1))].step);
}

void ShownRun::goToNewest()
{
    if (m_position < 0)
        return;
    m_loader.cancel();
    m_position = -1;
    m_newest = -1;
    emit positionChanged();
    refresh();
}

void ShownRun::setPosition(qint64 step)
{
    m_position = step;
    emit positionChanged();
    load(step);
}

void ShownRun::load(qint64 step)
{
    auto loaded = std::make_shared<std::shared_ptr<const Snapshot>>();
    m_loader.replace([loaded, folder = m_folder.toStdString(),
                      step](const ShareDone &, const std::stop_token &) { *loaded = Run(folder).snapshot(step); },
                     [this, loaded](const QString &error) {
                         if (!error.isEmpty())
                             emit problem(error);
                         else
                             emit snapshotLoaded(*loaded);
                     });
}

void ShownRun::rebuild(qint64 step)
{
    if (m_folder.isEmpty() || isRebuilding() || step < 0 || step > m_loaded)
        return;
    if (std::ranges::any_of(m_lists.snapshots, [step](const StoredFile &file) { return file.step == step; }))
        return goTo(step);
    auto rebuilt = std::make_shared<std::shared_ptr<const Snapshot>>();
    auto kept = std::make_shared<bool>(false);
    emit rebuildProgressed(0, step);
    m_rebuilder.run(
        [this, rebuilt, kept, folder = m_folder.toStdString(), step](const ShareDone &, const std::stop_token &stop) {
            const Run run(folder);
            *rebuilt = rebuildSnapshot(
                run, step,
                [this](std::int64_t done, std::int64_t all) {
                    m_mailbox.post([this, done, all] { emit rebuildProgressed(done, all); });
                },
                stop);
            // The run keeps the snapshot, unless another program is writing the run.
            if (*rebuilt && run.state() == RunState::Stopped) {
                RunWriter writer(folder);
                writer.add(*rebuilt);
                writer.flush();
                *kept = true;
            }
        },
        [this, rebuilt, kept, step, run = m_run](const QString &error) {
            emit rebuildProgressed(step, step);
            if (run != m_run)
                return;
            if (!error.isEmpty())
                return emit problem(error);
            if (!*rebuilt)
                return; // stopped
            m_loader.cancel();
            m_position = step;
            if (m_isTraining && !*kept)
                emit this->rebuilt(*rebuilt);
            emit positionChanged();
            emit snapshotLoaded(*rebuilt);
            refresh();
        });
}

const RunSample *ShownRun::sample() const
{
    const RunSample *last = nullptr;
    for (const RunSample &sample : m_lists.samples)
        if (m_position < 0 || sample.step <= m_position)
            last = &sample;
    return last;
}

void ShownRun::starPosition()
{
    const qint64 step = m_position;
    for (const StoredFile &file : m_lists.snapshots)
        if (file.step == step)
            m_reader.run(
                [folder = m_folder.toStdString(), step, starred = !file.kept] { starSnapshot(folder, step, starred); },
                [this](const QString &error) {
                    if (!error.isEmpty())
                        emit problem(error);
                    m_lists.snapshots.clear(); // so that the star counts as a change
                    refresh();
                });
}

} // namespace samout
