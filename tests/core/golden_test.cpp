// SPDX-License-Identifier: GPL-3.0-only
// Parity with PyTorch: every activation, gradient, ten Adam steps, the greedy continuation, and the published size.
#include "core/infer/generator.h"
#include "core/model/evaluation.h"
#include "core/model/mixer.h"
#include "core/train/trainer.h"
#include "tests/support/golden.h"

#include <nlohmann/json.hpp>

#include <fstream>

using namespace samout;

namespace {

/// The formula of seed_losses.json, see tests/golden/README.md.
std::vector<std::uint64_t> splitmix(std::int64_t count, std::uint64_t seed)
{
    std::vector<std::uint64_t> result;
    for (std::int64_t i = 0; i < count; ++i) {
        std::uint64_t z = (static_cast<std::uint64_t>(i) + 1) * 0x9E3779B97F4A7C15ULL + seed;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        result.push_back(z ^ (z >> 31));
    }
    return result;
}

std::shared_ptr<const Snapshot> publishedStart(const ModelConfig &config, std::uint64_t seed)
{
    std::vector<float> arena(static_cast<std::size_t>(arenaSize(config)));
    std::uint64_t index = 0;
    for (const Parameter &parameter : parameterLayout(config)) {
        float *out = arena.data() + parameter.offset;
        const auto bits = splitmix(parameter.count(), seed + 1000003 * index++);
        const bool isMatrix = parameter.shape.size() == 2;
        const float scale =
            parameter.name == "em.weight"
                ? std::sqrt(3.0F)
                : 1.0F / std::sqrt(static_cast<float>(isMatrix ? parameter.shape[1] : config.hiddenSize));
        for (std::size_t i = 0; i < bits.size(); ++i) {
            const float uniform = static_cast<float>(bits[i] >> 40) / 8388608.0F - 1.0F;
            if (parameter.name.ends_with("alpha"))
                out[i] = 0.5F;
            else if (parameter.name.ends_with("layer_norm.weight"))
                out[i] = 1.0F;
            else if (parameter.name.ends_with("layer_norm.bias"))
                out[i] = 0.0F;
            else if (parameter.name == "em.weight" &&
                     static_cast<std::int64_t>(i) / config.hiddenSize == config.paddingId)
                out[i] = 0.0F;
            else
                out[i] = uniform * scale;
        }
    }
    return std::make_shared<Snapshot>(config, Vocabulary::ofNumbers(config.vocabSize), 0, std::move(arena));
}

class Recorder : public Probe {
public:
    explicit Recorder(const Mixer &mixer) : m_mixer(mixer) {}
    torch::Tensor at(int layer, Site site, const torch::Tensor &x) override
    {
        sites["layers." + std::to_string(layer) + "." + std::string(m_mixer.find(site)->path)] = x;
        return x;
    }
    std::map<std::string, torch::Tensor> sites;

private:
    const Mixer &m_mixer;
};

} // namespace

class GoldenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyActivationAndGradient_data() { files(); }
    void everyActivationAndGradient()
    {
        QFETCH(QString, name);
        const golden::File file(name.toStdString());
        const ModelConfig config = file.config();
        const auto gradients = torch::zeros(arenaSize(config));
        const SamOut network(config, file.arena("weight"), gradients);
        const auto tokens = file.tensor("tokens");
        Recorder recorder(*config.mixer);
        const auto logits = network.forward(tokens.slice(1, 0, -1), nullptr, &recorder);
        QCOMPARE(recorder.sites.size(), static_cast<std::size_t>(10 * config.numLayers));
        for (const auto &[site, value] : recorder.sites)
            COMPARE_TENSORS(value, file.tensor(site), 1e-4);
        COMPARE_TENSORS(logits, file.tensor("logits"), 1e-4);

        const auto targets = tokens.slice(1, 1);
        const auto loss = meanLoss(logits, targets, targets.ne(*config.paddingId).to(torch::kFloat32));
        COMPARE_TENSORS(loss.view({1}), file.tensor("loss"), 1e-4);
        loss.backward();
        const SamOut gradientViews(config, gradients);
        for (const auto &[parameter, gradient] : gradientViews.parameters())
            COMPARE_TENSORS(gradient, file.tensor("grad." + parameter), 1e-4);
    }

    void tenAdamSteps_data() { files(); }
    void tenAdamSteps()
    {
        QFETCH(QString, name);
        const golden::File file(name.toStdString());
        TrainingOptions options;
        options.learningRate = file.learningRate();
        options.dropout = 0;
        options.device = "cpu";
        Trainer trainer(options, std::make_shared<golden::FixedData>(file.sequences(), file.config().vocabSize),
                        file.snapshot("weight"));
        const auto losses = file.tensor("losses");
        for (int i = 0; i < 10; ++i) {
            const double expected = losses[i].item<double>();
            QVERIFY(std::abs(trainer.step().loss - expected) <= 2e-3 * expected);
        }
        const auto after = trainer.snapshot();
        const auto start = file.snapshot("weight");
        for (const Parameter &parameter : after->parameters()) {
            const auto expected = file.tensor("after." + parameter.name);
            const auto actual = torch::tensor(std::vector<float>(after->parameter(parameter.name).begin(),
                                                                 after->parameter(parameter.name).end()))
                                    .view(expected.sizes());
            COMPARE_TENSORS(actual, expected, 1e-4);
        }
    }

    void greedyContinuation_data() { files(); }
    void greedyContinuation()
    {
        QFETCH(QString, name);
        const golden::File file(name.toStdString());
        const auto prompt = file.sequences().front();
        GenerationOptions options;
        options.sampling.temperature = 0;
        const auto expected = file.tensor("greedy");
        for (const Memory memory : {Memory::Carry, Memory::Recompute}) {
            options.memory = memory;
            options.context = 1000;
            Generator generator(file.snapshot("after"), options, std::span(prompt).first(5));
            for (std::int64_t i = 0; i < expected.numel(); ++i)
                QCOMPARE(generator.next().token, expected[i].item<std::int64_t>());
        }
    }

    void publishedSizeLearnsAsPublished()
    {
        std::ifstream stream(std::string(SAMOUT_GOLDEN) + "/seed_losses.json");
        const auto json = nlohmann::json::parse(stream);
        const auto seed = json.at("seed").get<std::uint64_t>();
        const ModelConfig config;
        QCOMPARE(parameterCount(config), json.at("parameters").get<std::int64_t>());
        const auto start = publishedStart(config, seed);

        std::vector<std::vector<std::int64_t>> sequences(100, std::vector<std::int64_t>(50));
        const auto tokens = splitmix(100 * 50, seed + 99);
        const auto padding = splitmix(200, seed + 106);
        for (std::size_t row = 0; row < 100; ++row) {
            for (std::size_t i = 0; i < 50; ++i)
                sequences[row][i] = static_cast<std::int64_t>(tokens[row * 50 + i] % 128);
            if (padding[2 * row] % 10 == 0)
                sequences[row][padding[2 * row + 1] % 50] = 3;
        }
        const Batch batch = shiftedBatch(sequences, 3);
        {
            const torch::NoGradGuard noGrad;
            const auto logits = SamOut(*start).forward(tokenTensor(batch.inputs, batch, torch::kCPU));
            const auto &first = json.at("first_logits");
            QVERIFY(std::abs(logits.abs().to(torch::kDouble).sum().item<double>() / first.at("abs_sum").get<double>() -
                             1) < 1e-4);
            for (int i = 0; i < 8; ++i)
                QVERIFY(std::abs(logits[17][23][i].item<double>() -
                                 first.at("at_17_23_first8")[static_cast<std::size_t>(i)].get<double>()) < 1e-3);
        }

        TrainingOptions options;
        options.dropout = 0;
        options.device = "cpu";
        Trainer trainer(options, std::make_shared<golden::FixedData>(sequences, 128), start);
        const auto &losses = json.at("losses");
        const auto &alphas = json.at("alphas_after_step");
        for (std::size_t i = 0; i < losses.size(); ++i) {
            const StepMetrics metrics = trainer.step();
            const double expected = losses[i].get<double>();
            QVERIFY2(std::abs(metrics.loss - expected) <= 2e-3 * expected,
                     qPrintable(QStringLiteral("step %1: %2, expected %3").arg(i + 1).arg(metrics.loss).arg(expected)));
            for (std::size_t layer = 0; layer < metrics.alphas.size(); ++layer)
                QVERIFY(std::abs(metrics.alphas[layer] - alphas[i][layer].get<float>()) < 2e-4F);
        }
    }

private:
    void files()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("tiny") << QStringLiteral("tiny");
        QTest::newRow("classroom") << QStringLiteral("classroom");
    }
};

QTEST_APPLESS_MAIN(GoldenTest)
#include "golden_test.moc"
