// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/cell.h"

#include "core/model/block.h"
#include "core/model/mixer.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace samout {
namespace {

bool sets(const Interventions::States &edit, int layer, int channel, int position)
{
    return edit.layer == layer && edit.position == position && channel >= edit.channel &&
           channel < edit.channel + static_cast<int>(edit.values.size());
}

/// The last position before `position` that the channel's memory did not skip; -1: none.
int lastRemembered(const Interventions &interventions, int layer, int channel, int position)
{
    const auto forgotten = [&](int t) {
        return std::ranges::count(interventions.hidden, t) > 0 &&
               std::ranges::none_of(interventions.states,
                                    [&](const auto &edit) { return sets(edit, layer, channel, t); });
    };
    int last = position - 1;
    while (last >= 0 && forgotten(last))
        --last;
    return last;
}

} // namespace

float &Cell::at(Site site)
{
    for (Number &number : numbers)
        if (number.site == site)
            return number.value;
    throw std::out_of_range("The cell has no number of this site.");
}

void askForCells(Question &question, int layer)
{
    const auto add = [](auto &list, auto value) {
        if (std::ranges::find(list, value) == list.end())
            list.push_back(value);
    };
    add(question.layers, layer);
    question.everySite = true;
    question.winners = true;
    question.inputs = true;
}

std::optional<Cell> cellAt(const Examination &examination, int layer, int channel, int position)
{
    const Mixer &mixer = *examination.snapshot->config().mixer;
    const Grid *x = examination.findInput(layer);
    const Winners *winners = examination.findWinners(layer);
    if (!x || (!winners && mixer.facts().crossesTimeByMaximumAlone) || examination.every > 1 || channel < 0 ||
        channel >= x->cols || position < 0 || position >= x->rows)
        return std::nullopt;
    Cell cell;
    for (const SiteFacts &facts : mixer.sites()) {
        if (facts.shape != SiteFacts::Shape::Positions)
            continue;
        const Grid *grid = examination.find(layer, facts.site);
        if (!grid)
            return std::nullopt;
        if (grid->cols == x->cols)
            cell.numbers.push_back({.site = facts.site, .value = grid->at(position, channel)});
    }
    cell.x = x->at(position, channel);
    if (const Grid *states = examination.find(layer, Site::State)) {
        const int last = lastRemembered(examination.interventions, layer, channel, position);
        cell.before = last < 0 ? static_cast<float>(mixer.facts().state.start) : states->at(last, channel);
    }
    if (winners) {
        const auto place =
            static_cast<std::size_t>(position) * static_cast<std::size_t>(x->cols) + static_cast<std::size_t>(channel);
        cell.winner = winners->winner[place];
        cell.since = winners->since[place];
    }

    const Snapshot &snapshot = *examination.snapshot;
    const std::string prefix = "decoder_layers." + std::to_string(layer) + ".";
    const auto weight = [&](const char *name) { return snapshot.parameter(prefix + name); };
    const auto own = static_cast<std::size_t>(channel);
    const auto hidden = static_cast<std::size_t>(x->cols);
    cell.scale = weight("layer_norm.weight")[own];
    cell.offset = weight("layer_norm.bias")[own];
    const auto gates = weight("ffn.gate.weight").subspan(own * hidden, hidden);
    cell.gateSum = weight("ffn.gate.bias")[own];
    cell.alpha = snapshot.alphas()[static_cast<std::size_t>(layer)];
    for (const Interventions::Alpha &change : examination.interventions.alphas)
        if (change.layer == layer) {
            cell.alpha = change.value;
            cell.otherAlpha = true;
        }
    cell.blend = block::blend(cell.alpha, cell.at(Site::Out), cell.x);
    const Grid &mixed = *examination.find(layer, Site::Mixed), &out = *examination.find(layer, Site::Out);
    double sum = 0, squares = 0;
    for (int c = 0; c < x->cols; ++c) {
        cell.gateSum += static_cast<double>(gates[static_cast<std::size_t>(c)]) * mixed.at(position, c);
        sum += block::blend(cell.alpha, out.at(position, c), x->at(position, c));
    }
    cell.mean = sum / x->cols;
    for (int c = 0; c < x->cols; ++c)
        squares += std::pow(block::blend(cell.alpha, out.at(position, c), x->at(position, c)) - cell.mean, 2);
    cell.deviation = std::sqrt(squares / x->cols + block::normEpsilon);

    const Interventions &changed = examination.interventions;
    cell.edited =
        std::ranges::any_of(changed.states, [&](const auto &edit) { return sets(edit, layer, channel, position); });
    cell.mixedSilenced = std::ranges::count(changed.silencedIn(layer, snapshot.config()), channel) > 0;
    cell.outSilenced = std::ranges::count(changed.silencedFeedForwards, layer) > 0;
    return cell;
}

} // namespace samout
