// SPDX-License-Identifier: GPL-3.0-only
#include "core/train/trainer.h"

#include "core/base/overloaded.h"
#include "core/base/random.h"
#include "core/compute/devices.h"
#include "core/compute/fast_network.h"
#include "core/model/evaluation.h"
#include "core/model/mixer.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace samout {
namespace {

using torch::Tensor;

std::vector<float> onHost(const Tensor &arena)
{
    const torch::NoGradGuard noGrad;
    const Tensor host = arena.to(torch::kCPU, torch::kFloat32).contiguous();
    const float *begin = host.const_data_ptr<float>();
    return {begin, begin + host.numel()};
}

/// A place in the network, in words, and its layer; -1 if it is in no layer.
struct Place {
    Text text;
    int layer = -1;
};

/// Finds the first place of a forward pass where a number is not finite.
class FiniteProbe : public Probe {
public:
    void enter(int layer, const Tensor &x) override
    {
        if (layer == 0)
            note({Text("in the embedding")}, x);
    }
    Tensor at(int layer, Site site, const Tensor &x) override
    {
        note({Text("in layer {0}, in {1}", layer, site.name()), layer}, x);
        return x;
    }
    void note(const Place &place, const Tensor &x)
    {
        if (!m_place && !torch::isfinite(x).all().item<bool>())
            m_place = place;
    }
    const std::optional<Place> &place() const { return m_place; }

private:
    std::optional<Place> m_place;
};

/// Counts, layer by layer, where the states of a forward pass change.
class ChangeProbe : public Probe {
public:
    /// `counts`: [batch, time - 1], 1 where the token after the first counts.
    explicit ChangeProbe(Tensor counts) : m_counts(std::move(counts)) {}
    Tensor at(int, Site site, const Tensor &x) override
    {
        if (site == Site::State) {
            const auto length = x.size(1);
            const Tensor changed = x.slice(1, 1, length) > x.slice(1, 0, length - 1); // [batch, time - 1, hidden]
            m_changes.push_back((changed.to(torch::kFloat32).mean(-1) * m_counts).sum());
        }
        return x;
    }
    /// By layer: how many of a channel's states changed.
    Tensor changes() const { return torch::stack(m_changes).to(torch::kCPU, torch::kFloat64); }

private:
    Tensor m_counts;
    std::vector<Tensor> m_changes;
};

} // namespace

struct Trainer::Impl {
    TrainingOptions options;
    ModelConfig config;
    Vocabulary vocabulary;
    std::shared_ptr<const Dataset> data;
    torch::Device device;
    std::int64_t stepsDone = 0;
    std::vector<std::int64_t> layerBorders; // where each layer begins in the arena, and where the last one ends
    Tensor weights, gradients, firstMoment, secondMoment, adamStep;
    FixedParts fixed;
    std::vector<Stretch> fixedStretches;
    std::optional<SamOut> network;
    /// Computes the steps. Empty on a GPU without our kernels: then autograd computes them.
    mutable std::optional<FastNetwork> fused;

