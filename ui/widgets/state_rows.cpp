// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/state_rows.h"

#include "ui/plots/number_text.h"
#include "ui/widgets/formula_text.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <tuple>

namespace samout {

namespace {

struct StateRows {
    Q_DECLARE_TR_FUNCTIONS(StateRows)
};

/// The most numbers that a percentile is computed from, taken evenly from all.
constexpr std::size_t sampledNumbers = 1 << 17;

float percentile(std::vector<float> &values, double share)
{
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1) + 0.5);
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return values[static_cast<std::size_t>(place)];
}

std::size_t at(int row, int col, int cols)
{
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(cols) + static_cast<std::size_t>(col);
}

} // namespace

SiteColors siteColors(Site site)
{
    if (site == Site::State)
        return {false, Heatmap::Scale::Linear};
    const bool spreads = site == Site::Mixed || site == Site::Value || site == Site::Gate || site == Site::Out;
    return {true, spreads ? Heatmap::Scale::SignedLog : Heatmap::Scale::Linear};
}

ValueRange fittingRange(const Grid &values, Site site)
{
    const std::size_t stride = std::max<std::size_t>(1, values.values.size() / sampledNumbers);
    const SiteColors colors = siteColors(site);
    std::vector<float> finite;
    finite.reserve(values.values.size() / stride + 1);
    for (std::size_t i = 0; i < values.values.size(); i += stride) {
        const float value = values.values[i];
        if (std::isfinite(value))
            finite.push_back(colors.diverging ? std::abs(value) : value);
    }
    if (finite.empty())
        return {};
    const float high = percentile(finite, 0.99);
    return {colors.diverging ? -high : percentile(finite, 0.01), high};
}

std::vector<int> rowOrder(RowOrder order, const Examination &examination, int layer, int head)
{
    const auto size = static_cast<int>(examination.snapshot->config().headSize());
    const auto hidden = static_cast<int>(examination.snapshot->config().hiddenSize);
    std::vector<int> channels(static_cast<std::size_t>(size));
    std::iota(channels.begin(), channels.end(), head * size);
    const auto sortBy = [&channels](const auto &key) {
        std::stable_sort(channels.begin(), channels.end(), [&key](int a, int b) { return key(a) < key(b); });
    };
    if (order == RowOrder::ByEffect) {
        if (const Grid *mixed = examination.find(layer, Site::Mixed)) {
            std::vector<double> squares(static_cast<std::size_t>(hidden));
            for (int row = 0; row < mixed->rows; ++row) {
                for (const int channel : channels)
                    squares[static_cast<std::size_t>(channel)] += std::pow(double(mixed->at(row, channel)), 2);
            }
            // A NaN would break the order of the sort.
            sortBy([&squares](int channel) {
                const double square = squares[static_cast<std::size_t>(channel)];
                return std::isnan(square) ? -std::numeric_limits<double>::infinity() : -square;
            });
        }
    } else if (order == RowOrder::ByWinner) {
        if (const Winners *winners = examination.findWinners(layer)) {
            const int last = static_cast<int>(examination.tokens.size()) - 1;
            sortBy([&](int channel) {
                return std::tuple(winners->winner[at(last, channel, hidden)],
                                  winners->since[at(last, channel, hidden)]);
            });
        }
    }
    return channels;
}

std::vector<float> rowsOf(const Grid &values, const std::vector<int> &channels)
{
    std::vector<float> result(channels.size() * static_cast<std::size_t>(values.rows));
    auto next = result.begin();
    for (const int channel : channels) {
        for (int position = 0; position < values.rows; ++position)
            *next++ = values.at(position, channel);
    }
    return result;
}

std::vector<std::uint8_t> changesOf(const Winners &winners, int hidden, const std::vector<int> &channels)
{
    const auto positions = static_cast<int>(winners.since.size()) / hidden;
    std::vector<std::uint8_t> result;
    result.reserve(channels.size() * static_cast<std::size_t>(positions));
    for (const int channel : channels) {
        for (int position = 0; position < positions; ++position)
            result.push_back(position > 0 && winners.since[at(position, channel, hidden)] == position);
    }
    return result;
}

QString cellSentence(const Examination &examination, int layer, Site site, int channel, int position)
{
    const Grid *values = examination.find(layer, site);
    if (!values || channel < 0 || channel >= values->cols || position < 0 || position >= values->rows)
        return {};
    const auto headSize = static_cast<int>(examination.snapshot->config().headSize());
    const auto token = [&](int at) {
        if (at < 0 || at >= static_cast<int>(examination.tokens.size()))
            return StateRows::tr("an earlier text");
        const auto label = examination.snapshot->vocabulary().label(examination.tokens[static_cast<std::size_t>(at)]);
        return QStringLiteral("\"%1\" (%2)")
            .arg(QString::fromStdString(label), QString::number(at * examination.every));
    };
    const QString place = StateRows::tr("layer %1, head %2, channel %3, %4")
                              .arg(layer)
                              .arg(channel / headSize)
                              .arg(channel % headSize)
                              .arg(token(position));
    const QString value = shortNumber(values->at(position, channel));
    const Winners *winners = examination.findWinners(layer);
    const std::size_t cell = at(position, channel, values->cols);
    if (!winners || cell >= winners->winner.size())
        return StateRows::tr("%1: %2 %3").arg(place, nameOf(site), value);
    // In a thinned text a row stands for all tokens after the row before.
    const auto holder = [&](int at) {
        return at > 0 && examination.every > 1
                   ? StateRows::tr("a token after %1, up to %2").arg(token(at - 1), token(at))
                   : token(at);
    };
    const QString since = holder(winners->since[cell]);
    const QString winner = holder(winners->winner[cell]);
    if (site == Site::State)
        return StateRows::tr("%1: %2, held since %3, winner %4").arg(place, value, since, winner);
    return StateRows::tr("%1: %2 %3; its state is held since %4, winner %5")
        .arg(place, nameOf(site), value, since, winner);
}

} // namespace samout
