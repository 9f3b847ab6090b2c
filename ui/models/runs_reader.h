// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/train/options.h"

#include <QDateTime>
#include <QString>

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <vector>

namespace samout {

/// A run as the list of runs shows it.
struct RunRow {
    enum class State { Running, Stopped, Damaged };

    QString folder;
    /// The folder's name if the run is damaged.
    QString name;
    QString note;
    bool starred = false;
    QString dataName;
    /// The file of text or token rows that the run keeps; empty for generated data.
    QString dataFile;
    qint64 parameters = 0;
    qint64 step = 0;
    /// The step to reach, after the last edit; 0: until stopped.
    qint64 steps = 0;
    std::optional<double> loss;
    std::optional<double> heldOut;
    /// UTC.
    QDateTime created;
    State state = State::Damaged;
    /// As the run began.
    TrainingOptions options;
    QString parent;
    qint64 parentStep = 0;
    /// Why the run cannot be read, a sentence; empty if it can.
    QString problem;

    bool damaged() const { return state == State::Damaged; }
    bool operator==(const RunRow &) const = default;
};

/// Reads the runs of a folder again and again. A run is read only if its database changed since the last reading.
class RunsReader {
public:
    /// In the order of their folders; a run that cannot be read is a damaged row. Empty if `end` is requested.
    std::vector<RunRow> read(const std::filesystem::path &home, const std::stop_token &end);

private:
    /// Size and last change of a file that is only appended to or replaced; equal stamps mean equal contents.
    struct Stamp {
        std::uintmax_t size = 0;
        std::filesystem::file_time_type time = std::filesystem::file_time_type::min();

        explicit Stamp(const std::filesystem::path &file);
        bool isSettled() const;
        bool operator==(const Stamp &) const = default;
    };
    struct Known {
        Stamp database, log;
        RunRow row;
    };

    std::map<std::filesystem::path, Known> m_known;
};

} // namespace samout
