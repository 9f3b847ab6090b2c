// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/generation_bench.h"

#include "app/bench/measurement.h"
#include "core/base/random.h"
#include "core/compute/cpu/processors.h"
#include "core/compute/threads.h"
#include "core/infer/generator.h"
#include "core/model/samout.h"
#include "core/train/options.h"

#include <ATen/Parallel.h>

#include <optional>

namespace samout {
namespace {

SAMOUT_FOR_EACH_PROCESSOR float sumOf(const float *values, std::int64_t count)
{
    float sums[64] = {};
    for (std::int64_t i = 0; i + 64 <= count; i += 64)
#pragma omp simd
        for (int lane = 0; lane < 64; ++lane)
            sums[lane] += values[i + lane];
    float sum = 0;
    for (const float lane : sums)
        sum += lane;
    return sum;
}

std::shared_ptr<const Snapshot> publishedNetwork()
{
    const TrainingOptions article = articlePreset();
    const Vocabulary vocabulary = Vocabulary::ofNumbers(128);
    const ModelConfig config{.vocabSize = vocabulary.size(),
                             .hiddenSize = article.hiddenSize,
                             .numHeads = article.numHeads,
                             .numLayers = article.numLayers,
                             .paddingId = vocabulary.special().padding};
    const torch::Tensor arena = SamOut::initialArena(config, 0);
    const float *begin = arena.const_data_ptr<float>();
    return std::make_shared<Snapshot>(config, vocabulary, 0, std::vector<float>(begin, begin + arena.numel()));
}

} // namespace

struct GenerationBench::Impl {
    std::shared_ptr<const Snapshot> snapshot = publishedNetwork();
    std::optional<Generator> generator, several;
    std::int64_t texts = 0;
    std::vector<float> sums; // by thread
};

GenerationBench::GenerationBench(int threads)
{
    computeOnThreads(threads);
    m_impl = std::make_unique<Impl>();
    m_impl->sums.resize(static_cast<std::size_t>(at::get_num_threads()));
}

GenerationBench::~GenerationBench() = default;

double GenerationBench::prompt(std::int64_t tokens)
{
    std::vector<std::int64_t> prompt;
    RandomStream random(1, Purpose::TrainingData, 0);
    for (std::int64_t i = 0; i < tokens; ++i)
        prompt.push_back(random.below(m_impl->snapshot->config().vocabSize));
    const double begin = now();
    m_impl->generator.emplace(m_impl->snapshot, GenerationOptions{}, prompt);
    return now() - begin;
}

double GenerationBench::token()
{
    const double begin = now();
    m_impl->generator->next();
    return now() - begin;
}

double GenerationBench::tokenOfEach(std::int64_t texts)
{
    if (m_impl->texts != texts)
        m_impl->several.emplace(m_impl->snapshot, GenerationOptions{}, std::vector<std::int64_t>{5}, texts);
    m_impl->texts = texts;
    const double begin = now();
    m_impl->several->nextOfEach();
    return now() - begin;
}

double GenerationBench::readWeights()
{
    const auto weights = m_impl->generator->weights();
    const double begin = now();
    const auto parts = static_cast<std::int64_t>(m_impl->sums.size());
    at::parallel_for(0, parts, 1, [&](std::int64_t first, std::int64_t last) {
        for (auto part = first; part < last; ++part)
            for (const std::span<const float> matrix : weights) {
                const auto size = std::ssize(matrix), from = size * part / parts;
                m_impl->sums[static_cast<std::size_t>(part)] +=
                    sumOf(matrix.data() + from, size * (part + 1) / parts - from);
            }
    });
    return now() - begin;
}

} // namespace samout
