// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/runs_reader.h"

#include "core/model/config.h"
#include "core/runs/run.h"
#include "core/runs/run_folder.h"
#include "ui/work/translated.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace samout {

namespace fs = std::filesystem;

namespace {

/// A file that changed within this time may change again without a later time stamp.
constexpr std::chrono::seconds settled{2};

RunRow readRun(const fs::path &folder)
{
    const Run run(folder);
    const RunFacts facts = run.facts();
    RunRow row;
    row.folder = QString::fromStdString(folder.string());
    row.name = QString::fromStdString(facts.name);
    row.note = QString::fromStdString(facts.note);
    row.starred = facts.starred;
    row.dataName = QString::fromStdString(facts.dataName);
    row.dataFile = QString::fromStdString(facts.dataPath(folder).string());
    row.parameters = parameterCount(facts.config);
    row.steps = run.goal();
    if (const auto last = run.lastMetrics()) {
        row.step = last->stepsMade();
        row.loss = last->loss;
    }
    if (const auto heldOut = run.lastHeldOut())
        row.heldOut = heldOut->second;
    row.created = QDateTime::fromString(QString::fromStdString(facts.created), Qt::ISODate);
    row.state = run.state() == RunState::Running ? RunRow::State::Running : RunRow::State::Stopped;
    row.options = facts.options;
    row.parent = QString::fromStdString(facts.parent);
    row.parentStep = facts.parentStep;
    return row;
}

} // namespace

RunsReader::Stamp::Stamp(const fs::path &file)
{
    std::error_code error;
    const std::uintmax_t bytes = fs::file_size(file, error);
    if (error || bytes == 0) // reading a database creates an empty log, too
        return;
    size = bytes;
    time = fs::last_write_time(file, error);
}

bool RunsReader::Stamp::isSettled() const { return time < fs::file_time_type::clock::now() - settled; }

std::vector<RunRow> RunsReader::read(const fs::path &home, const std::stop_token &end)
{
    std::vector<RunRow> rows;
    std::map<fs::path, Known> known;
    for (const fs::path &folder : runFolders(home)) {
        if (end.stop_requested())
            return {};
        const auto before = m_known.find(folder);
        const Stamp database(folder / "run.db"), log(folder / "run.db-wal");
        if (before != m_known.end() && before->second.database == database && before->second.log == log &&
            !RunLock::isHeld(folder)) {
            rows.push_back(before->second.row);
            known.insert(m_known.extract(before));
            continue;
        }
        try {
            rows.push_back(readRun(folder));
            if (rows.back().state == RunRow::State::Stopped && database.isSettled() && log.isSettled())
                known.emplace(folder, Known{database, log, rows.back()});
        } catch (const std::exception &error) {
            if (!isRunFolder(folder))
                continue; // the folder was moved away meanwhile
            RunRow damaged;
            damaged.folder = QString::fromStdString(folder.string());
            damaged.name = QString::fromStdString(folder.filename().string());
            damaged.problem = translated(error);
            rows.push_back(damaged);
        }
    }
    m_known = std::move(known);
    std::ranges::sort(rows, {}, &RunRow::folder);
    return rows;
}

} // namespace samout
