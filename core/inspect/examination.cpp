// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/examination.h"

#include "core/base/error.h"
#include "core/compute/cpu/product.h"
#include "core/compute/fast_network.h"
#include "core/model/evaluation.h"
#include "core/model/intervention_probe.h"
#include "core/model/long_text.h"
#include "core/model/mixer.h"
#include "core/model/running_max.h"
#include "core/model/torch_errors.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace samout {

using torch::Tensor;

namespace {

bool contains(const auto &list, auto value) { return std::find(list.begin(), list.end(), value) != list.end(); }

/// Copies the kept rows out of `from`, whose first row is position `begin` of the text.
void copyRows(const Tensor &from, Grid &to, std::int64_t begin, std::int64_t every)
{
    const std::int64_t firstRow = (begin + every - 1) / every, skipped = firstRow * every - begin;
    if (skipped >= from.size(0))
        return;
    const Tensor rows = from.slice(0, skipped, from.size(0), every).contiguous();
    const float *values = rows.const_data_ptr<float>();
    std::copy(values, values + rows.numel(), to.values.begin() + firstRow * to.cols);
}

/// Computes the winners of a layer, position by position, by the rule of the recurrence.
class Holders {
public:
    Holders(int layer, const Interventions &interventions, std::int64_t every, std::int64_t rows, std::int64_t cols)
        : m_interventions(interventions), m_every(every), m_carried(static_cast<std::size_t>(cols))
    {
        m_winners.layer = layer;
        m_winners.winner.resize(static_cast<std::size_t>(rows * cols));
        m_winners.since.resize(static_cast<std::size_t>(rows * cols));
    }

    /// Adds the candidates of the next position.
    void add(const float *candidates)
    {
        const auto position = static_cast<std::int32_t>(m_next++);
        const bool isHidden = contains(m_interventions.hidden, position);
        const std::size_t cols = m_carried.size();
        std::int32_t *winner = nullptr, *since = nullptr;
        if (position % m_every == 0) {
            winner = m_winners.winner.data() + static_cast<std::size_t>(position / m_every) * cols;
            since = m_winners.since.data() + static_cast<std::size_t>(position / m_every) * cols;
        }
        const auto hold = [&](std::size_t c, const Held &held, bool carry) {
            if (winner) {
                winner[c] = rowOf(held.winner);
                since[c] = rowOf(held.since);
            }
            if (carry)
                m_carried[c] = held;
        };
        for (std::size_t c = 0; c < cols; ++c) {
            const float candidate = candidates[c];
            Held held = m_carried[c];
            const bool takes = !held.any || candidate >= held.value || std::isnan(candidate);
            const bool changes = !held.any || stateChanges(held.value, candidate);
            if (takes)
                held = {candidate, position, changes ? position : held.since, true};
            hold(c, held, !isHidden);
        }
        for (const Interventions::States &edit : m_interventions.states)
            for (std::size_t i = 0;
                 edit.layer == m_winners.layer && edit.position == position && i < edit.values.size(); ++i)
                hold(static_cast<std::size_t>(edit.channel) + i, {edit.values[i], -1, -1, true}, true);
    }
    Winners take() { return std::move(m_winners); }

private:
    struct Held {
        float value = -std::numeric_limits<float>::infinity();
        std::int32_t winner = -1, since = -1;
        bool any = false;
    };

    std::int32_t rowOf(std::int32_t position) const
    {
        return position < 0 ? -1 : static_cast<std::int32_t>((position + m_every - 1) / m_every);
    }

