// SPDX-License-Identifier: GPL-3.0-only
#include "core/infer/generator.h"

#include "core/base/error.h"
#include "core/compute/devices.h"
#include "core/compute/fast_network.h"
#include "core/model/intervention_probe.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <optional>

namespace samout {

using torch::Tensor;

namespace {

/// A prompt is read in pieces of this many tokens, to bound the memory.
constexpr std::size_t pieceLength = 1024;
constexpr int alternativeCount = 10;

} // namespace

struct Generator::Impl {
    std::shared_ptr<const Snapshot> snapshot;
    GenerationOptions options;
    std::int64_t position = 0;
    std::size_t texts;
    std::size_t stateSize, vocabSize;
    std::vector<float> fresh;  // [layers, hidden], before any token
    std::vector<float> states; // [texts, layers, hidden]
    std::vector<float> logits; // [texts, vocabulary]
    /// Recompute: the newest tokens of every text, at most `context`.
    std::vector<std::vector<std::int64_t>> windows;

    torch::Device device;
    SamOut network;
    std::optional<FastNetwork> fast; // empty on a GPU without our kernels
    Tensor deviceStates;             // [layers, texts, hidden], if the device is not the CPU
    InterventionProbe probe;

    Impl(std::shared_ptr<const Snapshot> s, GenerationOptions o, std::span<const std::int64_t> prompt,
         std::span<const float> before, std::int64_t textCount)
        : snapshot(changedWeights(s, o.interventions)), options(std::move(o)),
          texts(static_cast<std::size_t>(textCount)), device(findDevice(options.device).id),
          network(snapshot->config(), SamOut(*snapshot).arena().to(device)),
          probe(options.interventions, snapshot->config())
    {
        const ModelConfig &config = snapshot->config();
        check(prompt);
        if (auto backend = makeBackend(network, false))
            fast.emplace(network, std::move(backend));
        const Tensor untouched = network.freshState(1).numbers().cpu().contiguous();
        stateSize = static_cast<std::size_t>(untouched.numel());
        fresh.assign(untouched.const_data_ptr<float>(), untouched.const_data_ptr<float>() + untouched.numel());
        vocabSize = static_cast<std::size_t>(config.vocabSize);
        std::vector<float> state = fresh;
        if (!before.empty()) {
            if (before.size() != stateSize)
                throw Error(Error::WrongValue,
                            Text("The state has {0} numbers; this network's has {1}.", before.size(), stateSize));
            state.assign(before.begin(), before.end());
        }
        const std::int64_t begin = snapshot->vocabulary().start();
        position = static_cast<std::int64_t>(prompt.size());
        readPrompt(prompt.empty() ? std::span(&begin, 1) : prompt, std::move(state));
    }

    void check(std::span<const std::int64_t> prompt) const
    {
        options.sampling.check();
        const auto size = snapshot->config().vocabSize;
        if (texts < 1)
            throw Error(Error::WrongValue, Text("The number of texts is {0}; it should be at least 1.", texts));
        if (options.memory == Memory::Recompute && options.context < 1)
            throw Error(Error::WrongValue,
                        Text("The context is {0} tokens; it should be at least 1.", options.context));
        if (options.memory == Memory::ClearAt && (options.clearAt < 0 || options.clearAt >= size))
            throw Error(Error::WrongValue,
                        Text("The token to clear the state at is {0}; it should be one of the vocabulary's, 0 to {1}.",
                             options.clearAt, size - 1));
        for (const auto token : prompt)
            if (token < 0 || token >= size)
                throw Error(Error::WrongValue,
                            Text("The prompt has token {0}; the vocabulary has 0 to {1}.", token, size - 1));
    }

    /// Reads the prompt once, and copies the resulting state and logits to every text.
    void readPrompt(std::span<const std::int64_t> tokens, std::vector<float> state)
    {
        if (options.memory == Memory::ClearAt) {
            const auto last = std::find(tokens.rbegin(), tokens.rend(), options.clearAt);
            if (last != tokens.rend()) {
                tokens = tokens.last(static_cast<std::size_t>(last - tokens.rbegin()) + 1);
                state = fresh;
            }
        } else if (options.memory == Memory::Recompute) {
            tokens = tokens.last(std::min(tokens.size(), static_cast<std::size_t>(options.context)));
            state = fresh;
            windows.assign(texts, {tokens.begin(), tokens.end()});
        }
        std::vector<float> first(vocabSize);
        readSequence(tokens, position, state, first);
        for (std::size_t i = 0; i < texts; ++i) {
            states.insert(states.end(), state.begin(), state.end());
            logits.insert(logits.end(), first.begin(), first.end());
        }
        if (options.memory == Memory::Recompute)
            return;
        if (!device.is_cpu()) {
            const ModelConfig &config = snapshot->config();
            deviceStates = torch::tensor(state, device)
                               .view({config.numLayers, 1, config.hiddenSize})
                               .expand({-1, static_cast<std::int64_t>(texts), -1})
                               .contiguous();
        }
    }

    /// `end`: the position after the last token. `state`: [layers, hidden], before the tokens; on return after them.
    /// `last`: the logits after the last token.
    void readSequence(std::span<const std::int64_t> tokens, std::int64_t end, std::span<float> state,
                      std::span<float> last)
    {
        const ModelConfig &config = snapshot->config();
        Tensor after = torch::from_blob(state.data(), {config.numLayers, 1, config.hiddenSize}).to(device);
        while (!tokens.empty()) {
            const auto piece = tokens.first(std::min(pieceLength, tokens.size()));
            tokens = tokens.subspan(piece.size());
            const Tensor ids = torch::from_blob(const_cast<std::int64_t *>(piece.data()),
                                                {1, static_cast<std::int64_t>(piece.size())}, torch::kInt64);
            const auto begin = end - static_cast<std::int64_t>(tokens.size() + piece.size());
            const Tensor output = forward(ids, begin, &after).select(1, -1).cpu();
            std::copy_n(output.const_data_ptr<float>(), vocabSize, last.begin());
        }
        after = after.cpu();
        std::copy_n(after.const_data_ptr<float>(), stateSize, state.begin());
    }

