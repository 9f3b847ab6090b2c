// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/statistics.h"

#include "core/base/error.h"
#include "core/inspect/influence.h"
#include "core/model/evaluation.h"
#include "core/model/running_max.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace samout {

using torch::Tensor;

namespace {

constexpr std::int64_t tokensAtOnce = 2048;
/// The share of the influence that lies within StateStatistics::memoryLength.
constexpr double remembered = 0.9;

/// Counts changes, ages, gates and norms at the sites of forward passes.
class Counter : public Probe {
public:
    explicit Counter(const ModelConfig &config, std::int64_t time)
        : m_hidden(config.hiddenSize), m_headSize(config.headSize()), m_time(time)
    {
        m_layers.resize(static_cast<std::size_t>(config.numLayers));
        for (Layer &layer : m_layers) {
            layer.changes.resize(static_cast<std::size_t>(time * config.numHeads));
            layer.ages = layer.changes;
            layer.open.resize(static_cast<std::size_t>(config.hiddenSize));
        }
        m_rowsAt.resize(static_cast<std::size_t>(time));
    }

    /// Sets how many positions of each row of the next forward pass count.
    void begin(std::vector<std::int64_t> lengths)
    {
        m_lengths = std::move(lengths);
        for (const std::int64_t length : m_lengths)
            for (std::int64_t t = 0; t < length; ++t)
                ++m_rowsAt[static_cast<std::size_t>(t)];
    }

    Tensor at(int layer, Site site, const Tensor &x) override
    {
        Layer &counts = m_layers[static_cast<std::size_t>(layer)];
        const Tensor values = x.contiguous();
        if (site == Site::State)
            forEachSequence(values, [&](const float *rows, std::int64_t length) { countStates(counts, rows, length); });
        else if (site == Site::Gate)
            forEachSequence(values, [&](const float *rows, std::int64_t length) {
                for (std::int64_t i = 0; i < length * m_hidden; ++i)
                    if (rows[i] > 0)
                        counts.open[static_cast<std::size_t>(i % m_hidden)] = true;
            });
        else if (site == Site::Norm || site == Site::Residual)
            forEachSequence(values, [&](const float *rows, std::int64_t length) {
                for (std::int64_t t = 0; t < length; ++t) {
                    double sum = 0;
                    for (std::int64_t c = 0; c < m_hidden; ++c)
                        sum +=
                            static_cast<double>(rows[t * m_hidden + c]) * static_cast<double>(rows[t * m_hidden + c]);
                    (site == Site::Norm ? counts.norm : counts.residual) += std::sqrt(sum);
                }
            });
        return x;
    }

    std::vector<LayerStatistics> result() const
    {
        const double positions =
            static_cast<double>(std::accumulate(m_rowsAt.begin(), m_rowsAt.end(), std::int64_t{0}));
        std::vector<LayerStatistics> layers;
        for (const Layer &counts : m_layers) {
            LayerStatistics &layer = layers.emplace_back();
            layer.neverOpen =
                static_cast<double>(std::ranges::count(counts.open, false)) / static_cast<double>(m_hidden);
            layer.normSize = counts.norm / positions;
            layer.residualSize = counts.residual / positions;
            for (std::int64_t head = 0; head < m_hidden / m_headSize; ++head)
                layer.heads.push_back(headOf(counts, head, positions));
        }
        return layers;
    }

private:
    struct Layer {
        /// [head][position], [head][age]
        std::vector<std::int64_t> changes, ages;
        std::vector<bool> open; // by channel
        double norm = 0, residual = 0;
    };

    template <typename Work> void forEachSequence(const Tensor &values, const Work &work) const
    {
        for (std::size_t row = 0; row < m_lengths.size(); ++row)
            work(values.const_data_ptr<float>() + static_cast<std::int64_t>(row) * values.size(1) * m_hidden,
                 m_lengths[row]);
    }

    void countStates(Layer &counts, const float *rows, std::int64_t length) const
    {
        std::vector<std::int64_t> since(static_cast<std::size_t>(m_hidden));
        for (std::int64_t t = 0; t < length; ++t)
            for (std::int64_t c = 0; c < m_hidden; ++c) {
                const float now = rows[t * m_hidden + c], before = t > 0 ? rows[(t - 1) * m_hidden + c] : now;
                const std::int64_t head = c / m_headSize * m_time;
                if (t == 0 || stateChanges(before, now)) {
                    since[static_cast<std::size_t>(c)] = t;
                    ++counts.changes[static_cast<std::size_t>(head + t)];
                }
                ++counts.ages[static_cast<std::size_t>(head + t - since[static_cast<std::size_t>(c)])];
            }
    }

