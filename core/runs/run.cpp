// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/run.h"

#include "core/base/error.h"
#include "core/base/text_form.h"
#include "core/files/model_file.h"
#include "core/runs/run_database.h"
#include "core/runs/run_folder.h"
#include "core/train/edit_text.h"

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace samout {

namespace fs = std::filesystem;

namespace {

const std::string firstPrefix = "adam.first.", secondPrefix = "adam.second.";

double numberOr(const SQLite::Column &column, double otherwise)
{
    return column.isNull() ? otherwise : column.getDouble();
}

/// Reads a row of metricsQuery(): the columns of `metrics`, then those of `layers`.
StepMetrics metricsOf(SQLite::Statement &row, std::size_t layers)
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    StepMetrics metrics;
    metrics.step = row.getColumn(0).getInt64();
    metrics.loss = numberOr(row.getColumn(1), nan);
    if (!row.getColumn(2).isNull())
        metrics.heldOutLoss = row.getColumn(2).getDouble();
    metrics.learningRate = numberOr(row.getColumn(3), nan);
    metrics.gradientNorm = numberOr(row.getColumn(4), nan);
    metrics.seconds = numberOr(row.getColumn(5), nan);
    metrics.tokens = row.getColumn(6).getInt64();
    int column = 7;
    for (std::vector<float> *numbers : {&metrics.alphas, &metrics.layerGradientNorms})
        for (std::size_t i = 0; i < layers; ++i)
            numbers->push_back(static_cast<float>(numberOr(row.getColumn(column++), nan)));
    return metrics;
}

std::string metricsQuery(std::int64_t layers, const std::string &condition)
{
    return "SELECT m.step, loss, held_out_loss, learning_rate, gradient_norm, seconds, tokens, " +
           layerColumns(layers) + " FROM metrics m LEFT JOIN layers l ON l.step = m.step " + condition;
}

/// Returns the file of a row. Throws Error if it is missing, or torn: of another size than when it was stored.
fs::path whole(fs::path file, std::int64_t bytes)
{
    std::error_code error;
    const auto size = fs::file_size(file, error);
    if (error)
        throw Error(Error::Missing, Text("There is no file {0}, which the run should have.", file.string()));
    if (size != static_cast<std::uintmax_t>(bytes))
        throw Error(Error::Damaged,
                    Text("{0} is torn: it has {1} bytes and should have {2}.", file.string(), size, bytes));
    return file;
}

/// The row of a step; throws Error, naming the `kind` of file, if there is none.
const StoredFile &rowOf(const std::vector<StoredFile> &files, std::int64_t step, const fs::path &run, const Text &kind)
{
    const auto found = std::ranges::find(files, step, &StoredFile::step);
    if (found == files.end())
        throw Error(Error::Missing, Text("The run {0} has no {1} of step {2}.", run.string(), kind, step));
    return *found;
}

/// Makes one change to a run that another process may be writing.
void change(const fs::path &run, const std::string &statement, const auto &...values)
{
    const auto database = openRunDatabase(run, true);
    withoutSqliteErrors(run, [&] {
        SQLite::Statement update(*database, statement);
        int index = 0;
        (update.bind(++index, values), ...);
        if (update.exec() == 0)
            throw Error(Error::WrongValue, Text("{0} has nothing of this kind to change.", run.string()));
    });
}

} // namespace

struct Run::Impl {
    std::unique_ptr<SQLite::Database> database;
    std::int64_t layers = 0;

    std::vector<StoredFile> files(const char *query) const
    {
        std::vector<StoredFile> all;
        for (SQLite::Statement row(*database, query); row.executeStep();)
            all.push_back({.step = row.getColumn(0).getInt64(),
                           .bytes = row.getColumn(1).getInt64(),
                           .kept = row.getColumn(2).getInt() != 0});
        return all;
    }
};

Run::Run(fs::path folder) : m_folder(std::move(folder)), m_impl(std::make_unique<Impl>())
{
    m_impl->database = openRunDatabase(m_folder, false);
    m_impl->layers = facts().config.numLayers;
}

Run::~Run() = default;
Run::Run(Run &&) noexcept = default;