    Impl(const TrainingOptions &o, std::shared_ptr<const Dataset> d, const std::shared_ptr<const Snapshot> &init)
        : options(o), data(std::move(d)), device(findDevice(o.device).id)
    {
        options.check();
        vocabulary = init ? init->vocabulary() : data->vocabulary();
        config = init ? init->config()
                      : ModelConfig{.vocabSize = vocabulary.size(),
                                    .hiddenSize = options.hiddenSize,
                                    .numHeads = options.numHeads,
                                    .numLayers = options.numLayers,
                                    .paddingId = vocabulary.special().padding};
        config.check();
        if (init) {
            options.hiddenSize = config.hiddenSize;
            options.numHeads = config.numHeads;
            options.numLayers = config.numLayers;
            if (vocabulary.isNumbers() && data->vocabulary().size() == vocabulary.size() &&
                data->vocabulary().special().padding == config.paddingId)
                vocabulary = data->vocabulary();
            if (!data->vocabulary().isNumbers() && !vocabulary.isNumbers() && data->vocabulary() != vocabulary)
                throw Error(Error::WrongValue, Text("The data \"{0}\" has other characters than the model to begin "
                                                    "with; it should be data of the same vocabulary.",
                                                    data->name()));
        }
        for (const Parameter &parameter : parameterLayout(config)) {
            const auto layer = static_cast<std::int64_t>(layerBorders.size());
            if (parameter.name.starts_with(layerPrefix(layer)))
                layerBorders.push_back(parameter.offset);
            if (parameter.name == config.mixer->facts().headWeight)
                layerBorders.push_back(parameter.offset);
        }
        const torch::NoGradGuard noGrad;
        Tensor start = init ? torch::from_blob(const_cast<float *>(init->weights().data()),
                                               static_cast<std::int64_t>(init->weights().size()), torch::kFloat32)
                                  .clone()
                            : SamOut::initialArena(config, options.seed);
        weights = start.to(device);
        gradients = torch::zeros_like(weights);
        firstMoment = torch::zeros_like(weights);
        secondMoment = torch::zeros_like(weights);
        adamStep = torch::zeros({}, torch::TensorOptions().device(device));
        network.emplace(config, weights, gradients);
        if (auto backend = makeBackend(*network, options.bfloat16))
            fused.emplace(*network, std::move(backend));
        if (options.bfloat16 && (device.is_cpu() || !fused))
            throw Error(Error::Unsupported, Text("bfloat16 was asked for; it works on a GPU with SamOut's own kernels "
                                                 "only. Without it the training computes in float32."));
        checkTokens(data->heldOut(), config.vocabSize, Text("The data \"{0}\"", data->name()));
    }

    Dropout dropout() const { return {.share = options.dropout, .seed = options.seed, .step = stepsDone + 1}; }

    /// The layer that a parameter belongs to; -1 if it belongs to no layer.
    int layerOf(const std::string &parameter) const
    {
        for (int layer = 0; layer < static_cast<int>(config.numLayers); ++layer)
            if (parameter.starts_with(layerPrefix(layer)))
                return layer;
        return -1;
    }

    /// The place where the next step's batch first gives a number that is not finite.
    Place firstNotFinite(const Batch &batch) const
    {
        FiniteProbe probe;
        const Dropout mask = dropout();
        const Tensor logits = network->forward(tokenTensor(batch.inputs, batch, device), nullptr, &probe, &mask);
        probe.note({Text("in the head")}, logits);
        probe.note({Text("in the loss")},
                   meanLoss(logits, tokenTensor(batch.targets, batch, device), weightTensor(batch, device)));
        if (probe.place())
            return *probe.place();
        // The forward pass is finite, so the number arose in the backward pass, which begins at the head.
        for (auto it = network->parameters().rbegin(); it != network->parameters().rend(); ++it)
            if (!torch::isfinite(it->second.grad()).all().item<bool>())
                return {Text("in the gradient of {0}", it->first), layerOf(it->first)};
        return {Text("in the norm of the gradient, which is too large for a float")};
    }

    [[noreturn]] void throwNotFinite(const Text &what, StepMetrics attempt, const Batch &batch) const
    {
        attempt.again = true;
        attempt.alphas = alphas();
        Place place;
        try {
            place = firstNotFinite(batch);
        } catch (const c10::Error &error) { // the definition needs more memory than the step
            if (!isOutOfMemory(error))
                throw;
        }
        const Text weights("The weights are those after step {0}; a lower learning rate or clipping may help.",
                           stepsDone);
        throw NotFinite(place.text.empty() ? Text("Step {0} was not made: {1}. {2}", attempt.step, what, weights)
                                           : Text("Step {0} was not made: {1}. It appears first {2}. {3}", attempt.step,
                                                  what, place.text, weights),
                        attempt, place.layer);
    }

    std::vector<float> alphas() const
    {
        std::vector<float> result;
        std::vector<Tensor> all;
        for (const LayerWeights &layer : network->layers())
            all.push_back(layer.alpha.detach());
        const Tensor host = torch::stack(all).to(torch::kCPU); // waits for a GPU once instead of once per layer
        result.assign(host.const_data_ptr<float>(), host.const_data_ptr<float>() + host.numel());
        return result;
    }