    HeadStatistics headOf(const Layer &counts, std::int64_t head, double positions) const
    {
        HeadStatistics statistics;
        double changes = 0, byChance = 0;
        for (std::int64_t t = 0; t < m_time; ++t) {
            const auto at = static_cast<std::size_t>(head * m_time + t);
            const double channels =
                static_cast<double>(m_rowsAt[static_cast<std::size_t>(t)]) * static_cast<double>(m_headSize);
            const auto changed = static_cast<double>(counts.changes[at]);
            statistics.changes.push_back(changed / channels);
            if (t > 0) {
                changes += changed;
                byChance += channels / static_cast<double>(t + 1);
            }
            statistics.ages.push_back(static_cast<double>(counts.ages[at]) /
                                      (positions * static_cast<double>(m_headSize)));
            statistics.meanAge += static_cast<double>(t) * statistics.ages.back();
        }
        statistics.changesBesideChance = changes / byChance;
        return statistics;
    }

    std::int64_t m_hidden, m_headSize, m_time;
    std::vector<Layer> m_layers;
    std::vector<std::int64_t> m_lengths;
    std::vector<std::int64_t> m_rowsAt; // by position: the number of sequences that reach it
};

/// By distance d: the sum of the influences of tokens d positions back, and their number.
struct ByDistance {
    std::vector<double> sums, counts;

    void add(const Grid &influence)
    {
        for (int t = 1; t < influence.rows; ++t)
            for (int hidden = 0; hidden < t; ++hidden) {
                const auto distance = static_cast<std::size_t>(t - hidden);
                sums[distance] += static_cast<double>(influence.at(t, hidden));
                ++counts[distance];
            }
    }
};

double lengthOf(const std::vector<double> &influence)
{
    double all = 0, sum = 0;
    for (const double value : influence)
        all += std::isfinite(value) ? value : 0;
    for (std::size_t d = 1; all > 0 && d < influence.size(); ++d) {
        sum += std::isfinite(influence[d]) ? influence[d] : 0;
        if (sum >= remembered * all)
            return static_cast<double>(d);
    }
    return 0;
}

} // namespace

std::shared_ptr<const StateStatistics> measureStatistics(const std::shared_ptr<const Snapshot> &snapshot,
                                                         const Batch &batch, std::int64_t influenceRows,
                                                         const ShareDone &progress, std::stop_token stop)
{
    if (batch.count == 0 || batch.time == 0)
        throw Error(Error::WrongValue, Text("There are no sequences to measure on; the data should have some."));
    checkTokens(batch, snapshot->config().vocabSize, Text("The data to measure on"));
    return withoutTorchErrors([&]() -> std::shared_ptr<const StateStatistics> {
        const torch::NoGradGuard noGrad;
        const SamOut network(*snapshot);
        const Tensor tokens = tokenTensor(batch.inputs, batch, torch::kCPU);
        auto statistics = std::make_shared<StateStatistics>();
        statistics->step = snapshot->step();
        statistics->sequences = batch.count;

        const std::int64_t hiding = std::min(influenceRows, batch.count);
        // Work in tokens: the rows read once, and the rows read again for every hidden token.
        const double work = static_cast<double>(batch.count) + static_cast<double>(hiding * batch.time);
        Counter counter(snapshot->config(), batch.time);
        const std::int64_t atOnce = std::max<std::int64_t>(1, tokensAtOnce / batch.time);
        for (std::int64_t first = 0; first < batch.count; first += atOnce) {
            if (stop.stop_requested())
                return nullptr;
            const std::int64_t end = std::min(first + atOnce, batch.count);
            std::vector<std::int64_t> lengths;
            for (std::int64_t row = first; row < end; ++row) {
                lengths.push_back(batch.rowLength(row));
                statistics->tokens += lengths.back();
            }
            counter.begin(std::move(lengths));
            network.forward(tokens.slice(0, first, end), nullptr, &counter);
            if (progress)
                progress(static_cast<double>(end) / work);
        }
        statistics->layers = counter.result();

        ByDistance influences;
        influences.sums.resize(static_cast<std::size_t>(batch.time));
        influences.counts.resize(static_cast<std::size_t>(batch.time));
        for (std::int64_t row = 0; row < hiding; ++row) {
            const auto begin = batch.inputs.begin() + row * batch.time;
            const std::vector<std::int64_t> text(begin, begin + batch.rowLength(row));
            if (text.empty())
                continue;
            const auto moved = influence(snapshot, text, {}, stop);
            if (!moved)
                return nullptr;
            influences.add(*moved);
            if (progress)
                progress((static_cast<double>(batch.count) + static_cast<double>((row + 1) * batch.time)) / work);
        }
        for (std::size_t d = 0; d < influences.sums.size(); ++d)
            statistics->influence.push_back(influences.counts[d] > 0 ? influences.sums[d] / influences.counts[d]
                                                                     : std::numeric_limits<double>::quiet_NaN());
        statistics->memoryLength = lengthOf(statistics->influence);
        return statistics;
    });
}

