// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "core/compute/devices.h"
#include "core/data/dataset.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <memory>

namespace samout::cli {

namespace {

void listTasks(bool json)
{
    if (json) {
        for (const DataKind &kind : dataKinds())
            printJson({{"name", kind.name}, {"teaches", kind.teaches.english()}});
        return;
    }
    std::vector<std::pair<std::string, std::string>> rows;
    for (const DataKind &kind : dataKinds())
        rows.emplace_back(kind.name, kind.teaches.english());
    printTable(rows);
}

void listDevices(bool json)
{
    if (json) {
        for (const Device &device : devices())
            printJson({{"id", device.id}, {"name", device.name}, {"memory", device.memory}});
        return;
    }
    std::vector<std::pair<std::string, std::string>> rows;
    for (const Device &device : devices())
        rows.emplace_back(device.id, device.name + ", " + byteSize(device.memory));
    printTable(rows);
}

void addList(CLI::App &app, const char *name, const char *description, void (*list)(bool json))
{
    CLI::App *const command = app.add_subcommand(name, description);
    auto json = std::make_shared<bool>(false);
    command->add_flag("--json", *json, "One JSON object a line");
    command->callback([json, list] { list(*json); });
}

} // namespace

void addTasks(CLI::App &app) { addList(app, "tasks", "List the built-in data and what it teaches", listTasks); }

void addDevices(CLI::App &app) { addList(app, "devices", "List the devices to train on", listDevices); }

} // namespace samout::cli
