#include "core/inspect/find_alike.h"

#include "core/base/error.h"

#include <algorithm>
#include <bit>
#include <tuple>

namespace samout {

namespace {

/// The words of a row that hold the channels, and the channels in them.
struct MaskedWord {
    std::int64_t word = 0;
    std::uint64_t bits = 0;
};

std::vector<MaskedWord> maskOf(const AlikeQuestion &question, const ModelConfig &config)
{
    config.checkLayer(question.layer);
    if (question.channels.empty())
        throw Error("No channel is chosen; choose at least one.");
    if (question.length < 1)
        throw Error("A stretch of " + std::to_string(question.length) +
                    " tokens is none; it should have at least one.");
    std::vector<MaskedWord> mask;
    for (const int channel : question.channels) {
        if (channel < 0 || channel >= config.hiddenSize)
            throw Error("There is no channel " + std::to_string(channel) + "; the network has the channels 0 to " +
                        std::to_string(config.hiddenSize - 1) + ".");
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
    // More words than these are looked at a part at a time.
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

} // namespace

AlikeAnswer findAlike(const ChangeIndex &index, const AlikeQuestion &question, std::stop_token stop)
{
    const std::vector<MaskedWord> mask = maskOf(question, index.snapshot()->config());
    std::int64_t channels = 0;
    for (const MaskedWord &word : mask)
        channels += std::popcount(word.bits);
    const auto most = static_cast<double>(channels * question.length);
    const Passages &passages = index.passages();
    AlikeAnswer answer;
    double sum = 0;
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
        if (best == 0)
            continue;
        const double score = static_cast<double>(best) / most;
        sum += score;
        answer.complete += best == channels * question.length;
        places.push_back({.passage = passage, .begin = at, .score = score});
    }
    if (passages.count() > 0)
        answer.meanScore = sum / static_cast<double>(passages.count());
    const auto named = std::min(places.size(), static_cast<std::size_t>(std::max(0, question.count)));
    std::ranges::partial_sort(
        places, places.begin() + static_cast<std::ptrdiff_t>(named), {}, [&](const AlikePlace &place) {
            return std::tuple(-place.score, -passages.times[static_cast<std::size_t>(place.passage)], place.passage);
        });
    places.resize(named);
    answer.best = std::move(places);
    return answer;
}

} // namespace samout
