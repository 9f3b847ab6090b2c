// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/run_writer.h"

#include "core/base/error.h"
#include "core/base/mutex.h"
#include "core/base/this_thread.h"
#include "core/files/model_file.h"
#include "core/runs/run_database.h"
#include "core/runs/run_folder.h"
#include "core/runs/thinning.h"
#include "core/train/edit_text.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <deque>
#include <iterator>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <variant>

namespace samout {

namespace fs = std::filesystem;

namespace {

constexpr std::uintmax_t largestCopy = 256'000'000;
/// How long rows wait for others, to be stored together.
constexpr std::chrono::milliseconds together{500};
constexpr std::size_t automaticCheckpoints = 2;
/// The most rows that wait in memory for a disk that hangs.
constexpr std::size_t mostWaiting = 200'000;

struct CheckpointJob {
    std::shared_ptr<const Checkpoint> checkpoint;
    bool requested = false;
};
using Job = std::variant<StepMetrics, RunSample, AppliedEdit, std::shared_ptr<const Snapshot>, CheckpointJob>;

bool isFile(const Job &job)
{
    return std::holds_alternative<std::shared_ptr<const Snapshot>>(job) || std::holds_alternative<CheckpointJob>(job);
}

void copyData(const fs::path &folder, RunFacts &facts, const fs::path &source)
{
    facts.dataFile.sha256 = sha256Of(source);
    if (fs::file_size(source) > largestCopy) {
        facts.dataFile.file = fs::absolute(source).string();
        return;
    }
    facts.dataFile.file = (fs::path("data") / source.filename()).string();
    fs::create_directory(folder / "data");
    fs::copy_file(source, folder / facts.dataFile.file);
}

ino_t inodeOf(const fs::path &file)
{
    struct stat status {};
    return ::stat(file.c_str(), &status) == 0 ? status.st_ino : 0;
}

} // namespace

void createRun(const fs::path &folder, RunFacts facts, const fs::path &dataSource)
{
    std::error_code error;
    if (fs::exists(folder, error) && !(fs::is_directory(folder, error) && fs::is_empty(folder, error)))
        throw Error(Error::WrongValue,
                    Text("There is something at {0} already; a new run needs a new folder.", folder.string()));
    const fs::path whole = fs::absolute(folder).lexically_normal();
    const fs::path home = (whole.has_filename() ? whole : whole.parent_path()).parent_path();
    const fs::path making = home / (".new-" + std::to_string(::getpid()) + "-" + whole.filename().string());
    try {
        fs::create_directories(home);
        fs::remove_all(making);
        fs::create_directory(making);
        fs::create_directory(making / "snapshots");
        fs::create_directory(making / "checkpoints");
        if (!dataSource.empty())
            copyData(making, facts, dataSource);
        withoutSqliteErrors(folder, [&] { // the folder that a person knows
            const auto database = createRunDatabase(making, facts.config.numLayers);
            SQLite::Transaction all(*database);
            writeFacts(*database, facts);
            all.commit();
        });
        fs::rename(making, folder);
    } catch (const fs::filesystem_error &failure) {
        fs::remove_all(making, error);
        throw Error(Error::Unwritable,
                    Text("The run {0} cannot be made: {1}.", folder.string(), failure.code().message()));
    } catch (...) {
        fs::remove_all(making, error);
        throw;
    }
}

namespace {

/// Deletes the unfinished files of a program that was killed.
void removeUnfinished(const fs::path &folder)
{
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        if (const std::string name = it->path().filename().string();
            name.starts_with(".samout-") && name.ends_with(".tmp")) {
            std::error_code ignored;
            fs::remove(it->path(), ignored);
        }
}

} // namespace

struct RunWriter::Impl {
    fs::path folder;
    RunLock lock;
    std::unique_ptr<SQLite::Database> database;
    Run reader; // reads what is stored
    std::int64_t layers, budget;
    std::int64_t storedSteps, storedSamples; // rows up to here are compared
    ino_t inode;