    const Interventions &m_interventions;
    std::int64_t m_every;
    std::int64_t m_next = 0;
    std::vector<Held> m_carried;
    Winners m_winners;
};

/// The packed weights of the network examined last. LibTorch's MKL does not use all of a processor that is not Intel's.
class PackedWeights {
public:
    /// Call it before a forward pass.
    void use(const std::shared_ptr<const Snapshot> &snapshot)
    {
        if (m_snapshot.lock() != snapshot)
            m_panels.clear();
        m_snapshot = snapshot;
    }
    /// x [rows, in] weight^T
    Tensor product(const Tensor &x, const Tensor &weight)
    {
        Tensor out = torch::empty({x.size(0), weight.size(0)}, x.options());
        const kernels::Product product{.rows = x.size(0),
                                       .depth = weight.size(1),
                                       .columns = weight.size(0),
                                       .a = x.const_data_ptr<float>(),
                                       .aRowStride = x.size(1),
                                       .b = weight.const_data_ptr<float>(),
                                       .bRowStride = 1,
                                       .bColumnStride = weight.size(1),
                                       .c = out.mutable_data_ptr<float>(),
                                       .cStride = weight.size(0)};
        const auto panels = kernels::panelCount(product.columns);
        const auto [place, isNew] = m_panels.try_emplace(product.b, kernels::packedFloats(product));
        float *packed = place->second.data();
        if (isNew)
            at::parallel_for(0, panels, 1, [&](auto begin, auto end) { kernels::pack(product, packed, begin, end); });
        constexpr std::int64_t fewestRows = 28;
        at::parallel_for(0, product.rows, fewestRows,
                         [&](auto begin, auto end) { kernels::multiply(product, packed, begin, end); });
        return out;
    }

private:
    std::weak_ptr<const Snapshot> m_snapshot;
    std::map<const float *, kernels::Panels> m_panels;
};

/// Copies the numbers that the question asks for out of a forward pass.
class Recorder : public InterventionProbe {
public:
    Recorder(const Question &question, Examination &answer, const SamOut &network, PackedWeights &weights)
        : InterventionProbe(question.interventions, network.config()), m_question(question), m_answer(answer),
          m_network(network), m_weights(weights)
    {
        const auto layers = static_cast<std::size_t>(question.snapshot->config().numLayers);
        m_new.assign(layers, 0);
        m_old.assign(layers, 0);
        m_alphas = question.snapshot->alphas();
        for (const Interventions::Alpha &change : question.interventions.alphas)
            m_alphas[static_cast<std::size_t>(change.layer)] = change.value;
        for (const int layer : question.layers)
            for (const SiteFacts &facts : network.config().mixer->sites())
                if (facts.shape == SiteFacts::Shape::Positions && wants(layer, facts.site))
                    answer.sites.push_back({.layer = layer, .site = facts.site, .values = {}});
        for (const int layer : question.layers)
            if (question.winners && network.config().mixer->facts().crossesTimeByMaximumAlone)
                m_holders.emplace_back(layer, Holders(layer, question.interventions, answer.every, answer.logits.rows,
                                                      question.snapshot->config().hiddenSize));
        for (const int layer : question.layers)
            if (question.readings)
                answer.readings.push_back({.layer = layer, .logits = answer.logits});
        for (const int layer : question.layers)
            if (question.inputs)
                answer.inputs.push_back({.layer = layer, .values = emptyGrid()});
    }

    void enter(int layer, const Tensor &x) override
    {
        m_x = x;
        for (LayerInput &input : m_answer.inputs)
            if (input.layer == layer)
                copyRows(x[0], input.values, position(), m_answer.every);
    }
    Tensor linear(const Tensor &x, const Tensor &weight, const Tensor &bias) override
    {
        if (!m_question.keepsWeights || !kernels::multipliesFast())
            return Probe::linear(x, weight, bias);
        Tensor product = m_weights.product(x.reshape({-1, x.size(-1)}).contiguous(), weight);
        if (bias.defined())
            product.add_(bias);
        std::vector<std::int64_t> shape = x.sizes().vec();
        shape.back() = weight.size(0);
        return product.view(shape);
    }
    Tensor at(int layer, Site site, const Tensor &value) override
    {
        const Tensor x = InterventionProbe::at(layer, site, value);
        if (m_question.shares && site == Site::Out) {
            const double alpha = m_alphas[static_cast<std::size_t>(layer)];
            m_new[static_cast<std::size_t>(layer)] += alpha * alpha * x.square().sum().item<double>();
            m_old[static_cast<std::size_t>(layer)] += (1 - alpha) * (1 - alpha) * m_x.square().sum().item<double>();
        }
        if (wants(layer, site))
            for (SiteGrid &grid : m_answer.sites)
                if (grid.layer == layer && grid.site == site) {
                    if (grid.values.cols == 0)
                        grid.values = Grid(m_answer.logits.rows, static_cast<int>(x.size(-1)));
                    copyRows(x[0], grid.values, position(), m_answer.every);
                }
        if (site == Site::Candidate)
            for (auto &[shown, holders] : m_holders)
                if (shown == layer)
                    addTo(holders, x[0].contiguous());
        if (site == Site::Residual)
            for (Reading &reading : m_answer.readings)
                if (reading.layer == layer)
                    copyRows(linear(x[0], m_network.head(), {}), reading.logits, position(), m_answer.every);
        return x;
    }
    void finish()
    {
        for (auto &[layer, holders] : m_holders)
            m_answer.winners.push_back(holders.take());
        if (!m_question.shares)
            return;
        for (std::size_t i = 0; i < m_new.size(); ++i) {
            const double fresh = std::sqrt(m_new[i]), kept = std::sqrt(m_old[i]);
            m_answer.shares.push_back(static_cast<float>(fresh / (fresh + kept)));
        }
    }

private:
    /// Asking for winners includes the candidates, except if the text is thinned.
    bool wants(int layer, Site site) const
    {
        return contains(m_question.layers, layer) &&
               (m_question.everySite || contains(m_question.sites, site) ||
                (m_question.winners && m_answer.every == 1 && site == Site::Candidate));
    }
    Grid emptyGrid() const
    {
        return {m_answer.logits.rows, static_cast<int>(m_question.snapshot->config().hiddenSize)};
    }
    static void addTo(Holders &holders, const Tensor &candidates)
    {
        for (std::int64_t row = 0; row < candidates.size(0); ++row)
            holders.add(candidates.const_data_ptr<float>() + row * candidates.size(1));
    }