namespace {

void subtract(std::vector<double> &from, const std::vector<double> &what)
{
    for (std::size_t i = 0; i < std::min(from.size(), what.size()); ++i)
        from[i] -= what[i];
}

/// The numbers of one layer as points.
void addLayer(Table &table, std::int64_t number, const LayerStatistics &layer, Side side)
{
    const auto add = [&](const char *view, const char *unit, std::string curve, Table::Value x, double y) {
        table.rows.push_back({view, unit, number, std::move(curve), std::move(x), y});
    };
    const auto name = [](std::size_t head) { return "head " + std::to_string(head); };
    const std::size_t time = layer.heads.front().changes.size();
    for (std::size_t head = 0; head < layer.heads.size(); ++head)
        for (std::size_t t = 1; t < time; ++t) // at position 0 all states change
            add("changes", "%", name(head), static_cast<std::int64_t>(t), 100 * layer.heads[head].changes[t]);
    for (std::size_t t = 1; t < time && side != Side::Difference; ++t)
        add("changes", "%", "1/(t+1)", static_cast<std::int64_t>(t), 100.0 / static_cast<double>(t + 1));
    for (std::size_t head = 0; head < layer.heads.size(); ++head)
        for (std::size_t age = 0; age < time; ++age)
            add("age", "%", name(head), static_cast<std::int64_t>(age), 100 * layer.heads[head].ages[age]);
    add("gates and sizes", "share", "gates never open", {}, layer.neverOpen);
    add("gates and sizes", "", "size of norm", {}, layer.normSize);
    add("gates and sizes", "", "size of the output", {}, layer.residualSize);
    for (std::size_t head = 0; head < layer.heads.size(); ++head) {
        add("changes beside chance", "", name(head), {}, layer.heads[head].changesBesideChance);
        add("mean age", "tokens", name(head), {}, layer.heads[head].meanAge);
    }
}

} // namespace

StateStatistics difference(StateStatistics changed, const StateStatistics &trained)
{
    for (std::size_t i = 0; i < changed.layers.size(); ++i) {
        LayerStatistics &layer = changed.layers[i];
        const LayerStatistics &before = trained.layers[i];
        for (std::size_t head = 0; head < layer.heads.size(); ++head) {
            subtract(layer.heads[head].changes, before.heads[head].changes);
            subtract(layer.heads[head].ages, before.heads[head].ages);
            layer.heads[head].changesBesideChance -= before.heads[head].changesBesideChance;
            layer.heads[head].meanAge -= before.heads[head].meanAge;
        }
        layer.neverOpen -= before.neverOpen;
        layer.normSize -= before.normSize;
        layer.residualSize -= before.residualSize;
    }
    subtract(changed.influence, trained.influence);
    changed.memoryLength -= trained.memoryLength;
    return changed;
}

Table tableOf(const StateStatistics &statistics, Side side)
{
    using Column = Table::Column;
    Table table{.columns = {{.name = "view", .kind = Column::Key},
                            {.name = "unit", .kind = Column::Key},
                            {.name = "layer", .kind = Column::Key},
                            {.name = "curve", .kind = Column::Key},
                            {.name = "x", .kind = Column::Key},
                            {.name = "y"}},
                .rows = {}};
    for (std::size_t layer = 0; layer < statistics.layers.size(); ++layer)
        addLayer(table, static_cast<std::int64_t>(layer), statistics.layers[layer], side);
    for (std::size_t d = 1; d < statistics.influence.size(); ++d)
        table.rows.push_back(
            {"influence", "nats", {}, "influence", static_cast<std::int64_t>(d), statistics.influence[d]});
    return table;
}

Table layersOf(const StateStatistics &statistics)
{
    Table table{.columns = {{.name = "layer", .kind = Table::Column::Key},
                            {.name = "gates never open"},
                            {.name = "size of norm"},
                            {.name = "size of the output"}},
                .rows = {}};
    for (std::size_t i = 0; i < statistics.layers.size(); ++i) {
        const LayerStatistics &layer = statistics.layers[i];
        table.rows.push_back({static_cast<std::int64_t>(i), layer.neverOpen, layer.normSize, layer.residualSize});
    }
    return table;
}

} // namespace samout
