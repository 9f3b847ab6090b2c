// SPDX-License-Identifier: GPL-3.0-only
// A state put from one text into another.
#include "core/base/error.h"
#include "core/data/grammar.h"
#include "core/data/sentences.h"
#include "core/inspect/examination.h"
#include "core/inspect/patching.h"
#include "tests/support/tiny.h"

#include <QRegularExpression>
#include <QTest>

#include <cmath>
#include <map>

using namespace samout;

namespace {

std::vector<double> after(const std::shared_ptr<const Snapshot> &snapshot, const std::string &text,
                          const Interventions &change = {})
{
    const auto answer = examine({.snapshot = snapshot,
                                 .tokens = snapshot->vocabulary().encode(text),
                                 .layers = {},
                                 .sites = {},
                                 .interventions = change});
    const auto cols = static_cast<std::size_t>(answer->logits.cols);
    const auto p = probabilities(std::span(answer->logits.values).last(cols));
    return {p.begin(), p.end()};
}

double divergence(const std::vector<double> &q, const std::vector<double> &p)
{
    double sum = 0;
    for (std::size_t i = 0; i < q.size(); ++i)
        sum += q[i] * std::log(q[i] / p[i]);
    return sum;
}

} // namespace

class PatchingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void movesAsAStateThatWasSet()
    {
        const auto snapshot = tiny::snapshot();
        const std::vector<TextPair> pairs = {
            {"the fox ", "the box "}, {"brown quick x", "it x"}, {"the nut to", "four to"}};
        const auto table = patchPairs(*snapshot, pairs);
        QCOMPARE(table->pairs, 3);
        for (int layer = 0; layer < 2; ++layer) {
            double plain = 0, left = 0;
            std::vector<double> lefts, plains;
            for (const TextPair &pair : pairs) {
                lefts.push_back(0);
                plains.push_back(0);
                for (const auto &[from, towards] : {std::pair(pair.one, pair.other), std::pair(pair.other, pair.one)}) {
                    const auto there = examine({.snapshot = snapshot,
                                                .tokens = snapshot->vocabulary().encode(towards),
                                                .layers = {layer},
                                                .sites = {Site::State}});
                    const Grid &states = *there->find(layer, Site::State);
                    const Interventions change{
                        .states = {{.layer = layer,
                                    .position = static_cast<std::int64_t>(from.size()) - 1,
                                    .channel = 0,
                                    .values = {states.values.end() - states.cols, states.values.end()}}}};
                    const auto q = after(snapshot, towards);
                    lefts.back() += divergence(q, after(snapshot, from, change));
                    plains.back() += divergence(q, after(snapshot, from));
                }
                plain += plains.back();
                left += lefts.back();
            }
            double squares = 0;
            for (std::size_t i = 0; i < lefts.size(); ++i)
                squares += std::pow(lefts[i] - left / plain * plains[i], 2);
            const PatchTable::Layer &got = table->layers[static_cast<std::size_t>(layer)];
            QVERIFY(std::abs(got.moved - (1 - left / plain)) < 1e-3);
            QVERIFY(std::abs(got.error - std::sqrt(squares * 3 / 2) / plain) < 1e-3);
            QVERIFY(std::abs(table->distance - plain / 6) < 1e-5);
        }
        // The last tokens are the same, so all states together decide the prediction.
        QVERIFY(std::abs(table->allLayers - 1) < 1e-3);
    }

    void pairsDifferInTheirWord()
    {
        for (const LabelledWord word : {LabelledWord::Name, LabelledWord::Animal, LabelledWord::Thing}) {
            const auto pairs = labelledPairs(word, 100);
            QCOMPARE(pairs.size(), 100U);
            QVERIFY(pairs[3].one == labelledPairs(word, 4)[3].one);
            for (const TextPair &pair : pairs) {
                QVERIFY(pair.one != pair.other);
                QVERIFY(pair.one.starts_with('\n') && pair.one.back() == ' ' && pair.other.back() == ' ');
                QCOMPARE(std::ranges::count(pair.one, ' '), std::ranges::count(pair.other, ' '));
            }
        }
        // The English sentences have all their characters.
        DataOptions options;
        options.source = "sentences";
        options.batch = 1;
        options.sequenceLength = 64;
        const auto data = openDataset(options);
        for (const LabelledWord word : {LabelledWord::Name, LabelledWord::Animal, LabelledWord::Thing})
            for (const TextPair &pair : labelledPairs(word, 100))
                QCOMPARE(std::ranges::count(data->vocabulary().encode(pair.one + pair.other), std::int64_t{0}), 0);
    }

    void chinesePairsAreSentencesOfTheirGrammar()
    {
        const Grammar grammar(grammarNamed("sentences-zh"));
        const auto anyOf = [&](const char *list, std::size_t form = 0) {
            QStringList words;
            for (const std::vector<std::string> &forms : grammar.wordsOf(grammar.findList(list)))
                words += QRegularExpression::escape(QString::fromStdString(forms.at(form)));
            return QStringLiteral("(?:%1)").arg(words.join(QLatin1Char('|')));
        };
        const std::map<LabelledWord, QString> beginnings = {
            {LabelledWord::Name, "\n(" + anyOf("名") + ")会" + anyOf("会") + "吗？"},
            {LabelledWord::Animal,
             "\n" + anyOf("曾") + anyOf("名") + "在" + anyOf("处") + "看见一(" + anyOf("宠", 1) + ")" + anyOf("毛")},
            {LabelledWord::Thing, "\n" + anyOf("名") + "把(" + anyOf("物") + ")放在" + anyOf("放") + "。"},
        };
        const auto snapshot = tiny::snapshot("\n" + grammar.characters());
        QCOMPARE(sentenceLanguage(snapshot->vocabulary()), SentenceLanguage::Chinese);
        QCOMPARE(sentenceLanguage(tiny::snapshot()->vocabulary()), SentenceLanguage::English);
        QCOMPARE(sentenceLanguage(Vocabulary::ofNumbers(128)), SentenceLanguage::English);
        for (const auto &[word, beginning] : beginnings) {
            const QRegularExpression expected(QRegularExpression::anchoredPattern(beginning));
            const auto pairs = labelledPairs(word, 100, SentenceLanguage::Chinese);
            QCOMPARE(pairs.size(), 100U);
            for (const TextPair &pair : pairs) {
                const QString one = QString::fromStdString(pair.one), other = QString::fromStdString(pair.other);
                const auto first = expected.match(one), second = expected.match(other);
                QVERIFY2(first.hasMatch() && second.hasMatch(), (pair.one + pair.other).c_str());
                // The two texts differ in one word.
                QVERIFY(first.captured(1) != second.captured(1));
                QCOMPARE(QString(one).replace(first.capturedStart(1), first.capturedLength(1), second.captured(1)),
                         other);
            }
            const auto table = patchPairs(*snapshot, pairs);
            QVERIFY(table->distance > 0);
            QVERIFY(std::abs(table->allLayers - 1) < 1e-3);
        }
        // "He" or "she" follows: one of the two names is a man's, the other a woman's.
        std::map<std::string, std::string> pronouns;
        for (const std::vector<std::string> &forms : grammar.wordsOf(grammar.findList("名")))
            pronouns[forms[0]] = forms[1];
        for (const TextPair &pair : labelledPairs(LabelledWord::Name, 100, SentenceLanguage::Chinese)) {
            const auto pronounIn = [&](const std::string &text) {
                return pronouns.at(text.substr(1, text.find("会") - 1));
            };
            QCOMPARE(pronounIn(pair.one), std::string("他"));
            QCOMPARE(pronounIn(pair.other), std::string("她"));
        }
    }

    void whatCannotBeReadIsSaid()
    {
        const auto snapshot = tiny::snapshot();
        QVERIFY_THROWS_EXCEPTION(Error, patchPairs(*snapshot, {}));
        QVERIFY_THROWS_EXCEPTION(Error, patchPairs(*snapshot, {{"THE", "the"}}));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!patchPairs(*snapshot, {{"the", "fox"}}, {}, stop.get_token()));
    }
};

QTEST_APPLESS_MAIN(PatchingTest)
#include "patching_test.moc"
