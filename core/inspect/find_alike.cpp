// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/find_alike.h"

#include "core/base/error.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <tuple>

namespace samout {

namespace {

/// A word of an index row that contains some of the channels, and their bits in it.
struct MaskedWord {
    std::int64_t word = 0;
    std::uint64_t bits = 0;
};

std::vector<MaskedWord> maskOf(const AlikeQuestion &question, const ModelConfig &config)
{
    config.checkLayer(question.layer);
    if (question.channels.empty())
        throw Error(Error::WrongValue, Text("No channel is chosen; choose at least one."));
    if (question.length < 1)
        throw Error(Error::WrongValue, Text("A passage has {0} tokens; it should have at least one.", question.length));
    std::vector<MaskedWord> mask;
    for (const int channel : question.channels) {
        if (channel < 0 || channel >= config.hiddenSize)
            throw Error(Error::WrongValue, Text("There is no channel {0}; the network has the channels 0 to {1}.",
                                                channel, config.hiddenSize - 1));
        const std::int64_t bit = question.layer * config.hiddenSize + channel;
        auto found = std::ranges::find(mask, bit / 64, &MaskedWord::word);
        if (found == mask.end())
            found = mask.insert(mask.end(), {.word = bit / 64});
        found->bits |= std::uint64_t{1} << (bit % 64);
    }
    return mask;
}

/// The tokens over which the channels that change at `place` are held, summed over the channels.
std::int64_t heldFrom(const ChangeIndex &index, const std::vector<MaskedWord> &mask, std::int64_t place,
                      std::int64_t end, std::int64_t length, std::int64_t toBeat)
{
    std::int64_t held = 0;
    const std::size_t words = mask.size();
    std::uint64_t alive[64];
    // More words than fit `alive` are processed in parts.
    for (std::size_t first = 0; first < words; first += std::size(alive)) {
        const std::size_t count = std::min(std::size(alive), words - first);
        const std::uint64_t *row = index.row(place);
        std::int64_t set = 0;
        for (std::size_t i = 0; i < count; ++i) {
            alive[i] = row[mask[first + i].word] & mask[first + i].bits;
            set += std::popcount(alive[i]);
        }
        if (words <= std::size(alive) && set * length <= toBeat)
            return 0;
        const std::int64_t last = std::min(end, place + length);
        for (std::int64_t next = place; set > 0;) {
            held += set;
            if (++next == last)
                break;
            row = index.row(next);
            set = 0;
            for (std::size_t i = 0; i < count; ++i) {
                alive[i] &= ~row[mask[first + i].word];
                set += std::popcount(alive[i]);
            }
        }
    }
    return held;
}

/// The best place of every passage, in the order of passages; of fewer passages if `stop` is requested.
std::vector<AlikePlace> bestPlaces(const ChangeIndex &index, const AlikeQuestion &question, const std::stop_token &stop)
{
    const std::vector<MaskedWord> mask = maskOf(question, index.snapshot()->config());
    std::int64_t channels = 0;
    for (const MaskedWord &word : mask)
        channels += std::popcount(word.bits);
    const auto most = static_cast<double>(channels * question.length);
    const Passages &passages = index.passages();
    std::vector<AlikePlace> places;
    for (std::int64_t passage = 0; passage < passages.count() && !stop.stop_requested(); ++passage) {
        const std::int64_t begin = passages.begins[static_cast<std::size_t>(passage)];
        const std::int64_t end = passages.begins[static_cast<std::size_t>(passage) + 1];
        std::int64_t best = 0, at = 0;
        const std::int64_t first = question.fromBeginning ? begin : begin + 1;
        for (std::int64_t place = first; place < (question.fromBeginning ? begin + 1 : end); ++place) {
            const std::int64_t held = heldFrom(index, mask, place, end, question.length, best);
            if (held > best) {
                best = held;
                at = place - begin;
            }
        }
        places.push_back({.passage = passage, .begin = at, .score = static_cast<double>(best) / most});
    }
    return places;
}

double meanScore(const std::vector<AlikePlace> &places)
{
    double sum = 0;
    for (const AlikePlace &place : places)
        sum += place.score;
    return places.empty() ? 0 : sum / static_cast<double>(places.size());
}

/// Keeps the first `count` items by `key`, sorted by it.
template <typename Item, typename Key> void keepFirst(std::vector<Item> &items, int count, const Key &key)
{
    const auto kept = std::min(items.size(), static_cast<std::size_t>(std::max(0, count)));
    std::ranges::partial_sort(items, items.begin() + static_cast<std::ptrdiff_t>(kept), {}, key);
    items.resize(kept);
}

} // namespace

AlikeAnswer findAlike(const ChangeIndex &index, const AlikeQuestion &question, std::stop_token stop)
{
    AlikeAnswer answer;
    answer.best = bestPlaces(index, question, stop);
    answer.meanScore = meanScore(answer.best);
    answer.complete = std::ranges::count(answer.best, 1.0, &AlikePlace::score);
    std::erase_if(answer.best, [](const AlikePlace &place) { return place.score == 0; });
    const std::vector<std::int64_t> &times = index.passages().times;
    keepFirst(answer.best, question.count, [&](const AlikePlace &place) {
        return std::tuple(-place.score, -times[static_cast<std::size_t>(place.passage)], place.passage);
    });
    return answer;
}

AlikeDifference findAlikeDifference(const ChangeIndex &one, const ChangeIndex &other, const AlikeQuestion &question,
                                    std::stop_token stop)
{
    if (one.passages().begins != other.passages().begins || one.passages().tokens != other.passages().tokens)
        throw Error(Error::WrongValue,
                    Text("The two networks did not read the same passages; both should read the same."));
    const std::vector<AlikePlace> ones = bestPlaces(one, question, stop), others = bestPlaces(other, question, stop);
    AlikeDifference difference{.meanOne = meanScore(ones), .meanOther = meanScore(others)};
    std::vector<AlikePair> more, less;
    for (std::size_t i = 0; i < std::min(ones.size(), others.size()); ++i) {
        const AlikePair pair{.one = ones[i], .other = others[i]};
        const bool inOne = pair.one.score == 1, inOther = pair.other.score == 1;
        difference.both += inOne && inOther;
        difference.onlyOne += inOne && !inOther;
        difference.onlyOther += inOther && !inOne;
        if (pair.change() > 0)
            more.push_back(pair);
        else if (pair.change() < 0)
            less.push_back(pair);
    }
    const auto key = [&](const AlikePair &pair) {
        // As float, so that 0.7 - 0.3 equals 0.4 - 0; as doubles their last bits differ.
        return std::tuple(-std::abs(static_cast<float>(pair.change())), -std::max(pair.one.score, pair.other.score),
                          -one.passages().times[static_cast<std::size_t>(pair.one.passage)], pair.one.passage);
    };
    keepFirst(more, question.count, key);
    keepFirst(less, question.count, key);
    difference.largest = std::move(more);
    difference.largest.insert(difference.largest.end(), less.begin(), less.end());
    std::ranges::sort(difference.largest, {}, key);
    return difference;
}

} // namespace samout
