#pragma once

#include "core/data/dataset.h"
#include "core/model/config.h"

#include <cstdint>
#include <string>

namespace samout {

/// Everything a training follows from. Two trainings of equal options on one machine give the same bits.
struct TrainingOptions {
    /// Data, its batch size and sequence length. `data.seed` is set from `seed`.
    DataOptions data;

    /// Network; its vocabulary's size comes from the data (or from `init`).
    std::int64_t hiddenSize = 384;
    std::int64_t numHeads = 6;
    std::int64_t numLayers = 6;
    /// A snapshot, a .pth or a run folder whose weights to begin with; empty: new weights from the seed. Its
    /// sizes and vocabulary replace those above.
    std::string init;

    /// Updates to make; 0 is until stopped.
    std::int64_t steps = 10;
    /// Adam (Kingma, Ba 2015) as published: 1e-3, PyTorch's defaults for the rest.
    double learningRate = 1e-3;
    double beta1 = 0.9;
    double beta2 = 0.999;
    double epsilon = 1e-8;
    /// Decoupled weight decay (Loshchilov, Hutter 2019); 0 is off.
    double weightDecay = 0;
    /// The gradient's largest norm; larger ones are scaled down to it. 0 is off.
    double clipNorm = 0;
    /// Steps over which the learning rate rises from 0; 0 is off.
    std::int64_t warmupSteps = 0;
    /// The learning rate falls along half a cosine to 0 at step `steps`.
    bool cosine = false;
    /// Share of the feed-forward output that is dropped in training.
    double dropout = 0.01;

    /// Steps between two measurements of the held-out loss; 0 is never.
    std::int64_t heldOutEvery = 1;
    std::uint64_t seed = 0;
    /// Threads of the CPU; 0 is one a core. The bits depend on it.
    int threads = 0;
    /// "auto", "cpu", "cuda" or "cuda:N".
    std::string device = "auto";
    /// On a GPU: products of bfloat16 numbers, summed in float32; all else stays float32. Faster, less exact.
    bool bfloat16 = false;

    /// What the run keeps of snapshots at most, in megabytes (2^20 bytes): beyond, those between others go. Changes no
    /// number.
    std::int64_t snapshotMegabytes = 1024;

    /// Throws Error naming the first value that cannot be.
    void check() const;
    /// The learning rate of step `step` (from 1 on), warm-up and cosine included.
    double learningRateAt(std::int64_t step) const;
    bool operator==(const TrainingOptions &) const = default;
};

/// The published experiment: learns 100 random sequences by heart in ten steps.
TrainingOptions articlePreset();
/// Small and quick: writes readable sentences within 200 steps.
TrainingOptions classroomPreset();
/// By name, "article" or "classroom". Throws Error on any other.
TrainingOptions presetNamed(const std::string &name);

} // namespace samout
