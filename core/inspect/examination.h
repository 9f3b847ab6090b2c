// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/base/share_done.h"
#include "core/data/dataset.h"
#include "core/infer/sampling.h"
#include "core/model/interventions.h"
#include "core/model/site.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace samout {

/// The question: which numbers of one forward pass to return. Nothing is computed for an empty list.
struct Question {
    std::shared_ptr<const Snapshot> snapshot = {};
    /// The text, from a fresh state.
    std::vector<std::int64_t> tokens = {};
    std::vector<int> layers = {};
    /// Sites that the network's mixer does not have are left out of the answer.
    std::vector<Site> sites = {};
    /// All sites that the mixer has.
    bool everySite = false;
    /// Also the winners (winner and since of every state) in `layers`, if the mixer crosses time only by a maximum.
    bool winners = false;
    /// Also Examination::shares, for every layer.
    bool shares = false;
    /// Also the head's logits for the output of each of `layers`.
    bool readings = false;
    /// Also the inputs of `layers`.
    bool inputs = false;
    /// The answer always has logits; set this if the question asks for nothing else.
    bool logits = false;
    Interventions interventions = {};
    /// With interventions: also examine without them.
    bool besideTrained = false;
    /// For callers that ask about the same network repeatedly: keeps its packed weights on this thread. Numbers may
    /// differ in their last bits from an examination without this flag.
    bool keepsWeights = false;
    /// The most rows of the answer. A text with more tokens is thinned: only every n-th position is kept. 0: no limit.
    std::int64_t mostRows = 0;
};

/// One site of one layer, [time, hidden] as Grid rows x cols.
struct SiteGrid {
    int layer = 0;
    Site site = Site::State;
    Grid values;
};

/// The winners of one layer's states, [time, hidden].
struct Winners {
    int layer = 0;
    /// The position whose candidate the state holds; on a tie the last, like torch.cummax. -1: an edited state.
    std::vector<std::int32_t> winner;
    /// The first position with that value: since when the state holds it. -1 as above.
    std::vector<std::int32_t> since;
};

/// The input of one layer, x, [time, hidden]: the embedding of the tokens, or the residual of the layer below.
struct LayerInput {
    int layer = 0;
    Grid values;
};

/// The head's logits for one layer's output, [time, vocabulary], as if the network ended there.
struct Reading {
    int layer = 0;
    Grid logits;
};

/// The answer: a pure function of the question.
struct Examination {
    std::shared_ptr<const Snapshot> snapshot;
    /// The tokens of the positions that are kept.
    std::vector<std::int64_t> tokens;
    /// For each kept position the next token of the text, which its logits predict; -1 after the text's last token.
    std::vector<std::int64_t> next;
    /// Row i is position i * every of a text of `length` tokens. If every > 1, the positions in `winners` are row
    /// numbers too: a state taken between two rows counts as held since the second row. The tokens between the rows are
    /// missing (except in `next`).
    std::int64_t every = 1;
    std::int64_t length = 0;
    std::vector<SiteGrid> sites;
    std::vector<Winners> winners;
    std::vector<Reading> readings;
    std::vector<LayerInput> inputs;
    /// The question's interventions.
    Interventions interventions;
    /// The examination without interventions; nullptr if there are none or it was not asked for.
    std::shared_ptr<const Examination> trained;
    /// By layer: |alpha out| / (|alpha out| + |(1 - alpha) x|), the L2 norms over all channels and positions: how much
    /// of the LayerNorm's input is new.
    std::vector<float> shares;
    /// [time, vocabulary]
    Grid logits;

    /// Each find function returns nullptr if the question did not ask for it.
    const Grid *find(int layer, Site site) const;
    const Winners *findWinners(int layer) const;
    const Grid *findReading(int layer) const;
    const Grid *findInput(int layer) const;
};

/// Throws Error if examine() would: on an empty text, unknown tokens or layers, or invalid interventions.
void checkQuestion(const Question &question);

/// Runs the network on the CPU; calls `progress` after every 1,024 tokens with the share that is done, 0 to 1. Returns
/// nullptr if `stop` was requested meanwhile. Throws Error like checkQuestion().
std::shared_ptr<const Examination> examine(const Question &question, std::stop_token stop = {},
                                           const ShareDone &progress = {});

/// Mean loss of the batch's counted targets in nats per token; fills `logits` [count, time, vocabulary] if given.
/// Throws Error if no target counts or a token is not in the vocabulary.
double evaluate(const Snapshot &snapshot, const Batch &batch, std::vector<float> *logits = nullptr);

} // namespace samout
