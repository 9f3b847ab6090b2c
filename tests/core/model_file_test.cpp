// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/model_file.h"
#include "core/files/state_dict.h"
#include "core/runs/open_model.h"
#include "tests/support/files.h"

#include <QTemporaryDir>

#include <cmath>
#include <functional>
#include <limits>

using namespace samout;

namespace {

const std::vector<std::string> symbols = {"[unknown]", "[begin]", "[end]", "[padding]", "a", "é", "词", "\""};

std::shared_ptr<const Snapshot> example(std::int64_t step = 41, bool text = true)
{
    const ModelConfig config{.vocabSize = 8, .hiddenSize = 12, .numHeads = 3, .numLayers = 2, .paddingId = 3};
    std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
    for (const Parameter &parameter : parameterLayout(config))
        for (std::int64_t i = 0; i < parameter.count(); ++i)
            weights[static_cast<std::size_t>(parameter.offset + i)] =
                0.37f * static_cast<float>(parameter.offset + i + step);
    return std::make_shared<const Snapshot>(
        config, text ? Vocabulary::ofSymbols(symbols) : Vocabulary::ofNumbers(config.vocabSize), step,
        std::move(weights));
}

bool sameWeights(const Snapshot &a, const Snapshot &b)
{
    return std::equal(a.weights().begin(), a.weights().end(), b.weights().begin(), b.weights().end());
}

} // namespace

using Change = std::function<void(TensorFile &)>;
Q_DECLARE_METATYPE(Change)

class ModelFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path path(const char *name) const { return m_folder.filePath(name).toStdString(); }

