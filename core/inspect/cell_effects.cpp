#include "core/inspect/cell_effects.h"

#include "core/base/error.h"
#include "core/inspect/examination.h"
#include "core/model/intervention_probe.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>

namespace samout {

using torch::Tensor;

namespace {

/// So many tokens of changed texts go through the layers at once.
constexpr std::int64_t tokensAtOnce = 4096;

/// Keeps what enters the layer.
class Entrance : public InterventionProbe {
public:
    Entrance(const CellQuestion &question)
        : InterventionProbe(question.interventions, question.snapshot->config()), m_layer(question.layer)
    {
    }
    void enter(int layer, const Tensor &x) override
    {
        if (layer == m_layer)
            m_x = x;
    }
    Tensor m_x;

private:
    int m_layer;
};

/// Texts from a position on, each with one cell of the layer set there.
class SetCells : public InterventionProbe {
public:
    SetCells(const CellQuestion &question, std::vector<StateChanges::Cell> cells)
        : InterventionProbe(question.interventions, question.snapshot->config()), m_question(question),
          m_cells(std::move(cells))
    {
        beginAt(question.position);
    }
    Tensor scan(int layer, const Tensor &candidate, Tensor *state) override
    {
        if (layer != m_question.layer)
            return InterventionProbe::scan(layer, candidate, state);
        StateChanges all;
        const std::int64_t end = position() + candidate.size(1);
        for (const Interventions::States &edit : m_question.interventions.states)
            if (edit.layer == layer && edit.position >= position() && edit.position < end)
                for (std::size_t i = 0; i < edit.values.size(); ++i)
                    all.cells.push_back({.position = edit.position - position(),
                                         .channel = edit.channel + static_cast<std::int64_t>(i),
                                         .value = edit.values[i]});
        for (const std::int64_t hidden : m_question.interventions.hidden)
            if (hidden >= position() && hidden < end)
                all.hidden.push_back(hidden - position());
        std::vector<StateChanges> changes(m_cells.size(), all);
        for (std::size_t i = 0; i < m_cells.size(); ++i)
            changes[i].cells.push_back(m_cells[i]);
        return changedScan(candidate, state, changes);
    }

private:
    const CellQuestion &m_question;
    std::vector<StateChanges::Cell> m_cells;
};

void check(const CellQuestion &question)
{
    if (!question.snapshot)
        throw Error("There is no network to look at yet.");
    const ModelConfig &config = question.snapshot->config();
    if (question.layer < 0 || question.layer >= config.numLayers)
        throw Error("There is no layer " + std::to_string(question.layer) + "; the network has the layers 0 to " +
                    std::to_string(config.numLayers - 1) + ".");
    const auto length = static_cast<std::int64_t>(question.tokens.size());
    if (question.position < 0 || question.position >= length)
        throw Error("There is no position " + std::to_string(question.position) + "; the text has the positions 0 to " +
                    std::to_string(length - 1) + ".");
    for (const auto token : question.tokens)
        if (token < 0 || token >= config.vocabSize)
            throw Error("The text has token " + std::to_string(token) + "; the vocabulary has 0 to " +
                        std::to_string(config.vocabSize - 1) + ".");
    question.interventions.check(config, length);
}

} // namespace

std::optional<std::vector<CellEffect>> cellEffects(const CellQuestion &question, const std::stop_token &stop,
                                                   const std::function<void(double)> &progress)
{
    check(question);
    return withoutTorchErrors([&]() -> std::optional<std::vector<CellEffect>> {
        const torch::NoGradGuard noGrad;
        const SamOut network(*question.snapshot);
        const ModelConfig &config = network.config();
        const auto layers = static_cast<int>(config.numLayers);
        const auto hidden = static_cast<int>(config.hiddenSize), size = static_cast<int>(config.headSize());
        const auto length = static_cast<std::int64_t>(question.tokens.size());
        const std::int64_t later = length - question.position;
        const Tensor tokens =
            torch::from_blob(const_cast<std::int64_t *>(question.tokens.data()), {1, length}, torch::kInt64);

        // Before the position only the states that are carried from there matter.
        Tensor carried = network.freshState(1);
        Entrance entrance(question);
        if (question.position > 0)
            network.forward(tokens.slice(1, 0, question.position), &carried, &entrance);
        Tensor state = carried.clone();
        entrance.beginAt(question.position);
        const Tensor before = torch::log_softmax(
            network.forward(tokens.slice(1, question.position), &state, &entrance)[0].to(torch::kFloat64), -1);
        const Tensor x = entrance.m_x;

        Question here{.snapshot = question.snapshot,
                      .tokens = {question.tokens.begin(), question.tokens.begin() + question.position + 1},
                      .layers = {question.layer},
                      .sites = {Site::State}};
        here.interventions = question.interventions;
        std::erase_if(here.interventions.states, [&](const auto &edit) { return edit.position > question.position; });
        std::erase_if(here.interventions.hidden, [&](std::int64_t position) { return position > question.position; });
        const auto examination = examine(here, stop);
        if (!examination)
            return std::nullopt;
        const Grid &held = *examination->find(question.layer, Site::State);
        const int row = held.rows - 1;
        std::vector<StateChanges::Cell> cells;
        for (int channel = 0; channel < hidden; ++channel) {
            const float *head =
                held.values.data() + static_cast<std::ptrdiff_t>(row) * hidden + (channel / size) * size;
            const auto [low, high] = std::minmax_element(head, head + size);
            for (const float value : {*low, *high})
                cells.push_back({.position = 0, .channel = channel, .value = value});
        }

        std::vector<CellEffect> effects(static_cast<std::size_t>(hidden));
        for (int channel = 0; channel < hidden; ++channel)
            effects[static_cast<std::size_t>(channel)] = {
                .channel = channel, .state = held.at(row, channel), .value = held.at(row, channel)};
        const auto atOnce = static_cast<std::size_t>(std::max<std::int64_t>(1, tokensAtOnce / later));
        for (std::size_t begin = 0; begin < cells.size(); begin += atOnce) {
            if (stop.stop_requested())
                return std::nullopt;
            const std::size_t end = std::min(begin + atOnce, cells.size());
            const auto texts = static_cast<std::int64_t>(end - begin);
            SetCells probe(question, {cells.begin() + static_cast<std::ptrdiff_t>(begin),
                                      cells.begin() + static_cast<std::ptrdiff_t>(end)});
            Tensor y = x.expand({texts, later, hidden});
            for (int layer = question.layer; layer < layers; ++layer) {
                Tensor layerState = carried[layer].expand({texts, hidden}).contiguous();
                y = network.layer(layer, y, &layerState, &probe);
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

} // namespace samout