    Mutex mutex;
    ConditionVariable changed;
    std::deque<Job> waiting GUARDED_BY(mutex);
    bool busy GUARDED_BY(mutex) = false;    // jobs are out of the queue and not stored yet
    bool hurried GUARDED_BY(mutex) = false; // somebody waits
    bool ending GUARDED_BY(mutex) = false;
    Text problem GUARDED_BY(mutex), difference GUARDED_BY(mutex);
    std::atomic<int> files = 0; // files that wait or are being written
    std::atomic<double> snapshotCost = 0, checkpointCost = 0;
    std::thread thread; // the last member: the thread uses all of the above

    explicit Impl(fs::path f)
        : folder(std::move(f)), lock(folder), database(openRunDatabase(folder, true)), reader(folder),
          inode(inodeOf(folder / "run.db"))
    {
        removeUnfinished(folder / "snapshots");
        removeUnfinished(folder / "checkpoints");
        const RunFacts facts = reader.facts();
        layers = facts.config.numLayers;
        budget = facts.options.snapshotMegabytes << 20;
        storedSteps = reader.lastStep();
        const auto samples = reader.samples();
        storedSamples = samples.empty() ? -1 : samples.back().step;
        thread = std::thread([this] { work(); });
    }

    void add(Job job)
    {
        bool first = false;
        {
            const MutexLock lock(mutex);
            first = waiting.empty() || isFile(job);
            files += isFile(job);
            waiting.push_back(std::move(job));
            if (waiting.size() > mostWaiting && problem.empty())
                problem = Text("The disk of {0} does not keep up with the training.", folder.string());
        }
        if (first) // further rows need not wake the thread, which is waiting for them
            changed.notifyAll();
    }

    void work()
    {
        giveWay();
        for (;;) {
            std::deque<Job> jobs = take();
            if (jobs.empty())
                return; // ending
            Text failure;
            try {
                store(jobs);
            } catch (const std::exception &error) {
                failure = isGone() ? goneSentence() : textOf(error);
            }
            putBack(std::move(jobs), failure);
        }
    }

    /// Waits for jobs, and a moment longer for others that are stored together with them. Empty: the writer ends.
    std::deque<Job> take()
    {
        const MutexLock lock(mutex);
        while (!ending && (waiting.empty() || !problem.empty()))
            changed.wait(mutex);
        if (waiting.empty() || !problem.empty())
            return {};
        const auto end = std::chrono::steady_clock::now() + together;
        while (!hurried && !ending && files == 0 && changed.waitUntil(mutex, end))
            continue;
        busy = true;
        return std::exchange(waiting, {});
    }

    /// Ends the storing of jobs. Those that were not stored come first the next time.
    void putBack(std::deque<Job> unstored, const Text &failure)
    {
        {
            const MutexLock lock(mutex);
            std::move(waiting.begin(), waiting.end(), std::back_inserter(unstored));
            waiting = std::move(unstored);
            problem = failure;
            busy = false;
        }
        changed.notifyAll();
    }

    bool isGone() const { return inodeOf(folder / "run.db") != inode; }
    Text goneSentence() const
    {
        return Text("The run's folder {0} was deleted or moved away. Put it back and go on.", folder.string());
    }

    /// Stores `jobs` in order and removes each one that is stored.
    void store(std::deque<Job> &jobs)
    {
        if (isGone()) // a deleted database could still be written to
            throw Error(Error::Missing, goneSentence());
        while (!jobs.empty()) {
            if (isFile(jobs.front())) {
                if (const auto *snapshot = std::get_if<std::shared_ptr<const Snapshot>>(&jobs.front()))
                    storeSnapshot(**snapshot);
                else
                    storeCheckpoint(std::get<CheckpointJob>(jobs.front()));
                jobs.pop_front();
                --files;
            } else {
                storeRows(jobs);
            }
        }
    }

