// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/data/dataset.h"
#include "core/train/option.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace samout {

/// All settings of a training. Two trainings with equal options on one machine give the same bits. A new option is a
/// member here and a row in the table below.
struct TrainingOptions {
    /// Data, its batch size and sequence length. `data.seed` is set from `seed`.
    DataOptions data;

    /// Network; its vocabulary's size comes from the data (or from `init`).
    std::int64_t hiddenSize = 384;
    std::int64_t numHeads = 6;
    std::int64_t numLayers = 6;
    std::string init;

    std::int64_t steps = 10;
    /// Adam (Kingma, Ba 2015) as published: 1e-3, PyTorch's defaults for the rest.
    double learningRate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    /// Decoupled weight decay (Loshchilov, Hutter 2019).
    double weightDecay = 0;
    double clipNorm = 0;
    std::int64_t warmupSteps = 0;
    bool cosine = false;
    double dropout = 0.01;

    std::int64_t heldOutEvery = 1;
    std::uint64_t seed = 0;
    /// The bits depend on the number of threads.
    int threads = 0;
    std::string device = "auto";
    /// Matrix products of bfloat16 numbers, summed in float32; everything else stays float32.
    bool bfloat16 = false;
    /// In units of 2^20 bytes. Does not change the training's numbers.
    std::int64_t snapshotMegabytes = 1024;

    /// Throws Error naming the first value that is not allowed.
    void check() const;
    /// The learning rate of step `step` (from 1 on), warm-up and cosine included.
    double learningRateAt(std::int64_t step) const;
    bool operator==(const TrainingOptions &) const = default;
};