RunFacts Run::facts() const
{
    return answeredBy(m_folder, [&] { return readFacts(*m_impl->database, (m_folder / "run.db").string()); });
}

RunState Run::state() const { return RunLock::isHeld(m_folder) ? RunState::Running : RunState::Stopped; }

std::int64_t Run::lastStep() const
{
    return answeredBy(
        m_folder, [&] { return m_impl->database->execAndGet("SELECT ifnull(max(step), 0) FROM metrics").getInt64(); });
}

std::set<std::int64_t> Run::passedOver() const
{
    return answeredBy(m_folder, [&] {
        std::set<std::int64_t> all;
        // SQLite stores NaN as NULL; only an infinity is above 1.7e308.
        for (SQLite::Statement row(*m_impl->database,
                                   "SELECT step FROM metrics WHERE loss IS NULL OR gradient_norm IS NULL OR "
                                   "abs(loss) > 1.7e308 OR abs(gradient_norm) > 1.7e308");
             row.executeStep();)
            all.insert(row.getColumn(0).getInt64());
        return all;
    });
}

std::vector<StepMetrics> Run::metrics(std::int64_t step, std::int64_t count) const
{
    return answeredBy(m_folder, [&] {
        std::vector<StepMetrics> all;
        SQLite::Statement row(*m_impl->database,
                              metricsQuery(m_impl->layers, "WHERE m.step > ? ORDER BY m.step LIMIT ?"));
        row.bind(1, step);
        row.bind(2, count);
        while (row.executeStep())
            all.push_back(metricsOf(row, static_cast<std::size_t>(m_impl->layers)));
        return all;
    });
}

std::optional<StepMetrics> Run::lastMetrics() const
{
    const std::int64_t last = lastStep();
    if (last == 0)
        return std::nullopt;
    return metrics(last - 1, 1).front();
}

std::optional<std::pair<std::int64_t, double>> Run::lastHeldOut() const
{
    return answeredBy(m_folder, [&]() -> std::optional<std::pair<std::int64_t, double>> {
        SQLite::Statement row(*m_impl->database, "SELECT step, held_out_loss FROM metrics WHERE held_out_loss IS NOT "
                                                 "NULL ORDER BY step DESC LIMIT 1");
        if (!row.executeStep())
            return std::nullopt;
        return std::pair(row.getColumn(0).getInt64(), row.getColumn(1).getDouble());
    });
}

std::vector<RunSample> Run::samples(std::int64_t afterStep) const
{
    return answeredBy(m_folder, [&] {
        std::vector<RunSample> all;
        SQLite::Statement row(*m_impl->database,
                              "SELECT step, prompt, drawn, greedy FROM samples WHERE step > ? ORDER BY step");
        row.bind(1, afterStep);
        while (row.executeStep())
            all.push_back({.step = row.getColumn(0).getInt64(),
                           .prompt = row.getColumn(1).getString(),
                           .drawn = row.getColumn(2).getString(),
                           .greedy = row.getColumn(3).getString()});
        return all;
    });
}

std::vector<AppliedEdit> Run::edits() const
{
    return answeredBy(m_folder, [&] {
        std::vector<AppliedEdit> all;
        for (SQLite::Statement row(*m_impl->database, "SELECT step, kind, value FROM edits ORDER BY step, id");
             row.executeStep();) {
            const SQLite::Column step = row.getColumn(0);
            if (!step.isInteger() || step.getInt64() < 0)
                throw Error(
                    Error::Damaged,
                    Text("{0} is damaged: an edit has \"{1}\" as its step; it should be a whole number from 0 on.",
                         (m_folder / "run.db").string(), step.getString()));
            all.push_back({.step = step.getInt64(),
                           .edit = storedEdit(row.getColumn(1).getString(), row.getColumn(2).getString())});
        }
        return all;
    });
}

std::int64_t Run::goal() const
{
    std::int64_t goal = facts().options.steps;
    for (const AppliedEdit &applied : edits())
        if (const auto *change = std::get_if<SetSteps>(&applied.edit))
            goal = change->steps;
    return goal;
}

