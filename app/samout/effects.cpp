// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/effects.h"
#include "app/samout/commands.h"
#include "app/samout/examine.h"
#include "app/samout/output.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

namespace samout::cli {

namespace {

const char *const examples =
    R"(Silences each head (its mixed is 0), each layer's mixer and each feed-forward in turn, and 20 random groups of as
many channels as a head, and measures how much the loss of the held-out sequences rises, in nats a token, with its
standard error over the sequences. A head is more than its number of channels only if its effect stands out of the groups'.
The same as `samout examine effects`.

Examples:
  samout effects small.safetensors --data sentences
  samout effects model.safetensors --data article --tokens 2000 --json
  samout effects small.safetensors --data sentences --channels 1     # every single channel of layer 1, the worst first)";

nlohmann::ordered_json jsonOf(const Effect &effect) { return {{"rise", effect.rise}, {"error", effect.error}}; }

nlohmann::ordered_json jsonOf(const std::vector<Effect> &effects)
{
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const Effect &effect : effects)
        all.push_back(jsonOf(effect));
    return all;
}

nlohmann::ordered_json jsonOf(const EffectTable &table)
{
    nlohmann::ordered_json heads = nlohmann::ordered_json::array(), groups = heads;
    for (const std::vector<Effect> &layer : table.heads)
        heads.push_back(jsonOf(layer));
    for (const EffectTable::Group &group : table.groups) {
        nlohmann::ordered_json object{{"layer", group.layer}, {"channels", group.channels}};
        object.update(jsonOf(group.effect));
        groups.push_back(object);
    }
    return {{"loss", table.loss},
            {"loss_error", table.lossError},
            {"sequences", table.sequences},
            {"tokens", table.tokens},
            {"heads", heads},
            {"mixers", jsonOf(table.mixers)},
            {"feed_forwards", jsonOf(table.feedForwards)},
            {"groups", groups},
            {"group_mean", table.groupMean()},
            {"group_spread", table.groupSpread()}};
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

/// Without each part: a line for a layer.
std::string textOf(const EffectTable &table, Side side)
{
    const char *const sign = " +- ";
    std::string text = "loss " + fixed(table.loss, 4) +
                       (std::isfinite(table.lossError) ? sign + fixed(table.lossError, 4) : "") + " over " +
                       grouped(table.tokens) + " tokens in " + grouped(table.sequences) + " sequences; " +
                       (side == Side::Difference ? "as changed minus as trained, without a part it rises by"
                                                 : "without a part it rises by") +
                       "\n\nlayer ";
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
    return text + "\n20 random groups of as many channels as a head: mean " + fixed(table.groupMean(), 4) +
           ", standard deviation " + fixed(table.groupSpread(), 4) + "\n";
}

} // namespace

std::string effectsText(const Answer &answer, const ModelConfig &config)
{
    if (answer.effects)
        return textOf(*answer.effects, answer.side);
    std::string text = "channel   head" + cell("the loss rises by") + "\n";
    for (const Table::Row &row : answer.table.rows) {
        const auto channel = std::get<std::int64_t>(row[0]);
        char numbers[32];
        std::snprintf(numbers, sizeof numbers, "%7d%7d", static_cast<int>(channel),
                      static_cast<int>(channel / config.headSize()));
        text += numbers + cell(std::get<double>(row[1]), std::get<double>(row[2]), " +- ") + "\n";
    }
    return text;
}

nlohmann::ordered_json effectsJson(const Answer &answer)
{
    if (answer.effects)
        return jsonOf(*answer.effects);
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const Table::Row &row : answer.table.rows)
        all.push_back({{"channel", std::get<std::int64_t>(row[0])},
                       {"rise", std::get<double>(row[1])},
                       {"error", std::get<double>(row[2])}});
    return {{"channels", all}};
}

void addEffects(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("effects", "Measure the loss without each head and part of a model");
    auto given = std::make_shared<QuestionArguments>();
    given->question = "effects";
    command->add_option("MODEL", given->models, "A snapshot, a .pth, or a run folder")
        ->required()
        ->expected(1)
        ->type_name("");
    given->addTo(*command);
    command->footer(examples);
    command->callback([given] { given->answer(); });
}

} // namespace samout::cli
