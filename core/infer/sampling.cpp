// SPDX-License-Identifier: GPL-3.0-only
#include "core/infer/sampling.h"

#include "core/base/error.h"
#include "core/base/random.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <string>

namespace samout {
namespace {

/// Token ids, likeliest first; the lower id first on a tie.
std::vector<std::int64_t> order(std::span<const float> values, std::size_t count)
{
    std::vector<std::int64_t> ids(values.size());
    std::iota(ids.begin(), ids.end(), std::int64_t{0});
    const auto before = [&](std::int64_t a, std::int64_t b) {
        const float x = values[static_cast<std::size_t>(a)], y = values[static_cast<std::size_t>(b)];
        return x != y ? x > y : a < b;
    };
    count = std::min(count, ids.size());
    std::partial_sort(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(count), ids.end(), before);
    ids.resize(count);
    return ids;
}

} // namespace

void SamplingOptions::check() const
{
    if (!std::isfinite(temperature) || temperature < 0)
        throw Error(
            Error::WrongValue,
            Text("The temperature is {0}; it should be 0 (the likeliest token) or above, as 0.8.", temperature));
    if (topK < 0)
        throw Error(Error::WrongValue, Text("Top-k is {0}; it should be 0 (all tokens) or above.", topK));
    if (!(topP > 0 && topP <= 1))
        throw Error(Error::WrongValue, Text("Top-p is {0}; it should be above 0 and at most 1 (all tokens).", topP));
}

std::int64_t sample(std::span<const float> logits, const SamplingOptions &options, std::int64_t index)
{
    for (const float logit : logits)
        if (std::isnan(logit))
            throw Error(Error::NotFinite,
                        Text("The network's output is not a number (NaN), so no token can be drawn from it."));
    if (options.temperature == 0)
        return order(logits, 1).front();

    const std::size_t all = logits.size();
    const auto ids = order(logits, options.topK > 0 ? static_cast<std::size_t>(options.topK) : all);
    const double top = logits[static_cast<std::size_t>(ids.front())];
    std::vector<double> weights;
    double sum = 0;
    for (const auto id : ids) {
        const double logit = logits[static_cast<std::size_t>(id)];
        weights.push_back(logit == top ? 1.0 : std::exp((logit - top) / options.temperature));
        sum += weights.back();
    }
    std::size_t kept = 0;
    double keptSum = 0;
    while (kept < ids.size() && (kept == 0 || keptSum < options.topP * sum))
        keptSum += weights[kept++];

    const auto bits = randomBits(options.seed, Purpose::Sampling, 0, static_cast<std::uint64_t>(index));
    double left = static_cast<double>(bits >> 11) * 0x1.0p-53 * keptSum;
    for (std::size_t i = 0; i < kept; ++i) {
        left -= weights[i];
        if (left < 0)
            return ids[i];
    }
    return ids[kept - 1];
}

std::vector<float> probabilities(std::span<const float> logits)
{
    std::vector<float> result(logits.begin(), logits.end());
    const float top = *std::max_element(result.begin(), result.end());
    double sum = 0;
    for (float &value : result) {
        value = value == top ? 1.0F : std::exp(value - top);
        sum += value;
    }
    for (float &value : result)
        value = static_cast<float>(value / sum);
    return result;
}

std::vector<TokenProbability> likeliest(std::span<const float> probabilities, int count)
{
    std::vector<TokenProbability> result;
    for (const auto id : order(probabilities, static_cast<std::size_t>(std::max(0, count))))
        result.push_back({.token = id, .probability = probabilities[static_cast<std::size_t>(id)]});
    return result;
}

} // namespace samout
