// SPDX-License-Identifier: GPL-3.0-only
#include "core/train/options.h"

#include "core/base/error.h"
#include "core/model/config.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace samout {
void TrainingOptions::check() const
{
    if (data.source.empty())
        throw Error(Error::WrongValue,
                    Text("No data was chosen: it should be \"article\", a task, or a .txt or .jsonl file."));
    for (const TrainingOption &option : trainingOptions)
        if (init.empty() || !option.replacedByInit)
            option.check(*this);
    if (init.empty())
        ModelConfig{.vocabSize = 4, .hiddenSize = hiddenSize, .numHeads = numHeads, .numLayers = numLayers}.check();
    if (cosine && steps == 0)
        throw Error(Error::WrongValue,
                    Text("The cosine schedule needs a number of steps to fall to 0 at; 0 steps has no end."));
}

double TrainingOptions::learningRateAt(std::int64_t step) const
{
    double rate = learningRate;
    if (warmupSteps > 0 && step <= warmupSteps)
        rate *= static_cast<double>(step) / static_cast<double>(warmupSteps);
    else if (cosine && steps > warmupSteps) {
        const double done = static_cast<double>(step - warmupSteps) / static_cast<double>(steps - warmupSteps);
        rate *= 0.5 * (1 + std::cos(std::numbers::pi * std::min(done, 1.0)));
    }
    return rate;
}

TrainingOptions articlePreset() { return {}; }

TrainingOptions classroomPreset()
{
    TrainingOptions options;
    options.data.source = "sentences";
    options.data.batch = 16;
    options.data.sequenceLength = 64;
    options.hiddenSize = 96;
    options.numHeads = 6;
    options.numLayers = 4;
    options.steps = 2000;
    options.learningRate = 3e-3;
    options.heldOutEvery = 25;
    return options;
}

TrainingOptions presetNamed(const std::string &name)
{
    if (name == "article")
        return articlePreset();
    if (name == "classroom")
        return classroomPreset();
    throw Error(Error::WrongValue, Text("There is no preset \"{0}\"; there are article and classroom.", name));
}

} // namespace samout
