#include "core/infer/generator.h"

#include "core/base/error.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <limits>

namespace samout {

using torch::Tensor;

namespace {

/// A prompt is read in pieces of so many tokens, to bound the memory.
constexpr std::size_t pieceLength = 1024;
constexpr int alternativeCount = 10;

} // namespace

struct Generator::Impl {
    std::shared_ptr<const Snapshot> snapshot;
    GenerationOptions options;
    SamOut network;
    Tensor state; // [layers, 1, hidden]
    std::vector<float> logits;
    std::int64_t position = 0;
    /// Recompute: the newest tokens, at most `context`.
    std::vector<std::int64_t> window;

    Impl(std::shared_ptr<const Snapshot> s, GenerationOptions o, std::span<const std::int64_t> prompt,
         std::span<const float> before)
        : snapshot(std::move(s)), options(o), network(*snapshot), state(network.freshState(1))
    {
        options.sampling.check();
        const auto vocabSize = snapshot->config().vocabSize;
        if (options.memory == Memory::Recompute && options.context < 1)
            throw Error("The context is " + std::to_string(options.context) + " tokens; it should be at least 1.");
        if (options.memory == Memory::ClearAt && (options.clearAt < 0 || options.clearAt >= vocabSize))
            throw Error("The token to clear the state at is " + std::to_string(options.clearAt) +
                        "; it should be one of the vocabulary's, 0 to " + std::to_string(vocabSize - 1) + ".");
        for (const auto token : prompt)
            if (token < 0 || token >= vocabSize)
                throw Error("The prompt has token " + std::to_string(token) + "; the vocabulary has 0 to " +
                            std::to_string(vocabSize - 1) + ".");
        if (!before.empty()) {
            if (static_cast<std::int64_t>(before.size()) != state.numel())
                throw Error("The state has " + std::to_string(before.size()) + " numbers; this network's has " +
                            std::to_string(state.numel()) + ".");
            std::copy(before.begin(), before.end(), state.mutable_data_ptr<float>());
        }
        const std::int64_t begin = Vocabulary::Begin;
        read(prompt.empty() ? std::span(&begin, 1) : prompt);
        position = static_cast<std::int64_t>(prompt.size());
    }

    void read(std::span<const std::int64_t> tokens)
    {
        if (options.memory == Memory::Recompute) {
            window.insert(window.end(), tokens.begin(), tokens.end());
            const auto context = static_cast<std::size_t>(options.context);
            if (window.size() > context)
                window.erase(window.begin(), window.end() - static_cast<std::ptrdiff_t>(context));
            state = network.freshState(1);
            run(window);
            return;
        }
        if (options.memory == Memory::ClearAt) {
            const auto last = std::find(tokens.rbegin(), tokens.rend(), options.clearAt);
            if (last != tokens.rend()) {
                tokens = tokens.last(static_cast<std::size_t>(last - tokens.rbegin()) + 1);
                state = network.freshState(1);
            }
        }
        run(tokens);
    }

    void run(std::span<const std::int64_t> tokens)
    {
        const torch::NoGradGuard noGrad;
        while (!tokens.empty()) {
            const auto piece = tokens.first(std::min(pieceLength, tokens.size()));
            tokens = tokens.subspan(piece.size());
            const Tensor ids = torch::from_blob(const_cast<std::int64_t *>(piece.data()),
                                                {1, static_cast<std::int64_t>(piece.size())}, torch::kInt64);
            const Tensor last = network.forward(ids, &state).select(1, -1).contiguous();
            logits.assign(last.const_data_ptr<float>(), last.const_data_ptr<float>() + last.numel());
        }
    }
};

Generator::Generator(std::shared_ptr<const Snapshot> snapshot, GenerationOptions options,
                     std::span<const std::int64_t> prompt)
    : Generator(std::move(snapshot), options, prompt, {})
{
}

Generator::Generator(std::shared_ptr<const Snapshot> snapshot, GenerationOptions options,
                     std::span<const std::int64_t> prompt, std::span<const float> state)
    : m_impl(withoutTorchErrors([&] { return std::make_unique<Impl>(std::move(snapshot), options, prompt, state); }))
{
}

Generator::~Generator() = default;
Generator::Generator(Generator &&) noexcept = default;

GeneratedToken Generator::next()
{
    GeneratedToken result;
    result.position = m_impl->position;
    result.token = sample(m_impl->logits, m_impl->options.sampling, m_impl->position);
    const auto chances = probabilities(m_impl->logits);
    result.probability = chances[static_cast<std::size_t>(result.token)];
    result.alternatives = likeliest(chances, alternativeCount);
    withoutTorchErrors([&] { m_impl->read(std::span(&result.token, 1)); });
    ++m_impl->position;
    return result;
}

std::span<const float> Generator::logits() const { return m_impl->logits; }

std::vector<float> Generator::state() const
{
    const Tensor state = m_impl->state.contiguous();
    return {state.const_data_ptr<float>(), state.const_data_ptr<float>() + state.numel()};
}

} // namespace samout