/// The option table: one row for each option, in display order. The command line's and the window's settings, the
/// settings kept in runs and the comparison of runs are loops over it.
inline constexpr TrainingOption trainingOptions[] = {
    {.name = "init",
     .member = &TrainingOptions::init,
     .group = OptionGroup::Network,
     .title = Pattern<0>("Weights to begin with"),
     .help = Pattern<0>(
         "A model to begin with, a snapshot, a .pth or a run: its weights, sizes and vocabulary. Empty: new weights "
         "from the seed."),
     .unit = "model",
     .inForm = false},
    {.name = "hidden",
     .member = &TrainingOptions::hiddenSize,
     .group = OptionGroup::Network,
     .title = Pattern<0>("Hidden"),
     .help = Pattern<0>(
         "Channels of a layer: all that the network remembers is this many numbers a layer, each the running maximum "
         "of a candidate."),
     .range = atLeast(1),
     .problem = Pattern<1>("The hidden size is {0}; it should be 1 or more."),
     .unit = "channels",
     .replacedByInit = true},
    {.name = "heads",
     .member = &TrainingOptions::numHeads,
     .group = OptionGroup::Network,
     .title = Pattern<0>("Heads"),
     .help = Pattern<0>(
         "Groups of channels to look at side by side; divides hidden. The mathematics is per channel: the number of "
         "heads changes no result."),
     .range = atLeast(1),
     .problem = Pattern<1>("The number of heads is {0}; it should be 1 or more."),
     .replacedByInit = true},
    {.name = "layers",
     .member = &TrainingOptions::numLayers,
     .group = OptionGroup::Network,
     .title = Pattern<0>("Layers"),
     .help = Pattern<0>("Decoder layers, one after the other. The time of a step grows in proportion."),
     .range = atLeast(1),
     .problem = Pattern<1>("The number of layers is {0}; it should be 1 or more."),
     .replacedByInit = true},

    {.name = "data",
     .member = &DataOptions::source,
     .group = OptionGroup::Data,
     .title = Pattern<0>("Data"),
     .help = Pattern<0>("What to learn from: article, a task (`samout tasks` lists them), a .txt or a .jsonl file."),
     .unit = "data",
     .inForm = false},
    {.name = "batch",
     .member = &DataOptions::batch,
     .group = OptionGroup::Data,
     .title = Pattern<0>("Batch"),
     .help = Pattern<0>(
         "Sequences that go through the network in one step; 0 (on the command line `all`) is all of them (article "
         "and .jsonl only)."),
     .range = atLeast(0),
     .problem = Pattern<1>("The batch is {0} sequences; it should be at least 1, or all of them."),
     .unit = "sequences",
     .wordForZero = "all"},
    {.name = "sequence-length",
     .member = &DataOptions::sequenceLength,
     .group = OptionGroup::Data,
     .title = Pattern<0>("Sequence length"),
     .help = Pattern<0>(
         "Most tokens in a sequence. Past this length the network has never been trained, and carried text decays."),
     .range = atLeast(2),
     .problem = Pattern<1>("The sequence length is {0}; it should be at least 2 tokens."),
     .unit = "tokens"},
    {.name = "held-out",
     .member = &DataOptions::heldOut,
     .group = OptionGroup::Data,
     .title = Pattern<0>("Held-out share"),
     .help = Pattern<0>(
         "Share of a file that training never sees, to measure what was understood rather than learnt by heart. "
         "Empty: what suits the data (text 0.1, .jsonl 0)."),
     .range = partOfOne(),
     .problem = Pattern<1>("The held-out share is {0}; it should be at least 0 and below 1."),
     .unit = "share"},
    {.name = "held-out-every",
     .member = &TrainingOptions::heldOutEvery,
     .group = OptionGroup::Data,
     .title = Pattern<0>("Measured every"),
     .help = Pattern<0>(
         "Steps between two measurements of the held-out loss; 0 is never. Each costs about the time of a step's "
         "forward pass."),
     .range = atLeast(0),
     .problem = Pattern<1>("Held-out loss every {0} steps cannot be; it should be 0 (never) or above."),
     .unit = "steps"},
    {.name = "seed",
     .member = &TrainingOptions::seed,
     .group = OptionGroup::Data,
     .title = Pattern<0>("Seed"),
     .help = Pattern<0>(
         "Where all randomness comes from: weights, data, dropout. The same seed gives the same training, bit for "
         "bit."),
     .problem = Pattern<1>("The seed is {0}; it should be a whole number from 0 on.")},

    {.name = "learning-rate",
     .member = &TrainingOptions::learningRate,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Learning rate"),
     .help = Pattern<0>(
         "How far Adam moves every weight in a step, about. Too large and the loss jumps or turns NaN; too small and "
         "nothing happens."),
     .range = above(0),
     .problem = Pattern<1>("The learning rate is {0}; it should be above 0, as 0.001.")},
    {.name = "clip",
     .member = &TrainingOptions::clipNorm,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Gradient clipping"),
     .help = Pattern<0>("The largest norm of the whole gradient; a larger one is scaled down to it. 0 is off."),
     .range = atLeast(0),
     .problem = Pattern<1>("The clipping norm is {0}; it should be 0 (off) or above."),
     .unit = "norm"},
    {.name = "warmup",
     .member = &TrainingOptions::warmupSteps,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Warm-up steps"),
     .help = Pattern<0>("Steps over which the learning rate rises from 0; 0 is off."),
     .range = atLeast(0),
     .problem = Pattern<1>("The warm-up is {0} steps; it should be 0 (off) or above."),
     .unit = "steps"},
    {.name = "cosine",
     .member = &TrainingOptions::cosine,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Cosine decay"),
     .help = Pattern<0>("The learning rate falls along half a cosine to 0 at the last step.")},
    {.name = "weight-decay",
     .member = &TrainingOptions::weightDecay,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Weight decay"),
     .help = Pattern<0>(
         "Share of every weight that is taken away at a step, times the learning rate (decoupled, as in AdamW). 0 is "
         "off."),
     .range = atLeast(0),
     .problem = Pattern<1>("The weight decay is {0}; it should be 0 (off) or above.")},
    {.name = "dropout",
     .member = &TrainingOptions::dropout,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Dropout"),
     .help = Pattern<0>(
         "Share of the feed-forward output that is dropped at random in training, against learning by heart."),
     .range = partOfOne(),
     .problem = Pattern<1>("The dropout is {0}; it should be at least 0 and below 1."),
     .unit = "share"},
    {.name = "beta1",
     .member = &TrainingOptions::beta1,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Beta 1"),
     .help = Pattern<0>("Adam's memory of past gradients: the nearer to 1, the longer a gradient counts."),
     .range = partOfOne(),
     .problem = Pattern<1>("Adam's beta 1 is {0}; it should be at least 0 and below 1.")},
    {.name = "beta2",
     .member = &TrainingOptions::beta2,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Beta 2"),
     .help = Pattern<0>("Adam's memory of past squared gradients: the nearer to 1, the longer one counts."),
     .range = partOfOne(),
     .problem = Pattern<1>("Adam's beta 2 is {0}; it should be at least 0 and below 1.")},
    {.name = "epsilon",
     .member = &TrainingOptions::epsilon,
     .group = OptionGroup::Optimiser,
     .title = Pattern<0>("Epsilon"),
     .help = Pattern<0>("What Adam adds to the root of the squared gradients, so that it never divides by 0."),
     .range = above(0),
     .problem = Pattern<1>("Adam's epsilon is {0}; it should be above 0, as 1e-8.")},

    {.name = "steps",
     .member = &TrainingOptions::steps,
     .group = OptionGroup::Run,
     .title = Pattern<0>("Steps"),
     .help = Pattern<0>("Updates to make in all; 0 trains until it is stopped."),
     .range = atLeast(0),
     .problem = Pattern<1>("The number of steps is {0}; it should be at least 1, or 0 to train until stopped.")},
    {.name = "device",
     .member = &TrainingOptions::device,
     .group = OptionGroup::Run,
     .title = Pattern<0>("Device"),
     .help = Pattern<0>("Where to compute: auto (a GPU if there is one), cpu, cuda or cuda:N."),
     .unit = "device",
     .inForm = false},
    {.name = "threads",
     .member = &TrainingOptions::threads,
     .group = OptionGroup::Run,
     .title = Pattern<0>("Threads"),
     .help = Pattern<0>("Threads of the processor; 0 is one a core. Another number gives other last bits."),
     .range = between(0, 1024),
     .problem = Pattern<1>("The number of threads is {0}; it should be from 1 to 1024, or 0 for one a core.")},
    {.name = "snapshot-megabytes",
     .member = &TrainingOptions::snapshotMegabytes,
     .group = OptionGroup::Run,
     .title = Pattern<0>("Snapshots (MB)"),
     .help = Pattern<0>(
         "What the run keeps at most, of the weights at its steps; then those between others go, but never a starred "
         "one, the first or the last."),
     .range = between(0, 1e9),
     .problem =
         Pattern<1>("The megabytes for snapshots are {0}; they should be at least 0 (the first and the last alone)."),
     .unit = "MB"},
    {.name = "bfloat16",
     .member = &TrainingOptions::bfloat16,
     .group = OptionGroup::Run,
     .title = Pattern<0>("Products in bfloat16"),
     .help = Pattern<0>("On a GPU: faster and less exact. The state and all else stay float32.")},
};

/// The published experiment: learns 100 random sequences by heart in ten steps.
TrainingOptions articlePreset();
/// Small and quick: writes readable sentences within 200 steps.
TrainingOptions classroomPreset();
/// The preset of a name, "article" or "classroom". Throws Error for any other name.
TrainingOptions presetNamed(const std::string &name);

} // namespace samout
