// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/verification.h"

#include "app/bench/fixed_batch.h"
#include "core/base/error.h"
#include "core/compute/devices.h"
#include "core/compute/fast_network.h"
#include "core/files/safetensors.h"
#include "core/train/trainer.h"

#include <ATen/CPUGeneratorImpl.h>

#include <algorithm>
#include <optional>

namespace samout {

using torch::Tensor;

namespace {

/// A bfloat16 has 8 significant bits.
constexpr double bfloat16Error = 0.05;

struct Shape {
    std::string name;
    std::int64_t batch, time, vocabulary, hidden, layers;
    double dropout;
};

const std::vector<Shape> &shapes()
{
    static const std::vector<Shape> all{{"16 x 64, hidden 96", 16, 64, 40, 96, 4, 0.05},
                                        {"1 x 300, hidden 64", 1, 300, 40, 64, 2, 0},
                                        {"3 x 1, hidden 27", 3, 1, 130, 27, 2, 0},
                                        {"2 x 33, hidden 1", 2, 33, 11, 1, 1, 0}};
    return all;
}

std::shared_ptr<const Dataset> goldenData(const StoredTensor &tokens, std::int64_t vocabulary)
{
    const auto numbers = tokens.integers();
    const auto length = static_cast<std::ptrdiff_t>(tokens.shape.at(1));
    std::vector<std::vector<std::int64_t>> sequences;
    for (auto begin = numbers.begin(); begin != numbers.end(); begin += length)
        sequences.emplace_back(begin, begin + length);
    return std::make_shared<FixedBatch>("golden", sequences, vocabulary);
}

/// The largest relative difference of the ten losses.
Verified goldenLosses(const std::string &device, bool bfloat16, const std::filesystem::path &path)
{
    const TensorFile file = readSafetensors(path);
    const auto number = [&](const char *key) { return std::stoll(file.metadata.at(key)); };
    const ModelConfig config{.vocabSize = number("vocab_size"),
                             .hiddenSize = number("hidden_size"),
                             .numHeads = number("num_heads"),
                             .numLayers = number("num_layers"),
                             .paddingId = number("padding_id")};
    std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
    for (const Parameter &parameter : parameterLayout(config)) {
        const auto values = file.tensors.at("weight." + parameter.name).floats();
        std::copy(values.begin(), values.end(), weights.begin() + parameter.offset);
    }
    TrainingOptions options;
    options.learningRate = std::stod(file.metadata.at("learning_rate"));
    options.dropout = 0;
    options.device = device;
    options.bfloat16 = bfloat16;
    Trainer trainer(options, goldenData(file.tensors.at("tokens"), config.vocabSize),
                    std::make_shared<Snapshot>(config, Vocabulary::ofNumbers(config.vocabSize), 0, weights));
    Verified result{"ten steps of Adam against PyTorch's losses", 0, bfloat16 ? bfloat16Error : 2e-3};
    for (const float expected : file.tensors.at("losses").floats())
        result.error = std::max(result.error, std::abs(trainer.step().loss / static_cast<double>(expected) - 1));
    return result;
}

double relativeError(const Tensor &actual, const Tensor &expected)
{
    const Tensor a = actual.detach().to(torch::kCPU, torch::kFloat64);
    const Tensor e = expected.detach().to(torch::kCPU, torch::kFloat64);
    return ((a - e).norm() / e.norm().clamp_min(1e-12)).item<double>();
}

/// A network of one shape with the same random weights on the device and, in float64, on the CPU.
struct Twins {
    ModelConfig config;
    Tensor exactGradients, gradients;
    std::optional<SamOut> exact, network;
    std::unique_ptr<FastNetwork> fused;
    Tensor tokens, targets, weights;
    Dropout dropout;