    /// Takes the gradient norms of each layer and of the whole network. Each layer is one stretch of the arena; the
    /// parameters outside the layers lie before and after them.
    void takeNorms(StepMetrics &metrics) const
    {
        std::vector<Tensor> stretches;
        for (std::size_t i = 0; i + 1 < layerBorders.size(); ++i)
            stretches.push_back(gradients.slice(0, layerBorders[i], layerBorders[i + 1]).norm());
        stretches.push_back(gradients.slice(0, 0, layerBorders.front()).norm());
        stretches.push_back(gradients.slice(0, layerBorders.back()).norm());
        const Tensor host = torch::stack(stretches).to(torch::kCPU, torch::kFloat64);
        metrics.gradientNorm = host.norm().item<double>();
        const double *norms = host.const_data_ptr<double>();
        metrics.layerGradientNorms.assign(norms, norms + layerBorders.size() - 1);
    }

    void fix(const FixedParts &parts)
    {
        fixed = parts;
        fixedStretches = stretchesOf(parts, config);
    }

    /// The weights and moments of the fixed parts: an update moves them even if the gradient is 0.
    std::vector<Tensor> fixedNumbers() const
    {
        std::vector<Tensor> numbers;
        for (const Stretch &stretch : fixedStretches)
            for (const Tensor &arena : {weights, firstMoment, secondMoment})
                numbers.push_back(arena.slice(0, stretch.begin, stretch.end).clone());
        return numbers;
    }

    void putBack(const std::vector<Tensor> &numbers)
    {
        std::size_t next = 0;
        for (const Stretch &stretch : fixedStretches)
            for (const Tensor &arena : {weights, firstMoment, secondMoment})
                arena.slice(0, stretch.begin, stretch.end).copy_(numbers[next++]);
    }

    /// Sets a head's weights to 0, or to random numbers like those of a new network.
    void renewHead(int layer, int head, bool random)
    {
        const torch::NoGradGuard noGrad;
        const double bound = 1 / std::sqrt(static_cast<double>(config.hiddenSize));
        for (const Stretch &rows : headStretches(config, layer, head)) {
            for (const Tensor &arena : {weights, firstMoment, secondMoment})
                arena.slice(0, rows.begin, rows.end).zero_();
            if (!random)
                continue;
            std::vector<float> fresh;
            for (std::int64_t i = rows.begin; i < rows.end; ++i) {
                const std::uint64_t bits =
                    randomBits(options.seed, Purpose::NewHead, static_cast<std::uint64_t>(stepsDone),
                               static_cast<std::uint64_t>(i));
                fresh.push_back(static_cast<float>((2 * uniformOf(bits) - 1) * bound));
            }
            weights.slice(0, rows.begin, rows.end).copy_(torch::tensor(fresh));
        }
    }

    void setAlpha(int layer, double alpha)
    {
        const torch::NoGradGuard noGrad;
        const Stretch place = alphaStretch(config, layer);
        weights.slice(0, place.begin, place.end).fill_(static_cast<float>(alpha));
    }

