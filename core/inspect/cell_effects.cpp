// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/cell_effects.h"

#include "core/base/error.h"
#include "core/inspect/examination.h"
#include "core/model/intervention_probe.h"
#include "core/model/long_text.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>

namespace samout {

using torch::Tensor;

namespace {

/// The number of tokens of changed texts that go through the layers at once.
constexpr std::int64_t tokensAtOnce = 4096;

/// Keeps the output of the layer below (layer 0 has none), and the layer's states.
class Entrance : public InterventionProbe {
public:
    Entrance(const CellQuestion &question)
        : InterventionProbe(question.interventions, question.snapshot->config()), m_layer(question.layer)
    {
    }
    Tensor at(int layer, Site site, const Tensor &value) override
    {
        const Tensor x = InterventionProbe::at(layer, site, value);
        if (layer == m_layer - 1 && site == Site::Residual)
            m_x = x;
        if (layer == m_layer && site == Site::State)
            m_states = x;
        return x;
    }
    Tensor m_x, m_states;

private:
    int m_layer;
};

/// Texts from a position on, each with one cell of the layer set there.
class SetCells : public InterventionProbe {
public:
    SetCells(const CellQuestion &question, std::vector<StateChanges::Cell> cells)
        : InterventionProbe(question.interventions, question.snapshot->config()), m_layer(question.layer),
          m_cells(std::move(cells))
    {
        beginAt(question.position);
    }
    Tensor scan(int layer, std::int64_t time, const Recurrence &run, Tensor *state) override
    {
        if (layer != m_layer)
            return InterventionProbe::scan(layer, time, run, state);
        std::vector<StateChanges> changes(m_cells.size(), changesWithin(layer, time));
        for (std::size_t i = 0; i < m_cells.size(); ++i)
            changes[i].cells.push_back(m_cells[i]);
        return changedRun(run, time, state, changes);
    }

private:
    int m_layer;
    std::vector<StateChanges::Cell> m_cells;
};

void check(const CellQuestion &question)
{
    checkQuestion({.snapshot = question.snapshot,
                   .tokens = question.tokens,
                   .layers = {question.layer},
                   .interventions = question.interventions});
    const auto length = static_cast<std::int64_t>(question.tokens.size());
    if (question.position < 0 || question.position >= length)
        throw Error(Error::WrongValue, Text("There is no position {0}; the text has the positions 0 to {1}.",
                                            question.position, length - 1));
}

} // namespace

std::optional<std::vector<CellEffect>> cellEffects(const CellQuestion &question, const std::stop_token &stop,
                                                   const ShareDone &progress)
{
    check(question);
    return withoutTorchErrors([&]() -> std::optional<std::vector<CellEffect>> {
        const torch::NoGradGuard noGrad;
        const SamOut network(*question.snapshot);
        const ModelConfig &config = network.config();
        const auto layers = static_cast<int>(config.numLayers);
        const auto hidden = static_cast<int>(config.hiddenSize), size = static_cast<int>(config.headSize());
        std::int64_t later = static_cast<std::int64_t>(question.tokens.size()) - question.position;
        if (question.reach > 0)
            later = std::min(later, question.reach);

        // Of the positions before, only the carried states matter.
        State carried = network.freshState(1);
        Entrance entrance(question);
        if (!readInPieces(network, std::span(question.tokens).first(static_cast<std::size_t>(question.position)),
                          &carried, &entrance, stop))
            return std::nullopt;
        State state = carried;
        entrance.beginAt(question.position);
        const Tensor tokens = torch::from_blob(const_cast<std::int64_t *>(question.tokens.data()) + question.position,
                                               {1, later}, torch::kInt64);
        const Tensor before = torch::log_softmax(network.forward(tokens, &state, &entrance)[0].to(torch::kFloat64), -1);
        const Tensor x = question.layer == 0 ? torch::embedding(network.embedding(), tokens) : entrance.m_x;

        const Tensor states = entrance.m_states[0][0].contiguous();
        const float *held = states.const_data_ptr<float>(); // [hidden], at the position
        std::vector<StateChanges::Cell> cells;
        for (int channel = 0; channel < hidden; ++channel) {
            const float *head = held + (channel / size) * size;
            const auto [low, high] = std::minmax_element(head, head + size);
            for (const float value : {*low, *high})
                cells.push_back({.position = 0, .channel = channel, .value = value});
        }

        std::vector<CellEffect> effects(static_cast<std::size_t>(hidden));
        for (int channel = 0; channel < hidden; ++channel)
            effects[static_cast<std::size_t>(channel)] = {
                .channel = channel, .state = held[channel], .value = held[channel]};
        const auto atOnce = static_cast<std::size_t>(std::max<std::int64_t>(1, tokensAtOnce / later));
        for (std::size_t begin = 0; begin < cells.size(); begin += atOnce) {
            if (stop.stop_requested())
                return std::nullopt;
            const std::size_t end = std::min(begin + atOnce, cells.size());
            const auto texts = static_cast<std::int64_t>(end - begin);
            SetCells probe(question, {cells.begin() + static_cast<std::ptrdiff_t>(begin),
                                      cells.begin() + static_cast<std::ptrdiff_t>(end)});
            Tensor y = x.expand({texts, later, hidden});
            State start = carried.expanded(texts);
            for (int layer = question.layer; layer < layers; ++layer) {
                y = network.layer(layer, y, &start.layers[static_cast<std::size_t>(layer)], question.position, &probe);
            }
            const Tensor after = torch::log_softmax(torch::linear(y, network.head()).to(torch::kFloat64), -1);
            const Tensor moved = (before.exp() * (before - after)).sum(-1).contiguous(); // [texts, later]
            const Tensor means = moved.mean(-1).contiguous();
            for (std::int64_t i = 0; i < texts; ++i) {
                const StateChanges::Cell &cell = cells[begin + static_cast<std::size_t>(i)];
                CellEffect &effect = effects[static_cast<std::size_t>(cell.channel)];
                const double mean = means.const_data_ptr<double>()[i];
                if (mean > effect.mean)
                    effect = {.channel = effect.channel,
                              .state = effect.state,
                              .value = cell.value,
                              .mean = mean,
                              .last = moved.const_data_ptr<double>()[i * later + later - 1]};
            }
            if (progress)
                progress(static_cast<double>(end) / static_cast<double>(cells.size()));
        }
        std::ranges::stable_sort(effects, std::greater(), &CellEffect::mean);
        return effects;
    });
}

Table tableOf(const std::vector<CellEffect> &effects, const ModelConfig &config)
{
    using Column = Table::Column;
    Table table{.columns = {{.name = "head", .kind = Column::Key},
                            {.name = "channel", .kind = Column::Key},
                            {.name = "state"},
                            {.name = "set to"},
                            {.name = "moves", .unit = "nats"},
                            {.name = "last", .unit = "nats"}},
                .rows = {}};
    for (const CellEffect &effect : effects)
        table.rows.push_back({effect.channel / config.headSize(), effect.channel % config.headSize(), effect.state,
                              effect.value, effect.mean, effect.last});
    return table;
}

} // namespace samout