    /// Whether an intervention changes one of `count` positions from `begin` on.
    bool isChanged(std::int64_t begin, std::int64_t count) const
    {
        const auto inside = [&](std::int64_t place) { return place >= begin && place < begin + count; };
        return std::ranges::any_of(options.interventions.hidden, inside) ||
               std::ranges::any_of(options.interventions.states, inside, &Interventions::States::position);
    }

    /// `begin`: the position of the first token.
    Tensor forward(const Tensor &tokens, std::int64_t begin, Tensor *state)
    {
        const torch::NoGradGuard noGrad;
        const bool changed = isChanged(begin, tokens.size(1));
        if (fast && !changed)
            return fast->forward(tokens, state);
        probe.beginAt(begin);
        State own = State::ofNumbers(*state, begin);
        Tensor logits = network.forward(tokens.to(device), &own, changed ? &probe : nullptr);
        *state = own.numbers();
        return logits;
    }

    std::span<float> stateOf(std::size_t text) { return std::span(states).subspan(text * stateSize, stateSize); }
    std::span<float> logitsOf(std::size_t text) { return std::span(logits).subspan(text * vocabSize, vocabSize); }

    /// Every text reads its token.
    void read(const std::vector<std::int64_t> &tokens)
    {
        if (options.memory == Memory::Recompute) {
            for (std::size_t i = 0; i < texts; ++i) {
                auto &window = windows[i];
                window.push_back(tokens[i]);
                if (window.size() > static_cast<std::size_t>(options.context))
                    window.erase(window.begin());
                std::ranges::copy(fresh, stateOf(i).begin());
                readSequence(window, position + 1, stateOf(i), logitsOf(i));
            }
            return;
        }
        for (std::size_t i = 0; options.memory == Memory::ClearAt && i < texts; ++i)
            if (tokens[i] == options.clearAt) {
                std::ranges::copy(fresh, stateOf(i).begin());
                if (deviceStates.defined())
                    deviceStates.select(1, static_cast<std::int64_t>(i))
                        .copy_(torch::tensor(fresh).view({-1, deviceStates.size(2)}));
            }
        if (device.is_cpu() && (!fast || isChanged(position, 1))) {
            for (std::size_t i = 0; i < texts; ++i)
                readSequence({&tokens[i], 1}, position + 1, stateOf(i), logitsOf(i));
            return;
        }
        if (device.is_cpu())
            return fast->read(tokens, states, logits);
        const Tensor ids = torch::from_blob(const_cast<std::int64_t *>(tokens.data()),
                                            {static_cast<std::int64_t>(texts), 1}, torch::kInt64);
        const Tensor output = forward(ids, position, &deviceStates).cpu();
        std::copy_n(output.const_data_ptr<float>(), logits.size(), logits.begin());
    }

    GeneratedToken draw(std::size_t text)
    {
        SamplingOptions sampling = options.sampling;
        sampling.seed += text;
        const auto chances = probabilities(logitsOf(text));
        GeneratedToken result;
        result.position = position;
        result.token = sample(logitsOf(text), sampling, position);
        result.probability = chances[static_cast<std::size_t>(result.token)];
        result.alternatives = likeliest(chances, alternativeCount);
        return result;
    }
};

Generator::Generator(std::shared_ptr<const Snapshot> snapshot, GenerationOptions options,
                     std::span<const std::int64_t> prompt, std::int64_t texts)
    : m_impl(withoutTorchErrors([&] {
          return std::make_unique<Impl>(std::move(snapshot), options, prompt, std::span<const float>{}, texts);
      }))
{
}

Generator::Generator(std::shared_ptr<const Snapshot> snapshot, GenerationOptions options,
                     std::span<const std::int64_t> prompt, std::span<const float> state)
    : m_impl(withoutTorchErrors([&] { return std::make_unique<Impl>(std::move(snapshot), options, prompt, state, 1); }))
{
}

Generator::~Generator() = default;
Generator::Generator(Generator &&) noexcept = default;

GeneratedToken Generator::next() { return nextOfEach().front(); }

std::vector<GeneratedToken> Generator::nextOfEach()
{
    std::vector<GeneratedToken> drawn;
    std::vector<std::int64_t> tokens;
    for (std::size_t i = 0; i < m_impl->texts; ++i) {
        drawn.push_back(m_impl->draw(i));
        tokens.push_back(drawn.back().token);
    }
    withoutTorchErrors([&] { m_impl->read(tokens); });
    ++m_impl->position;
    return drawn;
}

std::span<const float> Generator::logits() const { return m_impl->logitsOf(0); }

std::vector<float> Generator::state() const
{
    if (m_impl->deviceStates.defined()) {
        const Tensor state = m_impl->deviceStates.select(1, 0).contiguous().cpu();
        return {state.const_data_ptr<float>(), state.const_data_ptr<float>() + state.numel()};
    }
    const auto state = m_impl->stateOf(0);
    return {state.begin(), state.end()};
}

std::vector<std::span<const float>> Generator::weights() const
{
    return m_impl->fast ? m_impl->fast->weights() : std::vector<std::span<const float>>();
}

} // namespace samout
