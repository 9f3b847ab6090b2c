// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/random.h"
#include "core/model/snapshot.h"
#include "core/train/options.h"

#include <memory>
#include <vector>

namespace samout::tiny {

/// A training whose steps take about a millisecond.
inline TrainingOptions training()
{
    TrainingOptions options = classroomPreset();
    options.hiddenSize = 12;
    options.numHeads = 3;
    options.numLayers = 2;
    options.data.batch = 4;
    options.data.sequenceLength = 24;
    options.threads = 1;
    options.device = "cpu";
    return options;
}

/// A training of `steps` steps, in which held-out losses are measured often.
inline TrainingOptions training(std::int64_t steps)
{
    TrainingOptions options = training();
    options.steps = steps;
    options.heldOutEvery = 5;
    return options;
}

/// A network with random weights over the characters of `text`.
inline std::shared_ptr<const Snapshot> snapshot(const std::string &text = "the quick brown fox\n")
{
    Vocabulary vocabulary = Vocabulary::ofText(text);
    ModelConfig config;
    config.vocabSize = vocabulary.size();
    config.hiddenSize = 12;
    config.numHeads = 3;
    config.numLayers = 2;
    std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
    RandomStream random(7, Purpose::InitialWeights, 0);
    for (const Parameter &parameter : parameterLayout(config))
        for (std::int64_t i = 0; i < parameter.count(); ++i)
            weights[static_cast<std::size_t>(parameter.offset + i)] = static_cast<float>(random.uniform() - 0.5);
    return std::make_shared<const Snapshot>(config, std::move(vocabulary), 3, std::move(weights));
}

} // namespace samout::tiny