    StepMetrics step()
    {
        const Batch batch = data->trainingBatch(stepsDone + 1);
        checkTokens(batch, config.vocabSize, Text("The data \"{0}\"", data->name()));
        StepMetrics metrics;
        metrics.step = stepsDone + 1;
        metrics.tokens = batch.countedTargets();
        if (metrics.tokens == 0)
            throw Error(Error::WrongValue,
                        Text("The data \"{0}\" has no target that counts: all are the padding token.", data->name()));
        // The fused network takes its own copies to the device.
        const torch::Device place = fused ? torch::Device(torch::kCPU) : device;
        const Tensor inputs = tokenTensor(batch.inputs, batch, place);
        const Tensor targets = tokenTensor(batch.targets, batch, place);
        const Tensor weightsOfTargets = weightTensor(batch, place);

        const Dropout mask = dropout();
        Tensor loss;
        if (fused) {
            metrics.loss = fused->loss(inputs, targets, weightsOfTargets, mask);
        } else {
            gradients.zero_();
            loss = meanLoss(network->forward(inputs, nullptr, nullptr, &mask), targets, weightsOfTargets);
            metrics.loss = loss.item<double>();
        }
        metrics.learningRate = options.learningRateAt(metrics.step);
        if (!metrics.made())
            throwNotFinite(std::isnan(metrics.loss) ? Text("its loss is not a number (NaN)")
                                                    : Text("its loss is infinite"),
                           metrics, batch);
        if (fused)
            fused->backward();
        else
            loss.backward();

        const torch::NoGradGuard noGrad;
        takeNorms(metrics);
        if (!std::isfinite(metrics.gradientNorm))
            throwNotFinite(Text("its gradient is not finite"), metrics, batch);
        if (options.clipNorm > 0 && metrics.gradientNorm > options.clipNorm)
            gradients.mul_(options.clipNorm / metrics.gradientNorm);
        const std::vector<Tensor> kept = fixedNumbers();
        adamStep += 1;
        at::_fused_adamw_({weights}, {gradients}, {firstMoment}, {secondMoment}, {}, {adamStep}, metrics.learningRate,
                          options.beta1, options.beta2, options.weightDecay, options.epsilon, false, false);
        putBack(kept);
        if (fused)
            fused->weightsChanged();
        ++stepsDone;
        metrics.alphas = alphas();
        return metrics;
    }
};

Trainer::Trainer(const TrainingOptions &options, std::shared_ptr<const Dataset> data,
                 std::shared_ptr<const Snapshot> init)
    : m_impl(std::make_unique<Impl>(options, std::move(data), init))
{
}

Trainer::~Trainer() = default;

StepMetrics Trainer::step()
{
    try {
        return m_impl->step();
    } catch (const c10::Error &error) {
        if (!isOutOfMemory(error))
            throw;
        throw Error(Error::OutOfMemory, Text("There is not enough memory on {0} for step {1}, which was not made; a "
                                             "smaller batch or shorter sequences need less.",
                                             m_impl->device.str(), m_impl->stepsDone + 1));
    }
}

StepMetrics Trainer::passOver(const NotFinite &error)
{
    const torch::NoGradGuard noGrad;
    StepMetrics metrics = error.attempt();
    metrics.again = false;
    if (!metrics.made()) { // there was no backward pass
        metrics.gradientNorm = std::numeric_limits<double>::quiet_NaN();
        metrics.layerGradientNorms.assign(m_impl->layerBorders.size() - 1, std::numeric_limits<float>::quiet_NaN());
    }
    ++m_impl->stepsDone;
    m_impl->adamStep += 1; // a checkpoint stores only the step, not adamStep
    return metrics;
}

StepMetrics Trainer::stepAgain(bool passedOver)
{
    try {
        return step();
    } catch (const NotFinite &error) {
        if (!passedOver)
            throw;
        return passOver(error);
    }
}

std::optional<double> Trainer::heldOutLoss() const
{
    const Batch &batch = m_impl->data->heldOut();
    if (batch.count == 0)
        return std::nullopt;
    const auto forward = [this](const Tensor &tokens) {
        return m_impl->fused ? m_impl->fused->forward(tokens) : m_impl->network->forward(tokens);
    };
    return meanLossOf(forward, m_impl->device, batch);
}

std::shared_ptr<const Snapshot> Trainer::snapshot() const
{
    return std::make_shared<Snapshot>(m_impl->config, m_impl->vocabulary, m_impl->stepsDone, onHost(m_impl->weights));
}

std::int64_t Trainer::stepsDone() const { return m_impl->stepsDone; }
const TrainingOptions &Trainer::options() const { return m_impl->options; }
const ModelConfig &Trainer::config() const { return m_impl->config; }
const Vocabulary &Trainer::vocabulary() const { return m_impl->vocabulary; }