    void storeRows(std::deque<Job> &jobs)
    {
        const auto end = std::find_if(jobs.begin(), jobs.end(), isFile);
        withoutSqliteErrors(folder, [&] {
            SQLite::Transaction all(*database);
            SQLite::Statement step(*database, "INSERT INTO metrics VALUES (?, ?, ?, ?, ?, ?, ?)");
            SQLite::Statement layer(*database, "INSERT INTO layers VALUES (" + placeholders(1 + 2 * layers) + ")");
            SQLite::Statement sample(*database, "INSERT INTO samples VALUES (?, ?, ?, ?)");
            SQLite::Statement edit(*database, "INSERT INTO edits (step, kind, value) VALUES (?, ?, ?)");
            for (auto job = jobs.begin(); job != end; ++job) {
                if (const auto *metrics = std::get_if<StepMetrics>(&*job))
                    storeStep(step, layer, *metrics);
                else if (const auto *text = std::get_if<RunSample>(&*job))
                    storeSample(sample, *text);
                else
                    storeEdit(edit, std::get<AppliedEdit>(*job));
            }
            all.commit();
        });
        jobs.erase(jobs.begin(), end);
    }

    void storeStep(SQLite::Statement &step, SQLite::Statement &layer, StepMetrics metrics)
    {
        if (metrics.heldOutLoss && !std::isfinite(*metrics.heldOutLoss))
            metrics.heldOutLoss.reset(); // SQLite has no NaN
        if (metrics.step <= storedSteps) {
            const std::vector<StepMetrics> stored = reader.metrics(metrics.step - 1, 1);
            if (stored.empty() || stored.front().step != metrics.step)
                return note(Text("Step {0} is missing among the stored ones.", metrics.step));
            if (const Text what = differenceOf(stored.front(), metrics); !what.empty())
                note(Text(
                    "Step {0} came out otherwise than it is stored: its {1} differs. This machine, or its number of "
                    "threads, computes other bits.",
                    metrics.step, what));
            return;
        }
        step.reset();
        step.clearBindings();
        step.bind(1, metrics.step);
        step.bind(2, metrics.loss);
        if (metrics.heldOutLoss)
            step.bind(3, *metrics.heldOutLoss);
        step.bind(4, metrics.learningRate);
        step.bind(5, metrics.gradientNorm);
        step.bind(6, metrics.seconds);
        step.bind(7, metrics.tokens);
        step.exec();
        layer.reset();
        layer.clearBindings();
        layer.bind(1, metrics.step);
        int column = 1;
        for (const std::vector<float> *numbers : {&metrics.alphas, &metrics.layerGradientNorms})
            for (const float number : *numbers)
                layer.bind(++column, static_cast<double>(number));
        layer.exec();
    }

    void storeSample(SQLite::Statement &insert, const RunSample &sample)
    {
        if (sample.step <= storedSamples) {
            const std::vector<RunSample> stored = reader.samples(sample.step - 1);
            if (stored.empty() || stored.front() != sample)
                note(Text("The sample of step {0} came out otherwise than it is stored.", sample.step));
            return;
        }
        insert.reset();
        insert.bind(1, sample.step);
        insert.bind(2, sample.prompt);
        insert.bind(3, sample.drawn);
        insert.bind(4, sample.greedy);
        insert.exec();
    }

    static void storeEdit(SQLite::Statement &insert, const AppliedEdit &edit)
    {
        const EditText text = textOf(edit.edit);
        insert.reset();
        insert.bind(1, edit.step);
        insert.bind(2, text.kind);
        insert.bind(3, text.value);
        insert.exec();
    }

    void note(const Text &sentence)
    {
        const MutexLock lock(mutex);
        if (difference.empty())
            difference = sentence;
    }

    void storeSnapshot(const Snapshot &snapshot)
    {
        const double begin = threadSeconds();
        const fs::path path = snapshotPath(folder, snapshot.step());
        saveModel(path, snapshot);
        insertFile("INSERT INTO snapshots VALUES (?, ?, ?, 0) ON CONFLICT (step) DO UPDATE SET bytes = excluded.bytes",
                   path, snapshot.step());
        snapshotCost = threadSeconds() - begin;
        for (const auto step : snapshotsToThin(reader.snapshots(), budget))
            removeFile("DELETE FROM snapshots WHERE step = ? AND starred = 0", snapshotPath(folder, step), step);
    }

