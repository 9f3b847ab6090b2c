// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/config.h"
#include "core/model/mixer.h"
#include "core/model/site.h"
#include "core/model/snapshot.h"
#include "tests/support/files.h"

#include <nlohmann/json.hpp>

#include <fstream>
#include <numeric>
#include <set>

using namespace samout;

class ConfigTest : public QObject {
    Q_OBJECT

    static ModelConfig small()
    {
        return {.vocabSize = 5, .hiddenSize = 6, .numHeads = 2, .numLayers = 2, .paddingId = 3};
    }

    static Snapshot numbered(const ModelConfig &config)
    {
        std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
        std::iota(weights.begin(), weights.end(), 0.0f);
        return Snapshot(config, Vocabulary::ofNumbers(config.vocabSize), 7, std::move(weights));
    }

private Q_SLOTS:
    void layoutIsThePublishedOne()
    {
        std::ifstream stream(files::golden("seed_losses.json"));
        const nlohmann::json golden = nlohmann::json::parse(stream);
        const ModelConfig config;
        std::vector<std::string> names;
        for (const Parameter &parameter : parameterLayout(config))
            names.push_back(parameter.name);
        QVERIFY(names == golden["parameter_order"].get<std::vector<std::string>>());
        QCOMPARE(parameterCount(config), golden["parameters"].get<std::int64_t>());
        QCOMPARE(parameterCount(config), std::int64_t{6302982});
    }

    void shapesAreThePublishedOnes()
    {
        std::map<std::string, std::vector<std::int64_t>> shapes;
        for (const Parameter &parameter : parameterLayout(small()))
            shapes[parameter.name] = parameter.shape;
        using Shape = std::vector<std::int64_t>;
        QCOMPARE(shapes.at("em.weight"), (Shape{5, 6}));
        QCOMPARE(shapes.at("head.weight"), (Shape{5, 6}));
        QCOMPARE(shapes.at("decoder_layers.1.alpha"), Shape{});
        QCOMPARE(shapes.at("decoder_layers.1.self_attention.combined.weight"), (Shape{24, 6}));
        QCOMPARE(shapes.at("decoder_layers.1.ffn.gate.weight"), (Shape{6, 6}));
        QCOMPARE(shapes.at("decoder_layers.1.ffn.gate.bias"), Shape{6});
        QCOMPARE(shapes.at("decoder_layers.1.layer_norm.bias"), Shape{6});
    }

    void arenaIsAlignedWithoutOverlap()
    {
        std::int64_t end = 0;
        for (const Parameter &parameter : parameterLayout(small())) {
            QCOMPARE(parameter.offset % 16, 0);
            QVERIFY(parameter.offset >= end);
            QVERIFY(parameter.offset < end + 16);
            end = parameter.offset + parameter.count();
        }
        QVERIFY(arenaSize(small()) >= end && arenaSize(small()) < end + 16);
    }