private Q_SLOTS:
    void aSnapshotComesBackWhole()
    {
        for (const bool text : {true, false}) {
            const auto saved = example(41, text);
            saveModel(path("x.safetensors"), *saved);
            const auto opened = openModel(path("x.safetensors"));
            QVERIFY(opened->config() == saved->config());
            QVERIFY(opened->vocabulary() == saved->vocabulary());
            QCOMPARE(opened->step(), std::int64_t{41});
            QVERIFY(sameWeights(*opened, *saved));
        }
    }

    void metadataIsWhatTheFormatSays()
    {
        saveModel(path("x.safetensors"), *example());
        const std::map<std::string, std::string> expected = {
            {"format", "pt"},
            {"mixer", "v8"},
            {"vocab_size", "8"},
            {"hidden_size", "12"},
            {"num_heads", "3"},
            {"num_layers", "2"},
            {"padding_id", "3"},
            {"step", "41"},
            {"vocabulary", "[\"[unknown]\",\"[begin]\",\"[end]\",\"[padding]\",\"a\",\"é\",\"词\",\"\\\"\"]"}};
        QCOMPARE(readSafetensors(path("x.safetensors")).metadata, expected);
    }

    void aStateDictKeepsTheWeights()
    {
        for (const char *name : {"x.pth", "x.pt", "X.PTH"}) {
            saveModel(path(name), *example());
            const auto opened = openModel(path(name));
            QVERIFY(sameWeights(*opened, *example()));
            QVERIFY(opened->vocabulary() == Vocabulary::ofNumbers(8));
            QCOMPARE(opened->config().numHeads, std::int64_t{6}); // a state_dict does not store this
            QCOMPARE(opened->step(), std::int64_t{0});
        }
    }

    void pythonsNetworksAreOpened()
    {
        const auto plain = openModel(files::golden("python.safetensors"));
        QVERIFY((plain->config() ==
                 ModelConfig{.vocabSize = 7, .hiddenSize = 6, .numHeads = 6, .numLayers = 2, .paddingId = 3}));
        QVERIFY(plain->vocabulary().isNumbers());
        QCOMPARE(plain->parameter("em.weight")[1], (7.0f - 32) / 32);
        for (const char *name : {"python_state_dict.pth", "python_checkpoint.pth", "python_no_checksums.pth"})
            QVERIFY2(sameWeights(*openModel(files::golden(name)), *plain), name);

        const auto told = openModel(files::golden("python_metadata.safetensors"));
        QVERIFY((told->config() ==
                 ModelConfig{.vocabSize = 7, .hiddenSize = 6, .numHeads = 2, .numLayers = 2, .paddingId = 4}));
        QCOMPARE(told->step(), std::int64_t{12});
        QCOMPARE(told->vocabulary().symbols()[6], std::string("词"));
        QVERIFY(sameWeights(*told, *plain));
    }

    void prefixesOfWrappedModulesAreTakenOff()
    {
        for (const std::string prefix : {"module.", "_orig_mod.", "module._orig_mod."}) {
            TensorFile file;
            for (const auto &[name, tensor] : tensorFileOf(*example()).tensors)
                file.tensors.emplace(prefix + name, tensor);
            QVERIFY(sameWeights(*snapshotOf(file, "x"), *example()));
        }
    }

    void headsThatNobodyTellsAreSixOrOne()
    {
        const ModelConfig config{.vocabSize = 4, .hiddenSize = 4, .numHeads = 2, .numLayers = 1, .paddingId = 0};
        const Snapshot snapshot(config, Vocabulary::ofNumbers(4, {.padding = 0}), 0,
                                std::vector<float>(static_cast<std::size_t>(arenaSize(config))));
        TensorFile file = tensorFileOf(snapshot);
        file.metadata.clear();
        QCOMPARE(snapshotOf(file, "x")->config().numHeads, std::int64_t{1});
        QCOMPARE(snapshotOf(file, "x")->config().paddingId, std::int64_t{3});
    }

    void numbersThatAreNotFiniteAreLoaded()
    {
        TensorFile file = tensorFileOf(*example());
        const float values[12] = {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()};
        file.tensors["decoder_layers.1.ffn.ffn2.bias"] = StoredTensor::ofFloats({12}, values);
        const auto snapshot = snapshotOf(file, "x");
        QVERIFY(std::isnan(snapshot->parameter("decoder_layers.1.ffn.ffn2.bias")[0]));
        QVERIFY(std::isinf(snapshot->parameter("decoder_layers.1.ffn.ffn2.bias")[1]));
    }

    void aRunFolderOpensItsNewestSnapshot()
    {
        const QString run = m_folder.filePath("run");
        VERIFY_ERROR(openModel(run.toStdString()), "There is no file");
        QDir().mkpath(run);
        VERIFY_ERROR(openModel(run.toStdString()), "is no run folder");
        QDir().mkpath(run + "/snapshots");
        VERIFY_ERROR(openModel(run.toStdString()), "is no run folder");
        for (const std::int64_t step : {9, 100, 20})
            saveModel((run + "/snapshots/step-%1.safetensors").arg(step).toStdString(), *example(step));
        for (const char *other : {"step-999.txt", "step-x.safetensors", ".step-1000.safetensors", "999.safetensors"})
            files::writeContent((run + "/snapshots/" + other).toStdString(), {});
        QCOMPARE(openModel(run.toStdString())->step(), std::int64_t{100});
    }

    void whatDoesNotFitIsNamed_data()
    {
        QTest::addColumn<Change>("change");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char *name, Change change, const char *part) {
            QTest::newRow(name) << change << QByteArray(part);
        };
        const auto tell = [](const char *key, const char *value) {
            return [=](TensorFile &file) { file.metadata[key] = value; };
        };
        const auto drop = [](const char *name) { return [=](TensorFile &file) { file.tensors.erase(name); }; };
        const auto reshape = [](const char *name, std::vector<std::int64_t> shape) {
            return [=](TensorFile &file) { file.tensors.at(name).shape = shape; };
        };
        row(
            "no tensors", [](TensorFile &file) { file.tensors.clear(); }, "\"em.weight\" is missing");
        row("no embedding", drop("em.weight"), "\"em.weight\" is missing");
        row("no head", drop("head.weight"), "\"head.weight\" is missing");
        row("no bias", drop("decoder_layers.1.ffn.gate.bias"), "\"decoder_layers.1.ffn.gate.bias\" is missing");
        row(
            "no layers",
            [](TensorFile &file) {
                std::erase_if(file.tensors, [](const auto &item) { return item.first.starts_with("decoder"); });
            },
            "decoder_layers.0.alpha");
        row(
            "first layer missing",
            [](TensorFile &file) {
                std::erase_if(file.tensors,
                              [](const auto &item) { return item.first.starts_with("decoder_layers.0."); });
            },
            "decoder_layers.0.alpha");
        row(
            "extra tensor", [](TensorFile &file) { file.tensors["extra.weight"] = file.tensors.at("head.weight"); },
            "\"extra.weight\" is no part");
        row(
            "layer with a hole",
            [](TensorFile &file) {
                file.tensors["decoder_layers.7.alpha"] = file.tensors.at("decoder_layers.0.alpha");
            },
            "\"decoder_layers.7.alpha\" is no part");
        row("flat embedding", reshape("em.weight", {96}), "it should be [vocabulary, hidden]");
        row("turned matrix", reshape("decoder_layers.0.self_attention.combined.weight", {12, 48}),
            "has the shape [12, 48]; it should be [48, 12]");
        row("alpha a vector", reshape("decoder_layers.0.alpha", {1}), "has the shape [1]; it should be []");
        row("head of another vocabulary", reshape("head.weight", {12, 8}), "it should be [8, 12]");
        row(
            "integers", [](TensorFile &file) { file.tensors.at("head.weight").type = DType::I32; }, "I32");
        row("vocabulary size", tell("vocab_size", "9"), "gives 9 as vocab_size, its tensors have 8");
        row("hidden size", tell("hidden_size", "24"), "gives 24 as hidden_size, its tensors have 12");
        row("layers", tell("num_layers", "3"), "gives 3 as num_layers, its tensors have 2");
        row("heads that do not divide", tell("num_heads", "5"), "into 5 heads");
        row("no heads", tell("num_heads", "0"), "number of heads is 0");
        row("heads no number", tell("num_heads", "three"), "\"three\" as num_heads");
        row("heads negative", tell("num_heads", "-3"), "\"-3\" as num_heads");
        row("heads and more", tell("num_heads", "3 "), "\"3 \" as num_heads");
        row("padding outside", tell("padding_id", "8"), "from 0 to 7");
        row("step no number", tell("step", "1e3"), "\"1e3\" as step");
        row("step beyond 64 bits", tell("step", "99999999999999999999"), "as step");
        row("vocabulary no JSON", tell("vocabulary", "[\"a\""), "JSON");
        row("vocabulary no list", tell("vocabulary", "\"a\""), "not a list of texts");
        row("vocabulary null", tell("vocabulary", "null"), "0 symbols");
        row("vocabulary of numbers", tell("vocabulary", "[1,2,3,4,5,6,7,8]"), "not a list of texts");
        row("vocabulary too short", tell("vocabulary", "[\"a\",\"b\"]"), "has 2 symbols");
        row("vocabulary deep", tell("vocabulary", "[[[[[[[[["), "deeper");
    }
    void whatDoesNotFitIsNamed()
    {
        QFETCH(Change, change);
        QFETCH(QByteArray, part);
        TensorFile file = tensorFileOf(*example());
        change(file);
        VERIFY_ERROR(snapshotOf(file, "some file"), part);
        VERIFY_ERROR(snapshotOf(file, "some file"), "some file");
    }

    void otherEndingsAreRefused()
    {
        VERIFY_ERROR(saveModel(path("x.bin"), *example()), ".safetensors, .pth or .pt");
        QVERIFY(!std::filesystem::exists(path("x.bin")));
        VERIFY_ERROR(saveModel(path("x"), *example()), ".safetensors, .pth or .pt");
        files::writeContent(path("x.bin"), {});
        VERIFY_ERROR(openModel(path("x.bin")), ".safetensors, .pth or .pt");
        VERIFY_ERROR(openModel(path("none.bin")), "There is no file");
        VERIFY_ERROR(openModel(path("none.safetensors")), "There is no file");
        VERIFY_ERROR(openModel(files::golden("tiny.safetensors")), "\"em.weight\" is missing");
    }
};

QTEST_APPLESS_MAIN(ModelFileTest)
#include "model_file_test.moc"
