// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "core/base/error.h"
#include "core/compute/arithmetic.h"
#include "core/runs/run.h"
#include "core/runs/run_export.h"
#include "core/runs/run_folder.h"
#include "core/runs/stored_training.h"
#include "core/train/edit_text.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <chrono>
#include <memory>
#include <optional>

namespace samout::cli {

namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

/// What `samout show` prints. A damaged run is described as far as possible.
Json describe(const fs::path &folder)
{
    Json object;
    object["run"] = folder.string();
    try {
        const Run run(folder);
        const RunFacts facts = run.facts();
        object["name"] = facts.name;
        object["state"] = run.state() == RunState::Running ? "running" : "stopped";
        object["step"] = run.lastStep();
        object["steps"] = run.goal();
        const auto last = run.lastMetrics();
        object["loss"] = last ? Json(last->loss) : Json(nullptr);
        const auto heldOut = run.lastHeldOut();
        object["held_out_loss"] = heldOut ? Json(heldOut->second) : Json(nullptr);
        object["data"] = facts.dataName;
        object["parameters"] = parameterCount(facts.config);
        object["created"] = facts.created;
        object["note"] = facts.note;
        object["starred"] = facts.starred;
        object["parent"] = facts.parent.empty() ? Json(nullptr) : Json(facts.parent);
        if (!facts.parent.empty())
            object["parent_step"] = facts.parentStep;
        for (const auto &[key, files] :
             {std::pair("snapshots", run.snapshots()), std::pair("checkpoints", run.checkpoints())}) {
            object[key] = Json::array();
            for (const StoredFile &file : files)
                object[key].push_back(file.step);
        }
        object["samples"] = run.samples().size();
        object["edits"] = Json::array();
        for (const auto &[step, edit] : run.edits()) {
            const EditText text = textOf(edit);
            object["edits"].push_back({{"step", step}, {"kind", text.kind}, {"value", text.value}});
        }
    } catch (const Error &error) {
        object["state"] = "damaged";
        object["step"] = nullptr;
        object["snapshots"] = Json::array();
        object["problem"] = error.what();
    }
    return object;
}

std::string textOf(const Json &value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string lossText(const Json &value) { return value.is_number() ? fixed(value.get<double>(), 4) : "not measured"; }

void show(const std::string &name, bool json)
{
    const fs::path folder = findRunFolder(name);
    if (!isRunFolder(folder))
        throw Error(folder.string() + " is no run folder: there is no run.db in it.");
    const Json object = describe(folder);
    if (json)
        return printJson(object);
    if (object["state"] == "damaged")
        throw Error(textOf(object["problem"]));
    std::vector<std::pair<std::string, std::string>> rows;
    rows.emplace_back("name", textOf(object["name"]));
    rows.emplace_back("state", textOf(object["state"]));
    rows.emplace_back("data", textOf(object["data"]));
    rows.emplace_back("parameters", grouped(object["parameters"].get<std::int64_t>()));
    rows.emplace_back("step",
                      textOf(object["step"]) + " of " + (object["steps"] == 0 ? "no end" : textOf(object["steps"])));
    rows.emplace_back("loss", lossText(object["loss"]));
    rows.emplace_back("held-out loss", lossText(object["held_out_loss"]));
    rows.emplace_back("began", textOf(object["created"]));
    if (object.contains("parent_step"))
        rows.emplace_back("parent", textOf(object["parent"]) + ", step " + textOf(object["parent_step"]));
    rows.emplace_back("snapshots", std::to_string(object["snapshots"].size()));
    if (!textOf(object["note"]).empty())
        rows.emplace_back("note", textOf(object["note"]));
    for (const Json &edit : object["edits"])
        rows.emplace_back("edit at step " + textOf(edit["step"]), textOf(edit["kind"]) + " " + textOf(edit["value"]));
    printTable(rows);
    const std::vector<RunSample> samples = Run(folder).samples();
    if (!samples.empty()) {
        const RunSample &last = samples.back();
        print("\nWhat it wrote at step " + std::to_string(last.step) + ", drawn and greedily:\n" + last.prompt +
              last.drawn + "\n" + last.prompt + last.greedy + "\n");
    }
}

void list(const std::string &home, bool json)
{
    const fs::path place = home.empty() ? runsHome() : fs::path(home);
    std::error_code error;
    if (!home.empty() && !fs::is_directory(place, error))
        throw Error("There is no folder " + place.string() + ".");
    const std::vector<fs::path> folders = runFolders(place);
    if (folders.empty() && !json)
        remark("There is no run in " + place.string() + " yet.");
    std::vector<std::pair<std::string, std::string>> rows;
    for (const fs::path &folder : folders) {
        const Json object = describe(folder);
        if (json)
            printJson(object);
        else if (object["state"] == "damaged")
            rows.emplace_back(folder.filename().string(), "damaged");
        else
            rows.emplace_back(folder.filename().string(), textOf(object["state"]) + ", step " + textOf(object["step"]) +
                                                              ", loss " + lossText(object["loss"]) + ", held-out " +
                                                              lossText(object["held_out_loss"]));
    }
    if (!json)
        printTable(rows);
}

void replayRun(const std::string &name)
{
    using Clock = std::chrono::steady_clock;
    const Run run(findRunFolder(name));
    auto told = Clock::now();
    const ReplayResult result = replay(run, [&](std::int64_t done, std::int64_t all) {
        if (Clock::now() - told < std::chrono::seconds(2))
            return;
        told = Clock::now();
        remark("step " + std::to_string(done) + " of " + std::to_string(all));
    });
    if (result.firstDifference) {
        const std::int64_t arithmetic = run.facts().arithmetic;
        throw Error("The run did not come out the same: the first difference is at step " +
                    std::to_string(*result.firstDifference) + ", in its " + result.what.english() + "." +
                    (arithmetic == arithmeticNumber
                         ? ""
                         : " It was trained with arithmetic " + std::to_string(arithmetic) +
                               "; this version computes with " + std::to_string(arithmeticNumber) + "."));
    }
    print("All " + std::to_string(result.steps) + " steps came out the same.\n");
}

} // namespace

void addRuns(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("runs", "List the runs");
    auto home = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    command->add_option("DIR", *home, "A folder of runs (default: " + runsHome().string() + ")");
    command->add_flag("--json", *json, "One JSON object a line");
    command->callback([home, json] { list(*home, *json); });
}

void addShow(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("show", "Tell about a run");
    auto run = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    command->add_option("RUN", *run, "A run's folder, or its folder's name among the runs")->required();
    command->add_flag("--json", *json, "One JSON object");
    command->callback([run, json] { show(*run, *json); });
}

void addExport(CLI::App &app)
{
    struct Given {
        std::string run, csv, tensorBoard;
    };
    CLI::App *const command = app.add_subcommand("export", "Write a run's numbers for other programs");
    auto given = std::make_shared<Given>();
    command->add_option("RUN", given->run, "A run's folder, or its folder's name among the runs")->required();
    command->add_option("--csv", given->csv, "Every step's numbers, a line each")->type_name("FILE");
    command->add_option("--tensorboard", given->tensorBoard, "Scalars and samples for TensorBoard")->type_name("DIR");
    command->callback([given] {
        if (given->csv.empty() && given->tensorBoard.empty())
            throw UsageError("It was not said where to export to: --csv FILE or --tensorboard DIR.");
        const Run run(findRunFolder(given->run));
        if (!given->csv.empty())
            exportCsv(run, given->csv);
        if (!given->tensorBoard.empty())
            exportTensorBoard(run, given->tensorBoard);
    });
}

void addReplay(CLI::App &app)
{
    CLI::App *const command =
        app.add_subcommand("replay", "Train a run again from its settings and edits, and compare every number");
    auto run = std::make_shared<std::string>();
    command->add_option("RUN", *run, "A run's folder, or its folder's name among the runs")->required();
    command->callback([run] { replayRun(*run); });
}

} // namespace samout::cli
