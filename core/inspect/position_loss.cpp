// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/position_loss.h"

#include "core/base/error.h"
#include "core/compute/fast_network.h"
#include "core/inspect/measuring_data.h"
#include "core/model/evaluation.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <utility>

namespace samout {

using torch::Tensor;

namespace {

constexpr std::int64_t tokensAtOnce = 2048;
constexpr double notMeasured = std::numeric_limits<double>::quiet_NaN();

/// A stretch of a text that is read from a fresh state, and which of its positions are measured.
struct Stretch {
    std::int64_t text = 0, begin = 0, end = 0;
    std::int64_t from = 0; // the measured positions are [from, end)
};

std::vector<Stretch> carried(const Batch &texts)
{
    std::vector<Stretch> all;
    for (std::int64_t text = 0; text < texts.count; ++text)
        all.push_back({.text = text, .begin = 0, .end = texts.time, .from = 0});
    return all;
}

/// The token that ends a line is the first that the empty state reads.
std::vector<Stretch> clearedAt(const Batch &texts, std::int64_t lineEnd)
{
    std::vector<Stretch> all;
    for (std::int64_t text = 0; text < texts.count; ++text) {
        std::int64_t begin = 0;
        for (std::int64_t t = 1; t <= texts.time; ++t)
            if (t == texts.time || texts.inputs[static_cast<std::size_t>(text * texts.time + t)] == lineEnd) {
                all.push_back({.text = text, .begin = begin, .end = t, .from = begin});
                begin = t;
            }
    }
    return all;
}

/// The first `context` positions at once, then a window for every measured position.
std::vector<Stretch> recomputed(const Batch &texts, std::int64_t context, std::int64_t stride)
{
    std::vector<Stretch> all;
    for (std::int64_t text = 0; text < texts.count; ++text) {
        all.push_back({.text = text, .begin = 0, .end = std::min(context, texts.time), .from = 0});
        for (std::int64_t t = context; t < texts.time; t += stride)
            all.push_back({.text = text, .begin = t + 1 - context, .end = t + 1, .from = t});
    }
    return all;
}

class Reader {
public:
    Reader(const Snapshot &snapshot, const Batch &texts) : m_network(snapshot), m_fused(m_network), m_texts(texts) {}

    /// False if `stop` was requested.
    bool read(std::vector<Stretch> stretches, std::vector<double> &losses, const ShareDone &progress,
              const std::stop_token &stop)
    {
        std::vector<double> sums(static_cast<std::size_t>(m_texts.time)), weights = sums;
        // Stretches of similar length go together, because padding costs time.
        std::ranges::stable_sort(stretches, {}, [](const Stretch &s) { return s.end - s.begin; });
        for (std::size_t first = 0; first < stretches.size();) {
            if (stop.stop_requested())
                return false;
            std::size_t end = first + 1;
            while (end < stretches.size() &&
                   (stretches[end].end - stretches[end].begin) * static_cast<std::int64_t>(end + 1 - first) <=
                       tokensAtOnce)
                ++end;
            readPiece(std::span(stretches).subspan(first, end - first), sums, weights);
            first = end;
            if (progress)
                progress(static_cast<double>(first) / static_cast<double>(stretches.size()));
        }
        losses.clear();
        for (std::size_t t = 0; t < sums.size(); ++t)
            losses.push_back(weights[t] > 0 ? sums[t] / weights[t] : notMeasured);
        return true;
    }

private:
    void readPiece(std::span<const Stretch> piece, std::vector<double> &sums, std::vector<double> &weights)
    {
        const std::int64_t time = piece.back().end - piece.back().begin;
        // The padding after a shorter stretch is ignored.
        Tensor tokens = torch::zeros({std::ssize(piece), time}, torch::kInt64), targets = tokens.clone();
        const auto copy = [&](const std::vector<std::int64_t> &from, Tensor &to, std::size_t row, const Stretch &s) {
            const auto begin = from.begin() + s.text * m_texts.time;
            std::copy(begin + s.begin, begin + s.end,
                      to.mutable_data_ptr<std::int64_t>() + static_cast<std::int64_t>(row) * time);
        };
        for (std::size_t row = 0; row < piece.size(); ++row) {
            copy(m_texts.inputs, tokens, row, piece[row]);
            copy(m_texts.targets, targets, row, piece[row]);
        }
        const Tensor right =
            torch::log_softmax(m_fused.forward(tokens), 2).gather(2, targets.unsqueeze(2)).squeeze(2).contiguous();
        for (std::size_t row = 0; row < piece.size(); ++row)
            for (std::int64_t t = piece[row].from; t < piece[row].end; ++t) {
                const double weight = m_texts.weights[static_cast<std::size_t>(piece[row].text * m_texts.time + t)];
                if (weight == 0)
                    continue;
                const std::int64_t at = static_cast<std::int64_t>(row) * time + t - piece[row].begin;
                sums[static_cast<std::size_t>(t)] -= weight * static_cast<double>(right.const_data_ptr<float>()[at]);
                weights[static_cast<std::size_t>(t)] += weight;
            }
    }

