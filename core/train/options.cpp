#include "core/train/options.h"

#include "core/base/error.h"

#include <cmath>
#include <numbers>

namespace samout {
namespace {

void require(bool holds, const std::string &sentence)
{
    if (!holds)
        throw Error(sentence);
}

std::string number(double value)
{
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

} // namespace

void TrainingOptions::check() const
{
    require(!data.source.empty(), "No data was chosen: it should be \"article\", a task, or a .txt or .jsonl file.");
    require(data.batch >= 0,
            "The batch is " + std::to_string(data.batch) + " sequences; it should be at least 1, or 0 for all.");
    require(data.sequenceLength >= 2,
            "The sequence length is " + std::to_string(data.sequenceLength) + "; it should be at least 2 tokens.");
    require(!data.heldOut || (*data.heldOut >= 0 && *data.heldOut < 1),
            "The held-out share is " + number(data.heldOut.value_or(0)) + "; it should be at least 0 and below 1.");
    if (init.empty())
        ModelConfig{.vocabSize = 4, .hiddenSize = hiddenSize, .numHeads = numHeads, .numLayers = numLayers}.check();
    require(steps >= 0, "The number of steps is " + std::to_string(steps) +
                            "; it should be at least 1, or 0 to train until stopped.");
    require(std::isfinite(learningRate) && learningRate > 0,
            "The learning rate is " + number(learningRate) + "; it should be above 0, as 0.001.");
    require(beta1 >= 0 && beta1 < 1, "Adam's beta 1 is " + number(beta1) + "; it should be at least 0 and below 1.");
    require(beta2 >= 0 && beta2 < 1, "Adam's beta 2 is " + number(beta2) + "; it should be at least 0 and below 1.");
    require(std::isfinite(epsilon) && epsilon > 0,
            "Adam's epsilon is " + number(epsilon) + "; it should be above 0, as 1e-8.");
    require(std::isfinite(weightDecay) && weightDecay >= 0,
            "The weight decay is " + number(weightDecay) + "; it should be 0 (off) or above.");
    require(std::isfinite(clipNorm) && clipNorm >= 0,
            "The clipping norm is " + number(clipNorm) + "; it should be 0 (off) or above.");
    require(warmupSteps >= 0,
            "The warm-up is " + std::to_string(warmupSteps) + " steps; it should be 0 (off) or above.");
    require(!cosine || steps > 0, "The cosine schedule needs a number of steps to fall to 0 at; 0 steps has no end.");
    require(dropout >= 0 && dropout < 1,
            "The dropout is " + number(dropout) + "; it should be at least 0 and below 1.");
    require(heldOutEvery >= 0, "Held-out loss every " + std::to_string(heldOutEvery) +
                                   " steps cannot be; it should be 0 (never) or above.");
    require(snapshotMegabytes >= 0 && snapshotMegabytes <= 1'000'000'000,
            "The megabytes for snapshots are " + std::to_string(snapshotMegabytes) +
                "; they should be at least 0 (the first and the last alone).");
    require(threads >= 0 && threads <= 1024, "The number of threads is " + std::to_string(threads) +
                                                 "; it should be from 1 to 1024, or 0 for one a core.");
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
    throw Error("There is no preset \"" + name + "\"; there are article and classroom.");
}

} // namespace samout
