// SPDX-License-Identifier: GPL-3.0-only
// Generation: sampling, and the state as a text grows.
#include "core/infer/generator.h"
#include "tests/support/golden.h"

#include <cmath>
#include <limits>

using namespace samout;

namespace {

std::vector<std::int64_t> run(Generator &generator, int count)
{
    std::vector<std::int64_t> tokens;
    for (int i = 0; i < count; ++i)
        tokens.push_back(generator.next().token);
    return tokens;
}

std::vector<double> frequencies(const std::vector<float> &logits, const SamplingOptions &options)
{
    std::vector<double> counts(logits.size());
    for (int i = 0; i < 20000; ++i)
        counts[static_cast<std::size_t>(sample(logits, options, i))] += 1.0 / 20000;
    return counts;
}

} // namespace

class GeneratorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void severalTextsAreEachTheSameAsAlone_data()
    {
        QTest::addColumn<int>("memory");
        QTest::newRow("carry") << static_cast<int>(Memory::Carry);
        QTest::newRow("clear at") << static_cast<int>(Memory::ClearAt);
        QTest::newRow("recompute") << static_cast<int>(Memory::Recompute);
    }
    void severalTextsAreEachTheSameAsAlone()
    {
        QFETCH(int, memory);
        const golden::File file("tiny");
        const auto snapshot = file.snapshot("after");
        GenerationOptions options{
            .sampling = {.seed = 5}, .memory = static_cast<Memory>(memory), .clearAt = 4, .context = 6};
        const std::vector<std::int64_t> prompt{1, 2, 5};
        Generator together(snapshot, options, prompt, 3);
        std::vector<std::vector<std::int64_t>> texts(3);
        for (int i = 0; i < 25; ++i) {
            const auto drawn = together.nextOfEach();
            QCOMPARE(drawn.size(), std::size_t{3});
            for (std::size_t t = 0; t < 3; ++t)
                texts[t].push_back(drawn[t].token);
        }
        for (std::size_t t = 0; t < 3; ++t) {
            QVERIFY(texts[t] != texts[(t + 1) % 3]);
            options.sampling.seed = 5 + t;
            Generator alone(snapshot, options, prompt);
            QCOMPARE(run(alone, 25), texts[t]);
        }
    }

    void aNumberOfTextsThatCannotBeIsRefused()
    {
        const golden::File file("tiny");
        const std::vector<std::int64_t> prompt{1};
        QVERIFY_THROWS_EXCEPTION(Error, Generator(file.snapshot("after"), {}, prompt, 0));
    }

    void samplingFollowsTheProbabilities()
    {
        const std::vector<float> logits{0.0F, 1.0F, 2.0F, -1.0F};
        const auto expected = probabilities(logits);
        const auto found = frequencies(logits, {});
        for (std::size_t i = 0; i < 4; ++i)
            QVERIFY(std::abs(found[i] - expected[i]) < 0.015);
    }

    void temperatureSharpensAndZeroIsGreedy()
    {
        const std::vector<float> logits{0.0F, 1.0F, 2.0F, 2.0F};
        const auto sharp = frequencies(logits, {.temperature = 0.5});
        const double sum = 1 + std::exp(2.0) + 2 * std::exp(4.0);
        QVERIFY(std::abs(sharp[1] - std::exp(2.0) / sum) < 0.015);
        QCOMPARE(sample(logits, {.temperature = 0}, 0), 2);
    }

    void topKAndTopPKeepTheLikeliest()
    {
        const std::vector<float> logits{std::log(0.1F), std::log(0.5F), std::log(0.15F), std::log(0.25F)};
        const auto two = frequencies(logits, {.topK = 2});
        QCOMPARE(two[0] + two[2], 0.0);
        QVERIFY(std::abs(two[1] - 0.5 / 0.75) < 0.02);
        const auto most = frequencies(logits, {.topP = 0.7});
        QCOMPARE(most[0] + most[2], 0.0);
        QVERIFY(std::abs(most[3] - 0.25 / 0.75) < 0.02);
        const auto one = frequencies(logits, {.topP = 1e-9});
        QCOMPARE(one[1], 1.0);
    }

    void samplingIsAFunctionOfSeedAndPosition()
    {
        const std::vector<float> logits(50, 0.0F);
        bool differs = false;
        for (int i = 0; i < 20; ++i) {
            QCOMPARE(sample(logits, {.seed = 3}, i), sample(logits, {.seed = 3}, i));
            differs = differs || sample(logits, {.seed = 3}, i) != sample(logits, {.seed = 4}, i);
        }
        QVERIFY(differs);
    }

    void infiniteAndMissingLogits()
    {
        const float infinity = std::numeric_limits<float>::infinity();
        QCOMPARE(sample(std::vector<float>{0.0F, infinity, 1.0F}, {}, 0), 1);
        QVERIFY(sample(std::vector<float>{0.0F, -infinity, -infinity}, {}, 0) == 0);
        QVERIFY_THROWS_EXCEPTION(Error, sample(std::vector<float>{0.0F, std::nanf("")}, {}, 0));
    }

    void badOptionsAreSentences()
    {
        for (const SamplingOptions &bad :
             {SamplingOptions{.temperature = -1}, SamplingOptions{.temperature = std::nan("")},
              SamplingOptions{.topK = -1}, SamplingOptions{.topP = 0}, SamplingOptions{.topP = 1.1},
              SamplingOptions{.topP = std::nan("")}})
            QVERIFY_THROWS_EXCEPTION(Error, bad.check());
        const auto snapshot = golden::File("tiny").snapshot("after");
        const std::vector<std::int64_t> prompt{4}, outside{17};
        QVERIFY_THROWS_EXCEPTION(Error, Generator(snapshot, {}, outside));
        QVERIFY_THROWS_EXCEPTION(
            Error, Generator(snapshot, {.sampling = {}, .memory = Memory::ClearAt, .clearAt = 17}, prompt));
        QVERIFY_THROWS_EXCEPTION(
            Error,
            Generator(snapshot, {.sampling = {}, .memory = Memory::Recompute, .clearAt = -1, .context = 0}, prompt));
        QVERIFY_THROWS_EXCEPTION(Error, Generator(snapshot, {}, prompt, std::vector<float>(5)));
    }

    void tellsHowSureItWas()
    {
        const auto snapshot = golden::File("classroom").snapshot("after");
        Generator generator(snapshot, {}, std::vector<std::int64_t>{4, 5, 6});
        const auto before = probabilities(generator.logits());
        const GeneratedToken token = generator.next();
        QCOMPARE(token.position, 3);
        QCOMPARE(token.probability, before[static_cast<std::size_t>(token.token)]);
        QCOMPARE(token.alternatives.size(), 10U);
        for (std::size_t i = 1; i < 10; ++i)
            QVERIFY(token.alternatives[i - 1].probability >= token.alternatives[i].probability);
        QCOMPARE(token.alternatives[0].probability, *std::max_element(before.begin(), before.end()));
    }

    void stateCanBeTakenOutAndPutBack()
    {
        const auto snapshot = golden::File("tiny").snapshot("after");
        const GenerationOptions greedy{.sampling = {.temperature = 0}};
        Generator whole(snapshot, greedy, std::vector<std::int64_t>{4, 9, 5, 12});
        Generator first(snapshot, greedy, std::vector<std::int64_t>{4, 9, 5});
        Generator second(snapshot, greedy, std::vector<std::int64_t>{12}, first.state());
        QCOMPARE(run(second, 20), run(whole, 20));
    }

    void clearingForgetsTheTextBefore()
    {
        const auto snapshot = golden::File("tiny").snapshot("after");
        GenerationOptions options{.sampling = {.temperature = 0}, .memory = Memory::ClearAt, .clearAt = 6};
        Generator cleared(snapshot, options, std::vector<std::int64_t>{4, 9, 5, 6, 7});
        Generator fresh(snapshot, options, std::vector<std::int64_t>{6, 7});
        const std::vector<float> a(cleared.logits().begin(), cleared.logits().end()),
            b(fresh.logits().begin(), fresh.logits().end());
        QCOMPARE(a, b);
        options.memory = Memory::Carry;
        Generator carried(snapshot, options, std::vector<std::int64_t>{4, 9, 5, 6, 7});
        QVERIFY(!std::equal(a.begin(), a.end(), carried.logits().begin()));
    }

    void recomputingLooksBackOnTheNewestTokensAlone()
    {
        const auto snapshot = golden::File("tiny").snapshot("after");
        const GenerationOptions options{
            .sampling = {.temperature = 0}, .memory = Memory::Recompute, .clearAt = -1, .context = 3};
        Generator longer(snapshot, options, std::vector<std::int64_t>{4, 9, 5, 6, 7});
        Generator shorter(snapshot, options, std::vector<std::int64_t>{5, 6, 7});
        QCOMPARE(run(longer, 15), run(shorter, 15));
    }

    void longPromptIsReadAsASequence()
    {
        const auto snapshot = golden::File("tiny").snapshot("after");
        std::vector<std::int64_t> prompt;
        RandomStream random(2, Purpose::TrainingData, 0);
        for (int i = 0; i < 3000; ++i)
            prompt.push_back(random.below(17));
        Generator generator(snapshot, {}, prompt);
        const torch::NoGradGuard noGrad;
        const auto whole = SamOut(*snapshot).forward(torch::tensor(prompt).unsqueeze(0))[0][-1];
        for (std::int64_t i = 0; i < 17; ++i)
            QVERIFY(std::abs(generator.logits()[static_cast<std::size_t>(i)] - whole[i].item<float>()) < 1e-4F);
    }
};

QTEST_APPLESS_MAIN(GeneratorTest)
#include "generator_test.moc"