    void badSizesAreRefused_data()
    {
        QTest::addColumn<qint64>("vocabulary");
        QTest::addColumn<qint64>("hidden");
        QTest::addColumn<qint64>("heads");
        QTest::addColumn<qint64>("layers");
        QTest::addColumn<qint64>("padding");
        QTest::addColumn<QString>("part");
        const qint64 huge = qint64{1} << 62;
        QTest::newRow("no vocabulary") << qint64{0} << qint64{6} << qint64{2} << qint64{2} << qint64{3}
                                       << "vocabulary size is 0";
        QTest::newRow("negative hidden") << qint64{5} << qint64{-6} << qint64{2} << qint64{2} << qint64{3}
                                         << "hidden size is -6";
        QTest::newRow("no heads") << qint64{5} << qint64{6} << qint64{0} << qint64{2} << qint64{3} << "heads is 0";
        QTest::newRow("no layers") << qint64{5} << qint64{6} << qint64{2} << qint64{0} << qint64{3} << "layers is 0";
        QTest::newRow("indivisible") << qint64{5} << qint64{6} << qint64{4} << qint64{2} << qint64{3} << "into 4 heads";
        QTest::newRow("padding outside") << qint64{5} << qint64{6} << qint64{2} << qint64{2} << qint64{5}
                                         << "from 0 to 4";
        QTest::newRow("padding negative")
            << qint64{5} << qint64{6} << qint64{2} << qint64{2} << qint64{-1} << "padding token is -1";
        QTest::newRow("huge vocabulary") << huge << qint64{6} << qint64{2} << qint64{2} << qint64{3} << "too large";
        QTest::newRow("huge hidden") << qint64{5} << huge << qint64{2} << qint64{2} << qint64{3} << "too large";
        QTest::newRow("many layers") << qint64{5} << qint64{6} << qint64{2} << huge << qint64{3} << "too large";
    }
    void badSizesAreRefused()
    {
        QFETCH(qint64, vocabulary);
        QFETCH(qint64, hidden);
        QFETCH(qint64, heads);
        QFETCH(qint64, layers);
        QFETCH(qint64, padding);
        QFETCH(QString, part);
        const ModelConfig config{.vocabSize = vocabulary,
                                 .hiddenSize = hidden,
                                 .numHeads = heads,
                                 .numLayers = layers,
                                 .paddingId = padding};
        VERIFY_ERROR(config.check(), part.toUtf8());
    }

    void snapshotGivesItsParameters()
    {
        const Snapshot snapshot = numbered(small());
        QCOMPARE(snapshot.step(), std::int64_t{7});
        for (const Parameter &parameter : parameterLayout(small())) {
            const std::span<const float> values = snapshot.parameter(parameter.name);
            QCOMPARE(values.size(), static_cast<std::size_t>(parameter.count()));
            QCOMPARE(values.front(), static_cast<float>(parameter.offset));
        }
        const std::vector<float> alphas = snapshot.alphas();
        QCOMPARE(alphas.size(), std::size_t{2});
        QCOMPARE(alphas[1], snapshot.parameter("decoder_layers.1.alpha").front());
        VERIFY_ERROR(snapshot.parameter("decoder_layers.2.alpha"), "decoder_layers.2.alpha");
    }

    void snapshotRefusesWhatDoesNotFit()
    {
        const ModelConfig config = small();
        const std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
        const Vocabulary vocabulary = Vocabulary::ofNumbers(5);
        VERIFY_ERROR(Snapshot(config, Vocabulary::ofNumbers(6), 0, weights), "has 6 symbols");
        VERIFY_ERROR(Snapshot(config, vocabulary, 0, std::vector<float>(3)), "are 3 numbers");
        ModelConfig bad = config;
        bad.numHeads = 5;
        VERIFY_ERROR(Snapshot(bad, vocabulary, 0, weights), "into 5 heads");
    }

    void sitesHaveNamesOfTheirOwn()
    {
        std::set<std::string_view> names;
        std::set<std::string_view> paths;
        const Mixer &mixer = defaultMixer();
        for (const SiteFacts &facts : mixer.sites()) {
            names.insert(facts.site.name());
            paths.insert(facts.path);
            QVERIFY(mixer.find(facts.site.name()) == &facts);
        }
        QCOMPARE(names.size(), std::size_t{10});
        QCOMPARE(paths.size(), std::size_t{10});
        QVERIFY(Site::Mixed.name() == "mixed" && mixer.find(Site::Mixed)->path == "mixer.out");
        QVERIFY(Site::Out.name() == "out" && mixer.find(Site::Out)->path == "ffn.out");
        QVERIFY(mixer.find(Site::Candidate)->path == "mixer.candidate" &&
                mixer.find(Site::Residual)->path == "residual");
        QVERIFY(!mixer.find("winner"));
    }
};

QTEST_APPLESS_MAIN(ConfigTest)
#include "config_test.moc"
