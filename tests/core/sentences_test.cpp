// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/random.h"
#include "core/data/dataset.h"
#include "core/data/grammar.h"
#include "core/data/sentences.h"
#include "core/data/utf8.h"
#include "tests/support/files.h"

#include <cmath>
#include <set>
#include <unordered_map>

using namespace samout;

class SentencesTest : public QObject {
    Q_OBJECT

    static Grammar grammar(const QString &kind)
    {
        if (kind == "sentences-zh")
            return Grammar(chineseGrammar);
        return Grammar(std::string(englishGrammar) + (kind == "sentences" ? "" : std::string(englishDoubles)));
    }

    static bool hasDouble(std::string_view text)
    {
        char32_t last = 0;
        for (std::size_t position = 0; position < text.size();) {
            const char32_t point = nextCodePoint(text, position);
            if (point == last)
                return true;
            last = point;
        }
        return false;
    }

    static DataOptions options(const QString &kind)
    {
        DataOptions options;
        options.source = kind.toStdString();
        options.batch = 256;
        options.sequenceLength = 64;
        return options;
    }

    static std::string sentenceOf(const Dataset &data, const Batch &batch, std::int64_t row)
    {
        const auto begin = static_cast<std::size_t>(row * batch.time);
        const auto time = static_cast<std::size_t>(batch.time);
        return data.vocabulary().decode(std::span(batch.inputs).subspan(begin, 1)) +
               data.vocabulary().decode(std::span(batch.targets).subspan(begin, time));
    }

private Q_SLOTS:
    void everySentenceFitsAndHasOneDerivation_data() { kinds(); }
    void everySentenceFitsAndHasOneDerivation()
    {
        QFETCH(QString, kind);
        const Grammar grammar = this->grammar(kind);
        const std::size_t longest = grammar.longest();
        QVERIFY(longest <= 62);
        RandomStream random(1, Purpose::Sampling, 0);
        std::unordered_map<std::string, double> seen;
        int doubles = 0;
        for (int i = 0; i < 200000; ++i) {
            const Grammar::Sentence sentence = grammar.draw(random);
            QVERIFY(codePointCount(sentence.text) <= longest);
            const double known = seen.emplace(sentence.text, sentence.logProbability).first->second;
            QVERIFY2(std::abs(known - sentence.logProbability) < 1e-9, sentence.text.c_str());
            if (hasDouble(sentence.text)) {
                ++doubles;
                QVERIFY2(kind == "sentences-double", sentence.text.c_str());
            }
        }
        QVERIFY(kind != "sentences-double" || doubles > 20000);
    }

    void probabilitiesAreThoseOfTheDraws()
    {
        const Grammar grammar("x = a/A | b/B | c/C\n"
                              "pair: 3 {x:p}{x!p}\n"
                              "pair: 1 {x:p}-{p.1}\n"
                              "sentence: 1 {pair}.\n");
        QCOMPARE(grammar.longest(), std::size_t{4});
        std::map<std::string, std::pair<int, double>> counts;
        RandomStream random(1, Purpose::Sampling, 0);
        constexpr int draws = 200000;
        for (int i = 0; i < draws; ++i) {
            const Grammar::Sentence sentence = grammar.draw(random);
            auto &[count, probability] = counts[sentence.text];
            ++count;
            probability = std::exp(sentence.logProbability);
        }
        QCOMPARE(counts.size(), std::size_t{9});
        double sum = 0;
        for (const auto &[text, value] : counts) {
            sum += value.second;
            QVERIFY2(std::abs(static_cast<double>(value.first) / draws - value.second) < 0.005, text.c_str());
        }
        QVERIFY(std::abs(sum - 1) < 1e-12);
        // Weights 1/2, 1/3, 1/4: a is 6/13, b after a is 4/7.
        QVERIFY(std::abs(counts.at("ab.").second - 0.75 * 6 / 13 * 4 / 7) < 1e-12);
        QVERIFY(std::abs(counts.at("c-C.").second - 0.25 * 3 / 13) < 1e-12);
    }

    void linesAreSentencesBetweenNewlines_data() { kinds(); }
    void linesAreSentencesBetweenNewlines()
    {
        QFETCH(QString, kind);
        const auto data = openDataset(options(kind));
        QVERIFY(data->sequenceLength() <= 64);
        QCOMPARE(data->vocabulary().label(*data->lineEnd()), std::string("⏎"));
        std::set<std::string> heldOut;
        for (std::int64_t row = 0; row < data->heldOut().count; ++row)
            heldOut.insert(sentenceOf(*data, data->heldOut(), row));
        QCOMPARE(data->heldOut().count, std::int64_t{64});
        for (std::int64_t step = 1; step <= 40; ++step) {
            const Batch batch = data->trainingBatch(step);
            QVERIFY(batch.time < 64);
            for (std::int64_t row = 0; row < batch.count; ++row) {
                const std::string line = sentenceOf(*data, batch, row);
                QVERIFY2(!heldOut.contains(line), line.c_str());
                QVERIFY2(line.front() == '\n' && line.back() == '\n', line.c_str());
                QVERIFY2(line.find('\n', 1) == line.size() - 1, line.c_str());
                QVERIFY2(kind == "sentences-double" || !hasDouble(line), line.c_str());
            }
            QVERIFY(std::find(batch.inputs.begin(), batch.inputs.end(), *usualSpecialTokens.unknown) ==
                    batch.inputs.end());
        }
    }

    void entropyIsBelowWhatBigramsKnow_data() { kinds(); }
    void entropyIsBelowWhatBigramsKnow()
    {
        QFETCH(QString, kind);
        const auto data = openDataset(options(kind));
        // The mean over very many sentences: 64 of them come near.
        const Grammar grammar = this->grammar(kind);
        RandomStream random(2, Purpose::Sampling, 0);
        double surprise = 0;
        double targets = 0;
        for (int i = 0; i < 20000; ++i) {
            const Grammar::Sentence sentence = grammar.draw(random);
            surprise -= sentence.logProbability;
            targets += static_cast<double>(codePointCount(sentence.text)) + 1;
        }
        QVERIFY(std::abs(*data->entropy() / (surprise / targets) - 1) < 0.15);
        QVERIFY(*data->entropy() < *data->bigramLoss());
        QVERIFY(*data->bigramLoss() < data->chanceLoss());
    }

    void shorterSequencesGetShorterSentences()
    {
        DataOptions shorter = options("sentences");
        shorter.sequenceLength = 30;
        const auto data = openDataset(shorter);
        QCOMPARE(data->sequenceLength(), std::int64_t{30});
        for (std::int64_t step = 1; step <= 20; ++step)
            QVERIFY(data->trainingBatch(step).time <= 29);
        shorter.sequenceLength = 12;
        VERIFY_ERROR(openDataset(shorter), "choose 64");
    }

    void grammarsThatMeanNothingAreRefused()
    {
        for (const char *source : {"x = a", "sentence: 1 {x}", "sentence: {x}\nx = a", "sentence: 1 {x.1}\nx = a",
                                   "sentence: 1 {x", "sentence: 1 {p}{x:p}\nx = a"})
            QVERIFY_THROWS_EXCEPTION(std::logic_error, Grammar{source});
    }

private:
    static void kinds()
    {
        QTest::addColumn<QString>("kind");
        for (const char *kind : {"sentences", "sentences-zh", "sentences-double"})
            QTest::newRow(kind) << kind;
    }
};

QTEST_APPLESS_MAIN(SentencesTest)
#include "sentences_test.moc"