    const Question &m_question;
    Examination &m_answer;
    const SamOut &m_network;
    PackedWeights &m_weights;
    Tensor m_x;
    std::vector<float> m_alphas;
    std::vector<double> m_new, m_old;
    std::vector<std::pair<int, Holders>> m_holders;
};

} // namespace

void checkQuestion(const Question &question)
{
    if (!question.snapshot)
        throw Error(Error::WrongValue, Text("There is no network to look at yet."));
    if (question.tokens.empty())
        throw Error(Error::WrongValue, Text("The text to look at is empty; it should have at least one token."));
    const ModelConfig &config = question.snapshot->config();
    for (const auto token : question.tokens)
        if (token < 0 || token >= config.vocabSize)
            throw Error(Error::WrongValue,
                        Text("The text has token {0}; the vocabulary has 0 to {1}.", token, config.vocabSize - 1));
    for (const int layer : question.layers)
        config.checkLayer(layer);
    question.interventions.check(config, static_cast<std::int64_t>(question.tokens.size()));
}

const Grid *Examination::find(int layer, Site site) const
{
    for (const SiteGrid &grid : sites)
        if (grid.layer == layer && grid.site == site)
            return &grid.values;
    return nullptr;
}

const Grid *Examination::findReading(int layer) const
{
    for (const Reading &reading : readings)
        if (reading.layer == layer)
            return &reading.logits;
    return nullptr;
}

const Grid *Examination::findInput(int layer) const
{
    for (const LayerInput &input : inputs)
        if (input.layer == layer)
            return &input.values;
    return nullptr;
}

const Winners *Examination::findWinners(int layer) const
{
    for (const Winners &entry : winners)
        if (entry.layer == layer)
            return &entry;
    return nullptr;
}

namespace {

std::shared_ptr<Examination> answerTo(const Question &question, const std::stop_token &stop, const ShareDone &progress)
{
    const torch::NoGradGuard noGrad;
    auto answer = std::make_shared<Examination>();
    answer->snapshot = question.snapshot;
    answer->interventions = question.interventions;
    const auto time = static_cast<std::int64_t>(question.tokens.size());
    answer->length = time;
    if (question.mostRows > 0)
        answer->every = (time + question.mostRows - 1) / question.mostRows;
    for (std::int64_t position = 0; position < time; position += answer->every) {
        const auto at = static_cast<std::size_t>(position);
        answer->tokens.push_back(question.tokens[at]);
        answer->next.push_back(position + 1 < time ? question.tokens[at + 1] : -1);
    }
    answer->logits =
        Grid(static_cast<int>(answer->tokens.size()), static_cast<int>(question.snapshot->config().vocabSize));
    const SamOut network(*question.snapshot);
    thread_local PackedWeights weights;
    if (question.keepsWeights)
        weights.use(question.snapshot);
    Recorder recorder(question, *answer, network, weights);
    State state = network.freshState(1);
    const bool whole =
        readInPieces(network, question.tokens, &state, &recorder, stop, [&](std::int64_t begin, const Tensor &logits) {
            copyRows(logits, answer->logits, begin, answer->every);
            if (progress)
                progress(static_cast<double>(begin + logits.size(0)) / static_cast<double>(time));
        });
    if (!whole)
        return nullptr;
    recorder.finish();
    return answer;
}

} // namespace

std::shared_ptr<const Examination> examine(const Question &question, std::stop_token stop, const ShareDone &progress)
{
    checkQuestion(question);
    return withoutTorchErrors([&]() -> std::shared_ptr<const Examination> {
        const bool twice = question.besideTrained && !question.interventions.empty();
        const auto part = [&](double from) {
            return [&progress, from, twice](double share) {
                if (progress)
                    progress(twice ? from + share / 2 : share);
            };
        };
        auto answer = answerTo(question, stop, part(0));
        if (answer && twice) {
            Question trained = question;
            trained.interventions = {};
            answer->trained = answerTo(trained, stop, part(0.5));
            if (!answer->trained)
                return nullptr;
        }
        return answer;
    });
}

double evaluate(const Snapshot &snapshot, const Batch &batch, std::vector<float> *logits)
{
    checkTokens(batch, snapshot.config().vocabSize, Text("The text to evaluate"));
    const auto loss = withoutTorchErrors([&] {
        const SamOut network(snapshot);
        std::optional<FastNetwork> fast;
        if (FastNetwork::isFor(network.config()))
            fast.emplace(network);
        return meanLossOf([&](const Tensor &tokens) { return fast ? fast->forward(tokens) : network.forward(tokens); },
                          torch::kCPU, batch, logits);
    });
    if (!loss)
        throw Error(Error::WrongValue, Text("No target counts: all of them are the padding token."));
    return *loss;
}

} // namespace samout
