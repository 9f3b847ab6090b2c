// SPDX-License-Identifier: GPL-3.0-only
// Interventions as text: the files that the window saves, and the command line's form.
#include "core/base/error.h"
#include "core/files/interventions_file.h"
#include "core/model/intervention_text.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <functional>
#include <limits>

using namespace samout;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

/// One intervention of every kind, and states in every form.
const std::vector<std::pair<Intervention, std::string>> &everyKind()
{
    static const std::vector<std::pair<Intervention, std::string>> all{
        {SilenceHead{.layer = 1, .head = 2}, "silence 1.2"},
        {SilenceMixer{.layer = 0}, "silence 0.mixer"},
        {SilenceFeedForward{.layer = 11}, "silence 11.feed-forward"},
        {SetAlpha{.layer = 2, .value = 0.1F}, "alpha 2=0.1"},
        {SetStates{.layer = 0, .position = 3, .channel = 5, .values = {2.5F}}, "set 0.5@3=2.5"},
        {SetStates{.layer = 0, .position = 3, .channel = 5, .values = {1.0F / 3, -1e-20F, -infinity}},
         "set 0.5@3=0.33333334:-1e-20:-inf"},
        {SetStates{.layer = 1, .position = 4, .positions = 6, .channel = 17, .values = {infinity}}, "set 1.17@4-9=inf"},
    };
    return all;
}

std::string sentenceOf(const std::function<void()> &work)
{
    try {
        work();
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

} // namespace

class InterventionsFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path file(const std::string &text) const
    {
        const auto path = std::filesystem::path(m_folder.path().toStdString()) / "list.json";
        std::ofstream(path) << text;
        return path;
    }

private Q_SLOTS:
    void everyKindHasItsText()
    {
        for (const auto &[intervention, text] : everyKind()) {
            QCOMPARE(QString::fromStdString(textOf(intervention)), QString::fromStdString(text));
            QVERIFY2(parseIntervention(text) == intervention, text.c_str());
        }
    }

    void whatIsNoInterventionIsSaid_data()
    {
        QTest::addColumn<QString>("said");
        const auto row = [](const char *text, const char *said) { QTest::newRow(text) << QString(said); };
        row("", "should begin with silence, alpha or set");
        row("hide 3", "should begin with silence, alpha or set");
        row("silence", "should be as silence 1.2");
        row("silence 1", "should be as silence 1.2");
        row("silence 1.", "should be as silence 1.2");
        row("silence -1.0", "should be as silence 1.2");
        row("silence 1.tail", "should be as silence 1.2");
        row("silence 99999999999.0", "should be as silence 1.2");
        row("alpha 1", "should be as alpha 1=0.5");
        row("alpha 1=half", "should be as alpha 1=0.5");
        row("set 1.2=3", "should be as set 1.17@4=0.5");
        row("set 1.2@3=", "should be as set 1.17@4=0.5");
        row("set 1.2@3=1:", "should be as set 1.17@4=0.5");
        row("set 1.2@3-2=1", "should be as set 1.17@4=0.5");
        row("set 1.2@3-4=1:2", "should be as set 1.17@4=0.5");
        row("set 1.2@0-2000000000=1", "should be as set 1.17@4=0.5");
    }
    void whatIsNoInterventionIsSaid()
    {
        QFETCH(QString, said);
        const std::string sentence = sentenceOf([] { (void)parseIntervention(QTest::currentDataTag()); });
        QVERIFY2(QString::fromStdString(sentence).contains(said), sentence.c_str());
    }

    void aFileKeepsTheListToTheBit()
    {
        InterventionsFile list{.snapshot = "Füchse.safetensors", .step = 300};
        for (const auto &[intervention, text] : everyKind())
            list.entries.push_back({.intervention = intervention, .on = list.entries.size() % 3 != 1});
        const auto path = file("");
        writeInterventions(path, list);
        const InterventionsFile read = readInterventions(path);
        QCOMPARE(read.snapshot, list.snapshot);
        QCOMPARE(read.step, list.step);
        QVERIFY(read.entries == list.entries);
    }

    /// The file has the bytes that Qt wrote.
    void aFileOfTheFirstEditionOpens()
    {
        const InterventionsFile list = readInterventions(file(R"({
    "interventions": [
        {
            "channel": 5,
            "kind": "states",
            "last": 9,
            "layer": 0,
            "on": true,
            "position": 4,
            "values": [
                0.10000000149011612
            ]
        },
        {
            "channel": 2,
            "kind": "states",
            "layer": 1,
            "on": true,
            "position": 0,
            "values": [
                "-inf",
                1
            ]
        },
        {
            "head": 2,
            "kind": "head",
            "layer": 1,
            "on": false
        },
        {
            "kind": "alpha",
            "layer": 1,
            "on": true,
            "value": 0.5
        },
        {
            "kind": "feed-forward",
            "layer": 0
        }
    ],
    "snapshot": "classroom 7",
    "step": 300
}
)"));
        QCOMPARE(list.snapshot, std::string("classroom 7"));
        QCOMPARE(list.step, 300);
        const std::vector<InterventionsFile::Entry> expected{
            {SetStates{.layer = 0, .position = 4, .positions = 6, .channel = 5, .values = {0.1F}}, true},
            {SetStates{.layer = 1, .position = 0, .channel = 2, .values = {-infinity, 1}}, true},
            {SilenceHead{.layer = 1, .head = 2}, false},
            {SetAlpha{.layer = 1, .value = 0.5F}, true},
            {SilenceFeedForward{.layer = 0}, true},
        };
        QVERIFY(list.entries == expected);
    }

    void whatAnInterventionAddsIsWhatItSays()
    {
        Interventions all;
        for (const auto &[intervention, text] : everyKind())
            all.add(intervention);
        Interventions expected{
            .silencedHeads = {{.layer = 1, .head = 2}},
            .silencedMixers = {0},
            .silencedFeedForwards = {11},
            .alphas = {{.layer = 2, .value = 0.1F}},
            .states = {{.layer = 0, .position = 3, .channel = 5, .values = {2.5F}},
                       {.layer = 0, .position = 3, .channel = 5, .values = {1.0F / 3, -1e-20F, -infinity}}}};
        for (std::int64_t position = 4; position <= 9; ++position)
            expected.states.push_back({.layer = 1, .position = position, .channel = 17, .values = {infinity}});
        QVERIFY(all == expected);
    }
};

QTEST_APPLESS_MAIN(InterventionsFileTest)
#include "interventions_file_test.moc"
