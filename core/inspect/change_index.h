// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/data/dataset.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace samout {

/// Distinct sequences of the data.
struct Passages {
    /// All tokens, one passage after the other; passage i is [begins[i], begins[i + 1]).
    std::vector<std::int32_t> tokens;
    std::vector<std::int64_t> begins = {0};
    /// How often each passage occurred in the data that was read.
    std::vector<std::int64_t> times;

    std::int64_t count() const { return static_cast<std::int64_t>(times.size()); }
    std::span<const std::int32_t> at(std::int64_t passage) const;
    void add(std::span<const std::int64_t> passage);
};

/// Reads the training data from its first step on, in training order, until the passages hold `tokens` tokens or eight
/// times as many tokens were read. Passages have the trained length at most and end with their last target that counts.
/// If `stop` is requested, returns the passages read by then.
Passages readPassages(const Dataset &data, std::int64_t tokens, const ShareDone &progress = {},
                      std::stop_token stop = {});

/// Where the states of a network change in a lot of text: one bit for each channel and token (1,000,000 tokens of
/// 4 layers of 96 channels are 48 MB). A channel changes where its state is strictly greater than the one before, where
/// it becomes NaN, and at the first token of a passage.
class ChangeIndex {
public:
    /// Reads every passage from a fresh state. Returns nullptr if `stop` was requested meanwhile. Throws Error if a
    /// token is not in the network's vocabulary.
    static std::shared_ptr<const ChangeIndex> make(std::shared_ptr<const Snapshot> snapshot, Passages passages,
                                                   const ShareDone &progress = {}, std::stop_token stop = {});

    const std::shared_ptr<const Snapshot> &snapshot() const { return m_snapshot; }
    const Passages &passages() const { return m_passages; }
    /// `place`: an index into Passages::tokens. Not checked.
    bool changed(std::int64_t place, int layer, int channel) const;

    /// The bits of a place: bit layer * hidden + channel, 64 per word.
    const std::uint64_t *row(std::int64_t place) const { return m_bits.data() + place * m_words; }
    std::int64_t wordsInRow() const { return m_words; }
    std::int64_t bytes() const { return static_cast<std::int64_t>(m_bits.size() * sizeof(std::uint64_t)); }

private:
    ChangeIndex() = default;

    std::shared_ptr<const Snapshot> m_snapshot;
    Passages m_passages;
    std::int64_t m_words = 0;
    std::vector<std::uint64_t> m_bits;
};

} // namespace samout