    void storeCheckpoint(const CheckpointJob &job)
    {
        const double begin = threadSeconds();
        const std::int64_t step = job.checkpoint->snapshot->step();
        const fs::path path = checkpointPath(folder, step);
        saveCheckpoint(path, *job.checkpoint);
        insertFile(job.requested ? "INSERT INTO checkpoints VALUES (?, ?, ?, 1) ON CONFLICT (step) DO UPDATE SET "
                                   "bytes = excluded.bytes, requested = 1"
                                 : "INSERT INTO checkpoints VALUES (?, ?, ?, 0) ON CONFLICT (step) DO UPDATE SET "
                                   "bytes = excluded.bytes",
                   path, step);
        checkpointCost = threadSeconds() - begin;
        std::vector<StoredFile> automatic = reader.checkpoints();
        std::erase_if(automatic, [](const StoredFile &file) { return file.kept; });
        for (std::size_t i = 0; i + automaticCheckpoints < automatic.size(); ++i)
            removeFile("DELETE FROM checkpoints WHERE step = ?", checkpointPath(folder, automatic[i].step),
                       automatic[i].step);
    }

    void insertFile(const std::string &statement, const fs::path &path, std::int64_t step)
    {
        withoutSqliteErrors(folder, [&] {
            SQLite::Statement insert(*database, statement);
            insert.bind(1, step);
            insert.bind(2, path.lexically_relative(folder).string());
            insert.bind(3, static_cast<std::int64_t>(fs::file_size(path)));
            insert.exec();
        });
    }

    void removeFile(const std::string &statement, const fs::path &path, std::int64_t step)
    {
        const bool removed = answeredBy(folder, [&] {
            SQLite::Statement remove(*database, statement);
            remove.bind(1, step);
            return remove.exec() == 1;
        });
        std::error_code error;
        if (removed)
            fs::remove(path, error);
    }
};

RunWriter::RunWriter(fs::path folder) : m_impl(std::make_unique<Impl>(std::move(folder))) {}

RunWriter::~RunWriter()
{
    {
        const MutexLock lock(m_impl->mutex);
        m_impl->ending = true;
    }
    m_impl->changed.notifyAll();
    m_impl->thread.join();
}

void RunWriter::add(StepMetrics metrics) { m_impl->add(std::move(metrics)); }
void RunWriter::add(RunSample sample) { m_impl->add(std::move(sample)); }
void RunWriter::add(AppliedEdit edit) { m_impl->add(std::move(edit)); }
void RunWriter::add(std::shared_ptr<const Snapshot> snapshot) { m_impl->add(std::move(snapshot)); }

void RunWriter::add(std::shared_ptr<const Checkpoint> checkpoint, bool requested)
{
    m_impl->add(CheckpointJob{.checkpoint = std::move(checkpoint), .requested = requested});
}

int RunWriter::filesWaiting() const { return m_impl->files; }
double RunWriter::snapshotCost() const { return m_impl->snapshotCost; }
double RunWriter::checkpointCost() const { return m_impl->checkpointCost; }

Text RunWriter::problem() const
{
    const MutexLock lock(m_impl->mutex);
    return m_impl->problem;
}

void RunWriter::retry()
{
    {
        const MutexLock lock(m_impl->mutex);
        m_impl->problem = {};
    }
    m_impl->changed.notifyAll();
}

void RunWriter::flush()
{
    const MutexLock lock(m_impl->mutex);
    m_impl->problem = {};
    m_impl->hurried = true;
    m_impl->changed.notifyAll();
    while (m_impl->problem.empty() && (!m_impl->waiting.empty() || m_impl->busy))
        m_impl->changed.wait(m_impl->mutex);
    m_impl->hurried = false;
    if (!m_impl->problem.empty())
        throw Error(Error::Unwritable, m_impl->problem);
}

Text RunWriter::difference() const
{
    const MutexLock lock(m_impl->mutex);
    return m_impl->difference;
}

} // namespace samout