    SamOut m_network;
    FastNetwork m_fused;
    const Batch &m_texts;
};

} // namespace

Batch joinedTexts(const Batch &rows, std::int64_t length, std::int64_t most)
{
    Batch texts{.count = 0, .time = length, .inputs = {}, .targets = {}, .weights = {}};
    const auto enough = static_cast<std::size_t>(length * most);
    for (std::int64_t row = 0; row < rows.count && texts.inputs.size() < enough; ++row) {
        const auto begin = row * rows.time, end = begin + rows.rowLength(row);
        const auto append = [&](auto &to, const auto &from) {
            to.insert(to.end(), from.begin() + begin, from.begin() + end);
        };
        append(texts.inputs, rows.inputs);
        append(texts.targets, rows.targets);
        append(texts.weights, rows.weights);
    }
    texts.count = std::min(most, std::ssize(texts.inputs) / length);
    if (texts.count == 0)
        throw Error(
            Error::WrongValue,
            Text("The data has too few sequences for a text of {0} tokens; it should have more of them.", length));
    texts.inputs.resize(static_cast<std::size_t>(texts.count * length));
    texts.targets.resize(texts.inputs.size());
    texts.weights.resize(texts.inputs.size());
    return texts;
}

std::vector<PositionLoss> lossByPosition(const Snapshot &snapshot, const Batch &texts,
                                         std::optional<std::int64_t> lineEnd, std::int64_t context, std::int64_t stride,
                                         const ShareDone &progress, std::stop_token stop)
{
    checkTokens(texts, snapshot.config().vocabSize, Text("The data to measure on"));
    std::vector<std::pair<Memory, std::vector<Stretch>>> memories;
    memories.emplace_back(Memory::Carry, carried(texts));
    if (lineEnd)
        memories.emplace_back(Memory::ClearAt, clearedAt(texts, *lineEnd));
    memories.emplace_back(Memory::Recompute, recomputed(texts, context, stride));
    return withoutTorchErrors([&] {
        const torch::NoGradGuard noGrad;
        Reader reader(snapshot, texts);
        std::vector<PositionLoss> all;
        for (const auto &[memory, stretches] : memories) {
            const auto told = [&, done = static_cast<double>(all.size())](double share) {
                if (progress)
                    progress((done + share) / static_cast<double>(memories.size()));
            };
            PositionLoss loss{.memory = memory, .losses = {}};
            if (!reader.read(stretches, loss.losses, told, stop))
                return std::vector<PositionLoss>();
            all.push_back(std::move(loss));
        }
        return all;
    });
}

PositionTexts positionTexts(const Dataset &data, std::int64_t tokens)
{
    constexpr std::int64_t fewestTexts = 48, timesTrained = 4;
    const std::int64_t length = data.sequenceLength() - 1, time = timesTrained * length;
    const std::int64_t count = std::max(fewestTexts, (tokens + time - 1) / time);
    return {.texts = joinedTexts(measuringData(data, count * time).batch, time, count),
            .lineEnd = data.lineEnd(),
            .trainedLength = length};
}

std::optional<BySide<std::vector<PositionLoss>>> lossByPosition(const Subject &subject, const PositionTexts &texts,
                                                                const ShareDone &progress, std::stop_token stop)
{
    constexpr std::int64_t stride = 4;
    return askBySide(subject.side, progress, [&](Side side, const ShareDone &part) {
        auto losses =
            lossByPosition(*subject.network(side), texts.texts, texts.lineEnd, texts.trainedLength, stride, part, stop);
        return losses.empty() ? std::nullopt : std::optional(std::move(losses));
    });
}

std::vector<PositionLoss> difference(std::vector<PositionLoss> changed, const std::vector<PositionLoss> &trained)
{
    for (std::size_t i = 0; i < changed.size(); ++i)
        std::ranges::transform(changed[i].losses, trained[i].losses, changed[i].losses.begin(), std::minus());
    return changed;
}

std::vector<PositionPoint> pointsOf(const PositionLoss &loss)
{
    std::vector<PositionPoint> points;
    for (std::size_t t = 0; t < loss.losses.size(); ++t)
        if (std::isfinite(loss.losses[t]))
            points.push_back({.position = static_cast<std::int64_t>(t), .loss = loss.losses[t]});
    const std::ptrdiff_t reach = loss.memory == Memory::Recompute ? 2 : 6, count = std::ssize(points);
    for (std::ptrdiff_t i = 0; i < count; ++i) {
        const std::ptrdiff_t begin = std::max<std::ptrdiff_t>(0, i - reach), end = std::min(count, i + reach + 1);
        double sum = 0;
        for (std::ptrdiff_t j = begin; j < end; ++j)
            sum += points[static_cast<std::size_t>(j)].loss;
        points[static_cast<std::size_t>(i)].smoothed = sum / static_cast<double>(end - begin);
    }
    return points;
}

Table tableOf(const std::vector<PositionLoss> &losses, std::int64_t context)
{
    Table table{.columns = {{.name = "curve", .kind = Table::Column::Key},
                            {.name = "position", .kind = Table::Column::Key},
                            {.name = "loss", .unit = "nats"},
                            {.name = "smoothed", .unit = "nats"}},
                .rows = {}};
    for (const PositionLoss &loss : losses) {
        const std::string curve = loss.memory == Memory::Carry     ? "carried"
                                  : loss.memory == Memory::ClearAt ? "cleared at line ends"
                                                                   : "the newest " + std::to_string(context) + " anew";
        for (const PositionPoint &point : pointsOf(loss))
            table.rows.push_back({curve, point.position, point.loss, point.smoothed});
    }
    return table;
}

} // namespace samout
