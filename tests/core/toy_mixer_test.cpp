// SPDX-License-Identifier: GPL-3.0-only
// A mixer defined outside the program: what a new mixer must define, and everything that then works with it.
#include "core/files/model_file.h"
#include "core/infer/generator.h"
#include "core/inspect/examination.h"
#include "core/model/layer_pass.h"
#include "core/model/samout.h"
#include "core/runs/open_model.h"
#include "core/train/trainer.h"
#include "tests/support/golden.h"

#include <QTemporaryDir>

#include <cmath>

using namespace samout;
using torch::Tensor;

namespace {

/// A state that fades, on tokens that are coloured by their position:
///
///     x          = x + colour[position % 3]                                   before every layer
///     fade, new  = sigmoid(W x), W' x                                         weight = [W; W']
///     state[t]   = fade[t] state[t-1] + (1 - fade[t]) new[t]                  per channel, from 0
///     mixed      = state + gain * (the mean of state over the channels)       gain: one learnt number per layer
class Toy : public Mixer {
public:
    static constexpr Site Fade{"fade"}, New{"new"};

    Toy()
        : Mixer({.name = "toy",
                 .title = "The toy",
                 .knowsPositions = true,
                 .state = {.start = 0, .mayFall = true},
                 .defaultPadding = 0,
                 .sites = {{.site = Fade, .path = "mixer.fade", .formula = "sigmoid(W x)"},
                           {.site = New, .path = "mixer.new", .formula = "W' x"},
                           {.site = Site::State,
                            .path = "mixer.state",
                            .formula = "fade * before(state) + (1 - fade) * new",
                            .from = {Fade, New},
                            .byChannel = true},
                           {.site = Site::Mixed,
                            .path = "mixer.out",
                            .formula = "state + gain * mean(state)",
                            .from = {Site::State}}},
                 .matrices = {{.parameter = "toy.weight", .blocks = {{"W", Fade}, {"W'", New}}}}})
    {
    }
    std::vector<Parameter> layerParameters(const ModelConfig &config) const override
    {
        const std::int64_t d = config.hiddenSize;
        return {{.name = "toy.weight", .shape = {2 * d, d}, .initial = Initial::linear(d)},
                {.name = "toy.gain", .shape = {}, .initial = Initial::constant(0.5)}};
    }
    std::vector<Parameter> outerParameters(const ModelConfig &config) const override
    {
        return {{.name = "colour.weight", .shape = {3, config.hiddenSize}, .initial = Initial::normal(1)}};
    }
    Tensor enter(const LayerPass &pass, const Tensor &x) const override
    {
        const Tensor positions = torch::arange(pass.position, pass.position + x.size(1), torch::kInt64);
        return x + torch::embedding(pass.outerWeight("colour.weight"), (positions % 3).to(x.device()));
    }
    Tensor mix(const LayerPass &pass, const Tensor &x) const override
    {
        const auto blocks = pass.linear(x, pass.weight("toy.weight")).chunk(2, -1);
        const Tensor fade = pass.at(Fade, torch::sigmoid(blocks[0]));
        const Tensor fresh = pass.at(New, blocks[1]);
        const auto run = [&](std::int64_t begin, std::int64_t end, Tensor *carried) {
            Tensor state = carried ? *carried : freshState(pass.config, x.size(0), x);
            std::vector<Tensor> states;
            for (auto t = begin; t < end; ++t) {
                const Tensor f = fade.select(1, t);
                state = f * state + (1 - f) * fresh.select(1, t);
                states.push_back(state);
            }
            if (carried)
                *carried = state;
            return torch::stack(states, 1);
        };
        const Tensor state = pass.at(Site::State, pass.scan(x.size(1), run));
        return pass.at(Site::Mixed, state + pass.weight("toy.gain") * state.mean(-1, true));
    }
};

const Toy toy;

ModelConfig toyConfig()
{
    return {.vocabSize = 9, .hiddenSize = 6, .numHeads = 2, .numLayers = 2, .paddingId = 0, .mixer = &toy};
}

std::shared_ptr<const Snapshot> toySnapshot()
{
    const Tensor arena = SamOut::initialArena(toyConfig(), 3);
    return std::make_shared<Snapshot>(
        toyConfig(), Vocabulary::ofNumbers(9, {.padding = 0}), 0,
        std::vector<float>(arena.const_data_ptr<float>(), arena.const_data_ptr<float>() + arena.numel()));
}

TrainingOptions options()
{
    TrainingOptions options;
    options.learningRate = 0.01;
    options.dropout = 0;
    options.device = "cpu";
    return options;
}

std::shared_ptr<const Dataset> data()
{
    return std::make_shared<golden::FixedData>(
        std::vector<std::vector<std::int64_t>>{{1, 4, 5, 4, 5, 6, 7}, {2, 8, 8, 7, 1, 2, 4}}, 9);
}

} // namespace

class ToyMixerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { registerMixer(toy); }

    void isKnownByItsName()
    {
        QCOMPARE(&mixerNamed("toy"), static_cast<const Mixer *>(&toy));
        VERIFY_ERROR(mixerNamed("unheard of"), "v8, toy");
        // The embedding; 2 layers with gain, matrix and the parts after the mixer; the head; the parameters outside
        // layers.
        const std::int64_t layer = 1 + 12 * 6 + 1 + 3 * (6 * 6 + 6) + 2 * 6;
        QCOMPARE(parameterCount(toyConfig()), 9 * 6 + 2 * layer + 9 * 6 + 3 * 6);
    }

    void theLossFalls()
    {
        Trainer trainer(options(), data(), toySnapshot());
        const double first = trainer.step().loss;
        StepMetrics last;
        for (int i = 0; i < 100; ++i)
            last = trainer.step();
        QVERIFY2(last.loss < 0.5 * first, qPrintable(QStringLiteral("%1 after %2").arg(last.loss).arg(first)));
        // The padding's embedding stays 0; the parameters outside the layers are learnt.
        const auto snapshot = trainer.snapshot(), start = toySnapshot();
        QVERIFY(std::ranges::all_of(snapshot->parameter("em.weight").first(6), [](float x) { return x == 0; }));
        for (const char *name : {"colour.weight", "decoder_layers.1.toy.gain", "decoder_layers.0.toy.weight"})
            QVERIFY(!std::ranges::equal(snapshot->parameter(name), start->parameter(name)));
    }

    void gradientsAreTheSlopes()
    {
        const ModelConfig config = toyConfig();
        const Tensor arena = SamOut::initialArena(config, 5).to(torch::kFloat64);
        const Tensor gradients = torch::zeros_like(arena);
        const SamOut network(config, arena, gradients);
        const Tensor tokens = torch::tensor({{1, 4, 5, 4, 0, 6}, {2, 8, 0, 7, 1, 0}});
        const auto loss = [&] {
            const Tensor targets = tokens.slice(1, 1);
            return meanLoss(network.forward(tokens.slice(1, 0, -1)), targets, targets.ne(*config.paddingId));
        };
        loss().backward();
        const torch::NoGradGuard noGrad;
        constexpr double step = 1e-5;
        for (const Parameter &parameter : parameterLayout(config))
            for (std::int64_t i = parameter.name == "em.weight" ? config.hiddenSize : 0; i < parameter.count();
                 i += 5) {
                Tensor number = arena[parameter.offset + i];
                const double value = number.item<double>();
                number.fill_(value + step);
                const double above = loss().item<double>();
                number.fill_(value - step);
                const double below = loss().item<double>();
                number.fill_(value);
                const double slope = (above - below) / (2 * step);
                const double gradient = gradients[parameter.offset + i].item<double>();
                QVERIFY2(std::abs(slope - gradient) < 1e-8 + 1e-6 * std::abs(slope),
                         qPrintable(QString::fromStdString(parameter.name)));
            }
    }

    void isInspected()
    {
        Question question{.snapshot = toySnapshot(), .tokens = {1, 4, 5, 8}, .layers = {0, 1}, .winners = true};
        question.everySite = true;
        question.sites = {Site::Candidate}; // a site that the mixer does not have
        const auto answer = examine(question);
        QCOMPARE(answer->sites.size(), std::size_t{2 * 9});
        QVERIFY(answer->winners.empty() && !answer->find(0, Site::Candidate));
        const Grid &fade = *answer->find(1, Toy::Fade), &fresh = *answer->find(1, Toy::New),
                   &state = *answer->find(1, Site::State);
        bool falls = false;
        for (int t = 0; t < 4; ++t)
            for (int c = 0; c < 6; ++c) {
                const double before = t > 0 ? state.at(t - 1, c) : 0;
                const double expected = fade.at(t, c) * before + (1 - fade.at(t, c)) * fresh.at(t, c);
                QVERIFY(std::abs(state.at(t, c) - expected) < 1e-6);
                falls = falls || state.at(t, c) < before;
            }
        QVERIFY(falls);
    }

    void obeysInterventions()
    {
        Question question{.snapshot = toySnapshot(), .tokens = {1, 4, 5, 8}, .layers = {0}, .sites = {Site::State}};
        const Grid plain = *examine(question)->find(0, Site::State);
        question.interventions.states = {{.layer = 0, .position = 1, .channel = 2, .values = {9}}};
        question.interventions.hidden = {2};
        const Grid changed = *examine(question)->find(0, Site::State);
        QCOMPARE(changed.at(1, 2), 9.0F);
        QVERIFY(changed.at(3, 2) > plain.at(3, 2));
        // Hiding token 2 leaves the states at 2 as they are, but the states at 3 change.
        QCOMPARE(changed.at(2, 0), plain.at(2, 0));
        QVERIFY(changed.at(3, 0) != plain.at(3, 0));
    }

    void carriesStateAndPosition()
    {
        const torch::NoGradGuard noGrad;
        const auto snapshot = toySnapshot();
        const SamOut network(*snapshot);
        const Tensor tokens = torch::tensor({{1, 4, 5, 4, 0, 6, 7}});
        const Tensor whole = network.forward(tokens);
        State state = network.freshState(1);
        const Tensor first = network.forward(tokens.slice(1, 0, 4), &state),
                     rest = network.forward(tokens.slice(1, 4), &state);
        QVERIFY(torch::allclose(torch::cat({first, rest}, 1), whole, 1e-5, 1e-6));
    }

    void generates()
    {
        const auto snapshot = toySnapshot();
        GenerationOptions likeliest;
        likeliest.sampling.temperature = 0;
        std::vector<std::int64_t> text = {1, 4, 5, 8};
        Generator generator(snapshot, likeliest, text);
        const SamOut network(*snapshot);
        for (int i = 0; i < 6; ++i) {
            const torch::NoGradGuard noGrad;
            const Tensor logits = network.forward(torch::tensor(text).unsqueeze(0))[0][-1];
            QVERIFY(torch::allclose(
                logits, torch::tensor(std::vector<float>(generator.logits().begin(), generator.logits().end())), 1e-4,
                1e-5));
            const auto token = logits.argmax().item<std::int64_t>();
            QCOMPARE(generator.next().token, token);
            text.push_back(token);
        }
    }

    void isSavedAndOpened()
    {
        const QTemporaryDir folder;
        const auto snapshot = toySnapshot();
        for (const char *name : {"toy.safetensors", "toy.pth"}) {
            const auto path = folder.filePath(QString::fromLatin1(name)).toStdString();
            saveModel(path, *snapshot);
            const auto opened = openModel(path);
            QVERIFY(opened->config().mixer == &toy); // recognized by the names in the state_dict
            QCOMPARE(opened->config().paddingId, std::int64_t{0});
            QVERIFY(std::ranges::equal(opened->weights(), snapshot->weights()));
        }
    }
};

QTEST_APPLESS_MAIN(ToyMixerTest)
#include "toy_mixer_test.moc"
