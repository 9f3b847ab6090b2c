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

/// What to look at: the numbers of one forward pass. Empty lists are not computed.
struct Question {
    std::shared_ptr<const Snapshot> snapshot = {};
    /// The text, from a fresh state.
    std::vector<std::int64_t> tokens = {};
    std::vector<int> layers = {};
    /// Those that the network's mixer does not have are not in the answer.
    std::vector<Site> sites = {};
    /// All sites that it has.
    bool everySite = false;
    /// Also who holds every state (winner and since) in the layers asked for, if the mixer crosses time by a maximum
    /// alone.
    bool winners = false;
    /// Also the share of the new, of every layer.
    bool shares = false;
    /// Also what the head says of the output of the layers asked for.
    bool readings = false;
    /// Also what enters the layers asked for.
    bool inputs = false;
    /// Logits are always there; a question that wants nothing else says so.
    bool logits = false;
    Interventions interventions = {};
    /// With interventions: also the same without them.
    bool besideTrained = false;
    /// For one who asks about the same network again and again: its weights are kept on this thread as products read
    /// them best. Numbers may differ in their last bits from those of a question that does not.
    bool keepsWeights = false;
    /// A text of more tokens is kept thinned: every n-th position, so that the answer has at most so many rows, however
    /// long the text is. 0: all are kept.
    std::int64_t mostRows = 0;
};

/// One site of one layer, [time, hidden] as Grid rows x cols.
struct SiteGrid {
    int layer = 0;
    Site site = Site::State;
    Grid values;
};

/// Who holds the states of one layer, [time, hidden].
struct Winners {
    int layer = 0;
    /// The position whose candidate the state holds; on a tie the last, as torch.cummax has it. -1: an edited state.
    std::vector<std::int32_t> winner;
    /// The first position with that value: since when it is held. -1 as above.
    std::vector<std::int32_t> since;
};

/// What enters one layer, x, [time, hidden]: the embedding of the tokens, or the residual of the layer below.
struct LayerInput {
    int layer = 0;
    Grid values;
};

/// What the head says of one layer's output, [time, vocabulary]: logits as if the network ended there.
struct Reading {
    int layer = 0;
    Grid logits;
};

/// The answer: a pure function of the question.
struct Examination {
    std::shared_ptr<const Snapshot> snapshot;
    /// Of the positions that are kept.
    std::vector<std::int64_t> tokens;
    /// Of each of them the token after it in the text, which its logits are about; -1 after the text's last.
    std::vector<std::int64_t> next;
    /// Row i is position i * every of a text of `length` tokens. Where every > 1, all rows and the positions in
    /// `winners` are such rows: a state that is held since between two of them is held since the second; the tokens
    /// between are not there (but for `next`).
    std::int64_t every = 1;
    std::int64_t length = 0;
    std::vector<SiteGrid> sites;
    std::vector<Winners> winners;
    std::vector<Reading> readings;
    std::vector<LayerInput> inputs;
    /// What was changed; empty where nothing was.
    Interventions interventions;
    /// The same without interventions; nullptr where there are none or it was not asked for.
    std::shared_ptr<const Examination> trained;
    /// By layer: |alpha out| / (|alpha out| + |(1 - alpha) x|), the L2 norms over all channels and positions:
    /// how much of what enters the LayerNorm is new.
    std::vector<float> shares;
    /// [time, vocabulary]
    Grid logits;

    /// nullptr where it was not asked for.
    const Grid *find(int layer, Site site) const;
    const Winners *findWinners(int layer) const;
    const Grid *findReading(int layer) const;
    const Grid *findInput(int layer) const;
};

/// Throws Error where examine() would: on an empty text, tokens or layers that are not there, or interventions that
/// cannot be.
void checkQuestion(const Question &question);

/// Runs the network on the CPU; `progress` is called after every 1,024 tokens with the share that is done, 0 to 1.
/// Returns nullptr where `stop` was requested meanwhile. Throws Error as checkQuestion().
std::shared_ptr<const Examination> examine(const Question &question, std::stop_token stop = {},
                                           const ShareDone &progress = {});

/// Mean loss of the batch's counted targets in nats a token, and its logits [count, time, vocabulary] where
/// `logits` is given. Throws Error where no target counts or a token is not in the vocabulary.
double evaluate(const Snapshot &snapshot, const Batch &batch, std::vector<float> *logits = nullptr);

} // namespace samout
