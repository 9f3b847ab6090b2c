// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/training_bench.h"

#include "app/bench/fixed_batch.h"
#include "app/bench/measurement.h"
#include "core/base/random.h"
#include "core/compute/devices.h"
#include "core/compute/threads.h"
#include "core/model/torch.h"
#include "core/train/trainer.h"

#include <torch/cuda.h>

namespace samout {

using torch::Tensor;

namespace {

std::shared_ptr<const Dataset> randomTokens(const BenchShape &shape)
{
    RandomStream random(1, Purpose::TrainingData, 0);
    std::vector<std::vector<std::int64_t>> sequences(static_cast<std::size_t>(shape.batch));
    for (auto &sequence : sequences)
        for (std::int64_t t = 0; t <= shape.time; ++t)
            sequence.push_back(random.below(shape.vocabulary));
    return std::make_shared<FixedBatch>("random tokens", sequences, shape.vocabulary);
}

TrainingOptions optionsOf(const BenchShape &shape, const std::string &device, int threads)
{
    TrainingOptions options = articlePreset();
    options.hiddenSize = shape.hidden;
    options.numHeads = shape.heads;
    options.numLayers = shape.layers;
    options.device = device;
    options.threads = threads;
    return options;
}

} // namespace

std::vector<BenchShape> benchShapes()
{
    return {{.name = "article", .batch = 100, .time = 49, .vocabulary = 128, .hidden = 384, .heads = 6, .layers = 6},
            {.name = "long", .batch = 8, .time = 1024, .vocabulary = 128, .hidden = 384, .heads = 6, .layers = 6},
            {.name = "classroom", .batch = 16, .time = 64, .vocabulary = 128, .hidden = 96, .heads = 6, .layers = 4}};
}

struct TrainingBench::Impl {
    BenchShape shape;
    Trainer trainer;
    torch::Device device;
    // For products(): matrices of the sizes of the activations and the weights.
    Tensor narrow, toNarrow, wide, weights, toWeights, logits, head;

    Impl(const BenchShape &s, const std::string &d, int threads)
        : shape(s), trainer(optionsOf(s, d, threads), randomTokens(s)), device(findDevice(d).id)
    {
    }

    void product(std::int64_t width)
    {
        const Tensor weight = weights.narrow(0, 0, width);
        Tensor out = wide.narrow(0, 0, narrow.size(0) * width).view({narrow.size(0), width});
        Tensor toWeight = toWeights.narrow(0, 0, width);
        at::mm_out(out, narrow, weight.t());
        at::mm_out(toWeight, out.t(), narrow);
        at::mm_out(toNarrow, out, weight);
    }

    void products()
    {
        const auto d = shape.hidden, rows = shape.batch * shape.time;
        if (!narrow.defined()) {
            const auto options = torch::TensorOptions().device(device);
            narrow = torch::rand({rows, d}, options);
            toNarrow = torch::empty({rows, d}, options);
            wide = torch::rand({rows * 3 * d}, options);
            weights = torch::rand({3 * d, d}, options);
            toWeights = torch::empty({3 * d, d}, options);
            logits = torch::empty({rows, shape.vocabulary}, options);
            head = torch::rand({shape.vocabulary, d}, options);
        }
        for (std::int64_t layer = 0; layer < shape.layers; ++layer) {
            if (layer > 0)
                product(3 * d);
            product(2 * d);
            product(d);
        }
        Tensor toHead = toWeights.narrow(0, 0, std::min(shape.vocabulary, 3 * d));
        at::mm_out(logits, narrow, head.t());
        at::mm_out(toHead, logits.t(), narrow);
        at::mm_out(toNarrow, logits, head);
    }

    void wait() const
    {
        if (device.is_cuda())
            torch::cuda::synchronize(device.index());
    }
};

TrainingBench::TrainingBench(const BenchShape &shape, const std::string &device, int threads)
{
    computeOnThreads(threads);
    m_impl = std::make_unique<Impl>(shape, device, threads);
}

TrainingBench::~TrainingBench() = default;

double TrainingBench::step()
{
    const double begin = now();
    m_impl->trainer.step();
    m_impl->wait();
    return now() - begin;
}

double TrainingBench::products()
{
    const torch::NoGradGuard noGrad;
    const double begin = now();
    m_impl->products();
    m_impl->wait();
    return now() - begin;
}

} // namespace samout