std::vector<StoredFile> Run::snapshots() const
{
    return answeredBy(m_folder,
                      [&] { return m_impl->files("SELECT step, bytes, starred FROM snapshots ORDER BY step"); });
}

std::vector<StoredFile> Run::checkpoints() const
{
    return answeredBy(m_folder,
                      [&] { return m_impl->files("SELECT step, bytes, requested FROM checkpoints ORDER BY step"); });
}

std::shared_ptr<const Snapshot> Run::snapshot(std::int64_t step) const
{
    const auto files = snapshots();
    return openModelFile(whole(snapshotPath(m_folder, step), rowOf(files, step, m_folder, Text("snapshot")).bytes));
}

std::shared_ptr<const Checkpoint> Run::checkpoint(std::int64_t step) const
{
    const auto files = checkpoints();
    return openCheckpoint(
        whole(checkpointPath(m_folder, step), rowOf(files, step, m_folder, Text("checkpoint")).bytes));
}

void renameRun(const fs::path &run, const std::string &name)
{
    change(run, "UPDATE run SET value = ? WHERE key = 'name'", name);
}

void noteRun(const fs::path &run, const std::string &note)
{
    change(run, "UPDATE run SET value = ? WHERE key = 'note'", note);
}

void starRun(const fs::path &run, bool starred)
{
    change(run, "UPDATE run SET value = ? WHERE key = 'starred'", starred ? "1" : "0");
}

void starSnapshot(const fs::path &run, std::int64_t step, bool starred)
{
    change(run, "UPDATE snapshots SET starred = ? WHERE step = ?", starred ? 1 : 0, step);
}

void saveCheckpoint(const fs::path &path, const Checkpoint &checkpoint)
{
    TensorFile file = tensorFileOf(*checkpoint.snapshot);
    for (const Parameter &parameter : checkpoint.snapshot->parameters()) {
        const auto add = [&](const std::string &prefix, const std::vector<float> &arena) {
            file.tensors.emplace(prefix + parameter.name,
                                 StoredTensor::ofFloats(parameter.shape, arena.data() + parameter.offset));
        };
        add(firstPrefix, checkpoint.firstMoment);
        add(secondPrefix, checkpoint.secondMoment);
    }
    file.metadata["learning_rate"] = numberText(checkpoint.learningRate);
    file.metadata["steps"] = numberText(checkpoint.steps);
    writeSafetensors(path, file);
}

std::shared_ptr<const Checkpoint> openCheckpoint(const fs::path &path)
{
    TensorFile file = readSafetensors(path);
    std::map<std::string, StoredTensor> moments;
    for (auto it = file.tensors.begin(); it != file.tensors.end();) {
        auto entry = it++;
        if (entry->first.starts_with("adam."))
            moments.insert(file.tensors.extract(entry));
    }
    auto checkpoint = std::make_shared<Checkpoint>();
    checkpoint->snapshot = snapshotOf(file, path.string());
    const Snapshot &snapshot = *checkpoint->snapshot;
    for (const auto &[prefix, arena] :
         {std::pair(firstPrefix, &checkpoint->firstMoment), std::pair(secondPrefix, &checkpoint->secondMoment)}) {
        arena->resize(snapshot.weights().size());
        for (const Parameter &parameter : snapshot.parameters()) {
            const auto found = moments.find(prefix + parameter.name);
            if (found == moments.end() || found->second.shape != parameter.shape)
                throw Error(Error::Damaged,
                            Text("{0}: the tensor \"{1}{2}\" is missing or has another shape than the weights.",
                                 path.string(), prefix, parameter.name));
            const std::vector<float> values = found->second.floats();
            std::copy(values.begin(), values.end(), arena->begin() + parameter.offset);
        }
    }
    const auto rate = parseNumber<double>(file.metadata["learning_rate"]);
    const auto steps = parseNumber<std::int64_t>(file.metadata["steps"]);
    if (!rate || !steps)
        throw Error(Error::Damaged, Text("{0}: its learning_rate and steps should be numbers.", path.string()));
    checkpoint->learningRate = *rate;
    checkpoint->steps = *steps;
    return checkpoint;
}

} // namespace samout
