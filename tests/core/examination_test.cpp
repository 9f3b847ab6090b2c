// examine(): every number of one forward pass, and who holds the state.
#include "core/inspect/examination.h"
#include "tests/support/golden.h"

#include <cmath>

using namespace samout;

namespace {

Question everything(const std::shared_ptr<const Snapshot> &snapshot, std::vector<std::int64_t> tokens)
{
    Question question{.snapshot = snapshot,
                      .tokens = std::move(tokens),
                      .layers = {},
                      .sites = {allSites.begin(), allSites.end()},
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
    void everySiteIsTheForwardPass()
    {
        const golden::File file("classroom");
        auto tokens = file.sequences()[1];
        tokens.pop_back();
        const auto answer = examine(everything(file.snapshot("weight"), tokens));
        for (int layer = 0; layer < file.config().numLayers; ++layer)
            for (const Site site : allSites) {
                const Grid *grid = answer->find(layer, site);
                QVERIFY(grid);
                COMPARE_TENSORS(tensorOf(*grid),
                                file.tensor("layers." + std::to_string(layer) + "." + std::string(sitePath(site)))[1],
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
                    // The slow, obvious way.
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
        // Equal tokens tie exactly in layer 0: the last holds it, since tells the first.
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
        QVERIFY_EXCEPTION_THROWN(examine(everything(snapshot, {})), Error);
        QVERIFY_EXCEPTION_THROWN(examine(everything(snapshot, {17})), Error);
        QVERIFY_EXCEPTION_THROWN(examine(everything(snapshot, {-1})), Error);
        QVERIFY_EXCEPTION_THROWN(
            examine(
                {.snapshot = snapshot, .tokens = {4}, .layers = {2}, .sites = {}, .winners = false, .shares = false}),
            Error);
        QVERIFY_EXCEPTION_THROWN(
            examine({.snapshot = nullptr, .tokens = {4}, .layers = {}, .sites = {}, .winners = false, .shares = false}),
            Error);
    }

    void evaluationIsTheGoldenLoss()
    {
        for (const char *name : {"tiny", "classroom"}) {
            const golden::File file(name);
            std::vector<float> logits;
            const double loss = evaluate(*file.snapshot("weight"), shiftedBatch(file.sequences()), &logits);
            QVERIFY(std::abs(loss / file.tensor("loss").item<double>() - 1) < 1e-4);
            COMPARE_TENSORS(torch::tensor(logits).view(file.tensor("logits").sizes()), file.tensor("logits"), 1e-4);
        }
    }

    void evaluationNeedsATargetThatCounts()
    {
        const golden::File file("tiny");
        QVERIFY_EXCEPTION_THROWN(evaluate(*file.snapshot("weight"), shiftedBatch({{4, 3, 3}})), Error);
        QVERIFY_EXCEPTION_THROWN(evaluate(*file.snapshot("weight"), shiftedBatch({{4, 99}})), Error);
    }
};

QTEST_APPLESS_MAIN(ExaminationTest)
#include "examination_test.moc"
