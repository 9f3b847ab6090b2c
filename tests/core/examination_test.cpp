// SPDX-License-Identifier: GPL-3.0-only
// examine(): every number of one forward pass, and who holds the state.
#include "core/inspect/examination.h"
#include "core/model/mixer.h"
#include "tests/support/golden.h"
#include "tests/support/tiny.h"

#include <cmath>

using namespace samout;

namespace {

Question everything(const std::shared_ptr<const Snapshot> &snapshot, std::vector<std::int64_t> tokens)
{
    Question question{.snapshot = snapshot,
                      .tokens = std::move(tokens),
                      .layers = {},
                      .everySite = true,
                      .winners = true,
                      .shares = true};
    for (int i = 0; i < snapshot->config().numLayers; ++i)
        question.layers.push_back(i);
    return question;
}

torch::Tensor tensorOf(const Grid &grid) { return torch::tensor(grid.values).view({grid.rows, grid.cols}); }

} // namespace

class ExaminationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keptWeightsGiveTheSameNumbers()
    {
        const auto one = tiny::snapshot(), other = tiny::snapshot("the quick brown fox jumps over\n");
        // Alternating: weights kept for one network are not used for another.
        for (const auto &snapshot : {one, one, other, one}) {
            Question question;
            question.snapshot = snapshot;
            question.tokens = snapshot->vocabulary().encode("the quick fox\n");
            question.layers = {0, 1};
            question.everySite = true;
            question.readings = true;
            const auto expected = examine(question);
            question.keepsWeights = true;
            const auto got = examine(question), again = examine(question);
            QCOMPARE(got->logits.values, again->logits.values);
            const auto near = [](const Grid &a, const Grid &b) {
                return std::ranges::equal(a.values, b.values, [](float x, float y) { return std::abs(x - y) < 1e-4F; });
            };
            QVERIFY(near(got->logits, expected->logits));
            for (std::size_t i = 0; i < got->sites.size(); ++i)
                QVERIFY(near(got->sites[i].values, expected->sites[i].values));
            for (std::size_t i = 0; i < got->readings.size(); ++i)
                QVERIFY(near(got->readings[i].logits, expected->readings[i].logits));
        }
    }

    void everySiteIsTheForwardPass()
    {
        const golden::File file("classroom");
        auto tokens = file.sequences()[1];
        tokens.pop_back();
        const auto answer = examine(everything(file.snapshot("weight"), tokens));
        for (int layer = 0; layer < file.config().numLayers; ++layer)
            for (const SiteFacts &facts : file.config().mixer->sites()) {
                const Grid *grid = answer->find(layer, facts.site);
                QVERIFY(grid);
                COMPARE_TENSORS(tensorOf(*grid),
                                file.tensor("layers." + std::to_string(layer) + "." + std::string(facts.path))[1],
                                1e-4);
            }
        COMPARE_TENSORS(tensorOf(answer->logits), file.tensor("logits")[1], 1e-4);
    }

    void winnersHoldTheState()
    {
        const golden::File file("tiny");
        const std::vector<std::int64_t> tokens{4, 5, 4, 4, 9, 5, 16, 4, 12, 9};
        const auto answer = examine(everything(file.snapshot("after"), tokens));
        for (int layer = 0; layer < 2; ++layer) {
            const Grid &candidates = *answer->find(layer, Site::Candidate), &states = *answer->find(layer, Site::State);
            const Winners &winners = *answer->findWinners(layer);
            for (int t = 0; t < candidates.rows; ++t)
                for (int c = 0; c < candidates.cols; ++c) {
                    // Slow and obvious.
                    int last = 0, first = 0;
                    for (int s = 1; s <= t; ++s) {
                        if (candidates.at(s, c) >= candidates.at(last, c))
                            last = s;
                        if (candidates.at(s, c) > candidates.at(first, c))
                            first = s;
                    }
                    const auto i = static_cast<std::size_t>(t * candidates.cols + c);
                    QCOMPARE(winners.winner[i], last);
                    QCOMPARE(winners.since[i], first);
                    QCOMPARE(states.at(t, c), candidates.at(last, c));
                }
        }
        // Equal tokens tie exactly in layer 0: `winner` is the last of them, `since` the first.
        const Winners &first = *answer->findWinners(0);
        bool tie = false;
        for (std::size_t i = 0; i < first.winner.size(); ++i)
            tie = tie || first.winner[i] != first.since[i];
        QVERIFY(tie);
    }

    void sharesAreMeasuredNotAlpha()
    {
        const golden::File file("tiny");
        const auto answer = examine(everything(file.snapshot("after"), {4, 5, 6, 7}));
        const auto alphas = answer->snapshot->alphas();
        for (int layer = 1; layer < 2; ++layer) {
            const auto out = tensorOf(*answer->find(layer, Site::Out)),
                       x = tensorOf(*answer->find(layer - 1, Site::Residual));
            const double alpha = alphas[static_cast<std::size_t>(layer)];
            const double fresh = alpha * out.norm().item<double>(), kept = (1 - alpha) * x.norm().item<double>();
            QVERIFY(std::abs(answer->shares[static_cast<std::size_t>(layer)] - fresh / (fresh + kept)) < 1e-5);
        }
    }

    void longTextInPiecesIsTheSame()
    {
        const golden::File file("tiny");
        std::vector<std::int64_t> tokens;
        RandomStream random(1, Purpose::TrainingData, 0);
        for (int i = 0; i < 2500; ++i)
            tokens.push_back(random.below(17));
        const auto answer = examine(everything(file.snapshot("weight"), tokens));
        const torch::NoGradGuard noGrad;
        const auto whole = SamOut(*answer->snapshot).forward(torch::tensor(tokens).unsqueeze(0))[0];
        QVERIFY((tensorOf(answer->logits) - whole).abs().max().item<double>() < 1e-4);
    }

    void thinnedIsEveryNthOfTheWhole()
    {
        const golden::File file("tiny");
        std::vector<std::int64_t> tokens;
        RandomStream random(1, Purpose::TrainingData, 0);
        for (int i = 0; i < 2500; ++i)
            tokens.push_back(random.below(17));
        Question question = everything(file.snapshot("weight"), tokens);
        question.readings = true;
        question.interventions.hidden = {3, 1500};
        question.interventions.states = {{.layer = 1, .position = 1100, .channel = 2, .values = {9, 9}}};
        const auto whole = examine(question);
        QCOMPARE(whole->every, std::int64_t{1});
        for (const std::int64_t most : {2500, 1000, 300, 1}) {
            question.mostRows = most;
            std::vector<double> told;
            const auto thinned = examine(question, {}, [&](double share) { told.push_back(share); });
            QCOMPARE(told, (std::vector<double>{1024 / 2500.0, 2048 / 2500.0, 1}));
            const std::int64_t every = thinned->every, rows = (2500 + every - 1) / every;
            QVERIFY(rows <= most);
            QCOMPARE(thinned->length, std::int64_t{2500});
            QCOMPARE(static_cast<std::int64_t>(thinned->tokens.size()), rows);
            const auto isEveryNth = [&](const Grid &part, const Grid &all) {
                bool same = part.rows == rows && part.cols == all.cols;
                for (int row = 0; same && row < part.rows; ++row)
                    for (int col = 0; col < part.cols; ++col)
                        same = same && part.at(row, col) == all.at(static_cast<int>(row * every), col);
                return same;
            };
            QVERIFY(isEveryNth(thinned->logits, whole->logits));
            QCOMPARE(thinned->shares, whole->shares);
            for (const SiteGrid &grid : thinned->sites)
                QVERIFY(isEveryNth(grid.values, *whole->find(grid.layer, grid.site)));
            for (const int layer : question.layers) {
                QVERIFY(isEveryNth(*thinned->findReading(layer), *whole->findReading(layer)));
                const Winners &some = *thinned->findWinners(layer), &all = *whole->findWinners(layer);
                const std::size_t cols = all.since.size() / tokens.size();
                // The first row at or after a position.
                const auto rowOf = [&](std::int32_t position) {
                    return position < 0 ? -1 : static_cast<std::int32_t>((position + every - 1) / every);
                };
                for (std::size_t row = 0; row < static_cast<std::size_t>(rows); ++row)
                    for (std::size_t c = 0; c < cols; ++c) {
                        const std::size_t at = row * static_cast<std::size_t>(every) * cols + c;
                        QCOMPARE(some.since[row * cols + c], rowOf(all.since[at]));
                        QCOMPARE(some.winner[row * cols + c], rowOf(all.winner[at]));
                        QVERIFY(some.since[row * cols + c] <= static_cast<int>(row));
                    }
            }
        }
    }

    void aLongTextTakesBoundedMemory()
    {
        const golden::File file("tiny");
        Question question{.snapshot = file.snapshot("weight"), .layers = {1}, .sites = {Site::State}, .winners = true};
        question.tokens.assign(100'000, 5);
        question.tokens[77'000] = 6;
        question.mostRows = 2048;
        const auto answer = examine(question);
        QCOMPARE(answer->sites.size(), std::size_t{1}); // no candidates beside the states
        QVERIFY(answer->tokens.size() <= 2048 && answer->logits.rows <= 2048);
        QVERIFY(answer->findWinners(1)->since.size() ==
                answer->tokens.size() * static_cast<std::size_t>(answer->find(1, Site::State)->cols));
    }

    void onlyWhatWasAskedForIsThere()
    {
        const golden::File file("tiny");
        const auto answer = examine({.snapshot = file.snapshot("weight"),
                                     .tokens = {4, 5},
                                     .layers = {1},
                                     .sites = {Site::Gate},
                                     .winners = false,
                                     .shares = false});
        QCOMPARE(answer->sites.size(), 1U);
        QVERIFY(answer->find(1, Site::Gate) && !answer->find(0, Site::Gate) && !answer->find(1, Site::State));
        QVERIFY(answer->winners.empty() && answer->shares.empty());
    }

    void canBeCancelled()
    {
        const golden::File file("tiny");
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!examine(everything(file.snapshot("weight"), {4, 5}), stop.get_token()));
    }

    void badQuestionsAreSentences()
    {
        const golden::File file("tiny");
        const auto snapshot = file.snapshot("weight");
        QVERIFY_THROWS_EXCEPTION(Error, examine(everything(snapshot, {})));
        QVERIFY_THROWS_EXCEPTION(Error, examine(everything(snapshot, {17})));
        QVERIFY_THROWS_EXCEPTION(Error, examine(everything(snapshot, {-1})));
        QVERIFY_THROWS_EXCEPTION(
            Error,
            examine(
                {.snapshot = snapshot, .tokens = {4}, .layers = {2}, .sites = {}, .winners = false, .shares = false}));
        QVERIFY_THROWS_EXCEPTION(
            Error,
            examine(
                {.snapshot = nullptr, .tokens = {4}, .layers = {}, .sites = {}, .winners = false, .shares = false}));
    }

    void evaluationIsTheGoldenLoss()
    {
        for (const char *name : {"tiny", "classroom"}) {
            const golden::File file(name);
            std::vector<float> logits;
            const double loss = evaluate(*file.snapshot("weight"), shiftedBatch(file.sequences(), 3), &logits);
            QVERIFY(std::abs(loss / file.tensor("loss").item<double>() - 1) < 1e-4);
            COMPARE_TENSORS(torch::tensor(logits).view(file.tensor("logits").sizes()), file.tensor("logits"), 1e-4);
        }
    }

    void evaluationNeedsATargetThatCounts()
    {
        const golden::File file("tiny");
        QVERIFY_THROWS_EXCEPTION(Error, evaluate(*file.snapshot("weight"), shiftedBatch({{4, 3, 3}}, 3)));
        QVERIFY_THROWS_EXCEPTION(Error, evaluate(*file.snapshot("weight"), shiftedBatch({{4, 99}}, 3)));
    }
};

QTEST_APPLESS_MAIN(ExaminationTest)
#include "examination_test.moc"