    Twins(const Shape &shape, const torch::Device &device, bool bfloat16)
        : config{.vocabSize = shape.vocabulary,
                 .hiddenSize = shape.hidden,
                 .numHeads = 1,
                 .numLayers = shape.layers,
                 .paddingId = Vocabulary::ofNumbers(shape.vocabulary).special().padding},
          dropout{.share = shape.dropout, .seed = 3, .step = 2}
    {
        const Tensor arena = SamOut::initialArena(config, 5);
        exactGradients = torch::zeros(arena.sizes(), torch::kFloat64);
        exact.emplace(config, arena.to(torch::kFloat64), exactGradients);
        gradients = torch::zeros(arena.sizes(), torch::TensorOptions().device(device));
        network.emplace(config, arena.to(device).clone(), gradients);
        if (auto backend = makeBackend(*network, bfloat16))
            fused = std::make_unique<FastNetwork>(*network, std::move(backend));
        auto generator = at::make_generator<at::CPUGeneratorImpl>(7);
        tokens = torch::randint(shape.vocabulary, {shape.batch, shape.time}, generator, torch::kInt64);
        targets = torch::randint(4, shape.vocabulary, {shape.batch, shape.time}, generator, torch::kInt64);
        weights = torch::ones({shape.batch, shape.time});
    }

    double loss()
    {
        if (fused) {
            const double value = fused->loss(tokens, targets, weights, dropout);
            fused->backward();
            return value;
        }
        return byDefinition(*network, gradients);
    }

    double byDefinition(const SamOut &which, Tensor &gradientsOf) const
    {
        gradientsOf.zero_();
        const auto device = which.arena().device();
        const Tensor value = meanLoss(which.forward(tokens.to(device), nullptr, nullptr, &dropout), targets.to(device),
                                      weights.to(device));
        value.backward();
        return value.item<double>();
    }
};

void stepAt(const Shape &shape, const torch::Device &device, bool bfloat16, std::vector<Verified> *result)
{
    Twins twins(shape, device, bfloat16);
    const double expected = twins.byDefinition(*twins.exact, twins.exactGradients);
    const double loss = twins.loss();
    result->push_back({shape.name + ": loss", std::abs(loss / expected - 1), bfloat16 ? bfloat16Error : 1e-5});
    // In float32 a last bit may flip a near tie, which sends a gradient to another position.
    result->push_back({shape.name + ": gradients", relativeError(twins.gradients, twins.exactGradients),
                       bfloat16 ? 10 * bfloat16Error : 5e-3});
    const Tensor once = twins.gradients.clone();
    double differs = 0;
    for (int again = 0; again < 4; ++again) { // includes recorded and repeated work
        twins.loss();
        differs += torch::equal(once, twins.gradients) ? 0 : 1;
    }
    result->push_back({shape.name + ": the same bits every time", differs, 0});
}

Verified tokenByToken(const torch::Device &device, bool bfloat16)
{
    const torch::NoGradGuard noGrad;
    Twins twins(shapes().front(), device, bfloat16);
    const Tensor tokens = twins.tokens.narrow(0, 0, 3).to(device);
    const auto forward = [&](const Tensor &part, Tensor *state) {
        if (twins.fused)
            return twins.fused->forward(part, state);
        return state ? twins.network->forward(part, *state) : twins.network->forward(part);
    };
    Tensor state = twins.network->freshState(3).numbers();
    const Tensor whole = forward(tokens, nullptr);
    std::vector<Tensor> parts;
    for (std::int64_t t = 0; t < tokens.size(1); ++t)
        parts.push_back(forward(tokens.narrow(1, t, 1).contiguous(), &state));
    return {"token by token against the text at once", relativeError(torch::cat(parts, 1), whole),
            bfloat16 ? bfloat16Error : 1e-4};
}

} // namespace

std::vector<Verified> verifyDevice(const std::string &device, bool bfloat16, const std::filesystem::path &golden)
{
    const torch::Device place(findDevice(device).id);
    std::vector<Verified> result{goldenLosses(device, bfloat16, golden)};
    for (const Shape &shape : shapes())
        stepAt(shape, place, bfloat16, &result);
    result.push_back(tokenByToken(place, bfloat16));
    return result;
}

} // namespace samout