std::shared_ptr<const Checkpoint> Trainer::checkpoint() const
{
    auto result = std::make_shared<Checkpoint>();
    result->snapshot = snapshot();
    result->firstMoment = onHost(m_impl->firstMoment);
    result->secondMoment = onHost(m_impl->secondMoment);
    result->learningRate = m_impl->options.learningRate;
    result->steps = m_impl->options.steps;
    return result;
}

void Trainer::restore(const Checkpoint &checkpoint, const FixedParts &fixed)
{
    const Snapshot &snapshot = *checkpoint.snapshot;
    const auto size = static_cast<std::size_t>(m_impl->weights.numel());
    if (snapshot.config() != m_impl->config || checkpoint.firstMoment.size() != size ||
        checkpoint.secondMoment.size() != size)
        throw Error(Error::WrongValue, Text("The checkpoint of step {0} is of another network.", snapshot.step()));
    const torch::NoGradGuard noGrad;
    const auto copy = [size](Tensor &to, const float *from) {
        to.copy_(torch::from_blob(const_cast<float *>(from), {static_cast<std::int64_t>(size)}, torch::kFloat32));
    };
    copy(m_impl->weights, snapshot.weights().data());
    copy(m_impl->firstMoment, checkpoint.firstMoment.data());
    copy(m_impl->secondMoment, checkpoint.secondMoment.data());
    m_impl->stepsDone = snapshot.step();
    m_impl->adamStep.fill_(static_cast<double>(snapshot.step()));
    m_impl->options.learningRate = checkpoint.learningRate;
    m_impl->options.steps = checkpoint.steps;
    m_impl->fix(fixed);
    if (m_impl->fused)
        m_impl->fused->weightsChanged();
}

void Trainer::apply(const Edit &edit)
{
    checkEdit(edit, m_impl->config);
    std::visit(Overloaded{
                   [this](const SetLearningRate &change) { m_impl->options.learningRate = change.rate; },
                   [this](const SetSteps &change) { m_impl->options.steps = change.steps; },
                   [this](const ZeroHead &change) { m_impl->renewHead(change.layer, change.head, false); },
                   [this](const ReinitialiseHead &change) { m_impl->renewHead(change.layer, change.head, true); },
                   [this](const HoldAlpha &change) { m_impl->setAlpha(change.layer, change.alpha); },
                   [](const auto &) {}, // changes only the fixed parts, below
               },
               edit);
    FixedParts fixed = m_impl->fixed;
    fixed.apply(edit);
    m_impl->fix(fixed);
    if (m_impl->fused)
        m_impl->fused->weightsChanged();
}

std::vector<float> Trainer::stateChanges(std::int64_t sequences) const
{
    const torch::NoGradGuard noGrad;
    const Batch &batch = m_impl->data->heldOut();
    const auto count = std::min(sequences, batch.count);
    const Tensor tokens = tokenTensor(batch.inputs, batch, m_impl->device).slice(0, 0, count);
    if (count == 0 || tokens.size(1) < 2)
        return {};
    // Tokens after a row's last target, and padding within the row, are not counted.
    std::vector<float> isLookedAt;
    for (std::int64_t row = 0; row < count; ++row) {
        const std::int64_t end = batch.rowLength(row);
        for (std::int64_t t = 0; t + 1 < batch.time; ++t)
            isLookedAt.push_back(t < end && batch.inputs[static_cast<std::size_t>(row * batch.time + t + 1)] !=
                                                m_impl->config.paddingId);
    }
    const auto length = tokens.size(1);
    const Tensor counts = torch::tensor(isLookedAt).view({count, length - 1}).to(m_impl->device);
    const Tensor chance = 1 / torch::arange(2, length + 1, counts.options());
    const double expected = (counts * chance).sum().item<double>();
    if (expected == 0)
        return {};
    ChangeProbe probe(counts);
    m_impl->network->forward(tokens, nullptr, &probe);
    const Tensor shares = (probe.changes() / expected).to(torch::kFloat32);
    return {shares.const_data_ptr<float>(), shares.const_data_ptr<float>() + shares.numel()};
}

} // namespace samout
