// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/effects.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "app/samout/terminal.h"
#include "core/inspect/measuring_data.h"
#include "core/runs/open_model.h"
#include "core/train/options.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdio>
#include <memory>

namespace samout::cli {

namespace {

const char *const examples =
    R"(Silences each head (its mixed is 0), each layer's mixer and each feed-forward in turn, and 20 random groups of as
many channels as a head, and measures how much the loss of the held-out sequences rises, in nats a token, with its
standard error over the sequences. A head is more than its number of channels only if its effect stands out of the groups'.

Examples:
  samout effects small.safetensors --data sentences
  samout effects model.safetensors --data article --tokens 2000 --json
  samout effects small.safetensors --data sentences --channels 1     # every single channel of layer 1, the worst first)";

struct Given {
    std::string model;
    std::string data;
    std::int64_t tokens = 5000;
    std::optional<std::int64_t> sequenceLength;
    std::optional<int> channelsOf;
    bool json = false;
};

nlohmann::ordered_json jsonOf(const Effect &effect) { return {{"rise", effect.rise}, {"error", effect.error}}; }

nlohmann::ordered_json jsonOf(const std::vector<Effect> &effects)
{
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const Effect &effect : effects)
        all.push_back(jsonOf(effect));
    return all;
}

void printAsJson(const EffectTable &table)
{
    nlohmann::ordered_json heads = nlohmann::ordered_json::array(), groups = heads;
    for (const std::vector<Effect> &layer : table.heads)
        heads.push_back(jsonOf(layer));
    for (const EffectTable::Group &group : table.groups) {
        nlohmann::ordered_json object{{"layer", group.layer}, {"channels", group.channels}};
        object.update(jsonOf(group.effect));
        groups.push_back(object);
    }
    printJson({{"loss", table.loss},
               {"loss_error", table.lossError},
               {"sequences", table.sequences},
               {"tokens", table.tokens},
               {"heads", heads},
               {"mixers", jsonOf(table.mixers)},
               {"feed_forwards", jsonOf(table.feedForwards)},
               {"groups", groups},
               {"group_mean", table.groupMean()},
               {"group_spread", table.groupSpread()}});
}

std::string cell(const std::string &text)
{
    constexpr std::size_t width = 20;
    return std::string(width - std::min(width, text.size()), ' ') + text;
}

std::string cell(double rise, double error, const char *sign)
{
    // One sequence has no standard error.
    return cell((rise >= 0 ? "+" : "") + fixed(rise, 4) + (std::isfinite(error) ? sign + fixed(error, 4) : ""));
}

void printAsTable(const EffectTable &table)
{
    const char *const sign = " +- ";
    std::string text = "loss " + fixed(table.loss, 4) +
                       (std::isfinite(table.lossError) ? sign + fixed(table.lossError, 4) : "") + " over " +
                       grouped(table.tokens) + " tokens in " + grouped(table.sequences) +
                       " sequences; without a part it rises by\n\nlayer ";
    for (std::size_t head = 0; head < table.heads.front().size(); ++head)
        text += cell("head " + std::to_string(head));
    text += cell("mixer") + cell("feed-forward") + cell("random groups") + "\n";
    for (std::size_t layer = 0; layer < table.heads.size(); ++layer) {
        const std::string number = std::to_string(layer);
        text += std::string(5 - std::min<std::size_t>(5, number.size()), ' ') + number + " ";
        std::vector<Effect> effects = table.heads[layer];
        effects.push_back(table.mixers[layer]);
        effects.push_back(table.feedForwards[layer]);
        for (const Effect &effect : effects)
            text += cell(effect.rise, effect.error, sign);
        const int at = static_cast<int>(layer);
        text += cell(table.groupMean(at), table.groupSpread(at), sign) + "\n";
    }
    text += "\n20 random groups of as many channels as a head: mean " + fixed(table.groupMean(), 4) +
            ", standard deviation " + fixed(table.groupSpread(), 4) + "\n";
    print(text);
}

void printAsJson(const std::vector<ChannelEffect> &channels)
{
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const ChannelEffect &one : channels) {
        nlohmann::ordered_json object{{"channel", one.channel}};
        object.update(jsonOf(one.effect));
        all.push_back(object);
    }
    printJson({{"channels", all}});
}

void printAsTable(const std::vector<ChannelEffect> &channels, const ModelConfig &config)
{
    std::string text = "channel   head" + cell("the loss rises by") + "\n";
    for (const ChannelEffect &one : channels) {
        char numbers[32];
        std::snprintf(numbers, sizeof numbers, "%7d%7d", one.channel,
                      one.channel / static_cast<int>(config.headSize()));
        text += numbers + cell(one.effect.rise, one.effect.error, " +- ") + "\n";
    }
    print(text);
}

std::shared_ptr<const Dataset> openData(const Given &given, const Snapshot &snapshot)
{
    const DataOptions classroom = classroomPreset().data;
    DataOptions options;
    options.source = given.data;
    if (given.data == classroom.source)
        options.sequenceLength = classroom.sequenceLength;
    options.sequenceLength = given.sequenceLength.value_or(options.sequenceLength);
    options.vocabulary = snapshot.vocabulary();
    return openDataset(options);
}

void run(const Given &given)
{
    const auto snapshot = openModel(given.model);
    const MeasuringData data = measuringData(*openData(given, *snapshot), given.tokens);
    if (data.trainedRows > 0)
        remark("Held out are too few tokens; " + grouped(data.trainedRows) + " of the " + grouped(data.batch.count) +
               " sequences are of those to train on.");
    const bool redraw = isTerminal();
    const auto progress = [redraw](double share) {
        if (redraw)
            std::fprintf(stderr, share < 1 ? "\rmeasuring %3.0f %%" : "\r\033[K", 100 * share);
    };
    if (given.channelsOf) {
        const auto channels = measureChannels(*snapshot, data.batch, *given.channelsOf, progress);
        given.json ? printAsJson(channels) : printAsTable(channels, snapshot->config());
    } else {
        const auto table = measureEffects(*snapshot, data.batch, progress);
        given.json ? printAsJson(*table) : printAsTable(*table);
    }
}

} // namespace

void addEffects(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("effects", "Measure the loss without each head and part of a model");
    auto given = std::make_shared<Given>();
    command->add_option("MODEL", given->model, "A snapshot, a .pth, or a run folder")->required()->type_name("");
    command->add_option("--data", given->data, "article, a task (`samout tasks` lists them), a .txt or a .jsonl file")
        ->required()
        ->type_name("NAME|FILE");
    command->add_option("--tokens", given->tokens, "Measure on about N tokens (default 5000)")
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}))
        ->type_name("N");
    command->add_option("--sequence-length", given->sequenceLength, "As in training; 64 for sentences, else 50")
        ->check(CLI::Range(std::int64_t{2}, std::int64_t{1'000'000}))
        ->type_name("N");
    command->add_option("--channels", given->channelsOf, "Instead, every single channel of this layer, from 0 on")
        ->type_name("LAYER");
    command->add_flag("--json", given->json, "Print one JSON object");
    command->footer(examples);
    command->callback([given] { run(*given); });
}

} // namespace samout::cli
