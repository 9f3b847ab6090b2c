// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/intervention_options.h"

#include "app/samout/commands.h"
#include "core/base/error.h"
#include "core/model/intervention_text.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <utility>

namespace samout::cli {

namespace {

/// Adds one intervention per item of the comma-separated `list`: the option's name followed by the item.
void addListed(const std::string &name, const std::string &list, std::vector<InterventionsFile::Entry> &to)
{
    std::size_t begin = 0;
    for (;;) {
        const std::size_t comma = list.find(',', begin);
        try {
            to.push_back({.intervention = parseIntervention(name + " " + list.substr(begin, comma - begin))});
        } catch (const Error &error) {
            throw UsageError(error.what());
        }
        if (comma == list.npos)
            return;
        begin = comma + 1;
    }
}

} // namespace

void InterventionOptions::addTo(CLI::App &command)
{
    command
        .add_option("--silence", silence,
                    "Parts whose output is 0: layer.head, layer.mixer or layer.feed-forward, from 0 on")
        ->type_name("L.H,...");
    command.add_option("--alpha", alpha, "Alphas to compute with instead of the trained ones: layer=value")
        ->type_name("L=X,...");
    command.add_option("--set", set, "States to set: layer.channel@position=value; the maximum goes on from there")
        ->type_name("L.C@T=X,...");
    command.add_option("--interventions", file, "A file that the window's What if panel saved")->type_name("FILE");
    command
        .add_option("--save-interventions", save, "Write all these to a file that --interventions and the window read")
        ->type_name("FILE");
}

std::vector<InterventionsFile::Entry> InterventionOptions::entries() const
{
    std::vector<InterventionsFile::Entry> all;
    if (file)
        all = readInterventions(*file).entries;
    for (const auto &[name, list] :
         {std::pair("silence", &silence), std::pair("alpha", &alpha), std::pair("set", &set)})
        if (*list)
            addListed(name, **list, all);
    return all;
}

Interventions InterventionOptions::interventions() const
{
    Interventions result;
    for (const InterventionsFile::Entry &entry : entries())
        if (entry.on)
            result.add(entry.intervention);
    return result;
}

void InterventionOptions::saveFor(const std::string &model, const Snapshot &snapshot) const
{
    if (!save)
        return;
    interventions().check(snapshot.config(), -1);
    const std::filesystem::path path(model);
    writeInterventions(*save, {.snapshot = (path.has_filename() ? path : path.parent_path()).filename().string(),
                               .step = snapshot.step(),
                               .entries = entries()});
}

} // namespace samout::cli
