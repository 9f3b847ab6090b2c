// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <stdexcept>

namespace CLI {
class App;
}

namespace samout::cli {

/// The command line is wrong: the sentence goes to standard error, and the program exits with 2.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// Each adds one command to `app`: its options, its help and the callback that does it. Callbacks write results to
/// standard output, progress to standard error, and throw Error if they fail.
void addTrain(CLI::App &app);
void addEvaluate(CLI::App &app);
void addGenerate(CLI::App &app);
void addInspect(CLI::App &app);
void addEffects(CLI::App &app);
void addExamine(CLI::App &app);
void addConvert(CLI::App &app);
void addRuns(CLI::App &app);
void addShow(CLI::App &app);
void addExport(CLI::App &app);
void addReplay(CLI::App &app);
void addTasks(CLI::App &app);
void addDevices(CLI::App &app);
void addBench(CLI::App &app);
void addVerify(CLI::App &app);

} // namespace samout::cli
