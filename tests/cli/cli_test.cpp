// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/run.h"
#include "core/train/options.h"
#include "tests/cli/running.h"

#include <algorithm>
#include <cmath>
#include <csignal>
#include <limits>

using namespace samout;

namespace {

/// The largest difference, relative to the largest value of `expected`.
double relativeError(std::span<const float> actual, std::span<const float> expected)
{
    double difference = 0;
    double largest = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        difference = std::max(difference, std::abs(static_cast<double>(actual[i]) - static_cast<double>(expected[i])));
        largest = std::max(largest, std::abs(static_cast<double>(expected[i])));
    }
    return difference / largest;
}

/// A model file with a parameter's numbers changed by hand.
template <typename Change>
void writeEdited(const QString &from, const QString &to, const std::string &parameter, Change change)
{
    TensorFile file = readSafetensors(from.toStdString());
    StoredTensor &tensor = file.tensors.at(parameter);
    std::vector<float> numbers = tensor.floats();
    for (std::size_t i = 0; i < numbers.size(); ++i)
        change(i, numbers[i]);
    tensor = StoredTensor::ofFloats(tensor.shape, numbers.data());
    writeSafetensors(to.toStdString(), file);
}

/// The generated text with the changes: with the state carried, with the state computed anew, and several texts that
/// clear the state.
QList<QByteArray> textsOf(const QString &model, const QStringList &changes = {})
{
    QList<QByteArray> texts;
    for (const QStringList &way :
         {QStringList{}, QStringList{"--context", "9"}, QStringList{"--texts", "3", "--clear-at", "22"}}) {
        const Outcome outcome =
            samoutCli(QStringList{"generate", model, "--tokens", "31,11,2,15,9", "--length", "60", "--seed", "11"} +
                      way + changes);
        texts << (outcome.code == 0 ? outcome.out : "failed: " + outcome.err);
    }
    return texts;
}

} // namespace

class CliTest : public CliFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void trainReproducesGoldenLosses_data();
    void trainReproducesGoldenLosses();
    void evaluateReproducesGoldenLossAndLogits_data();
    void evaluateReproducesGoldenLossAndLogits();
    void inspectReproducesGoldenSites();
    void interventionsAreSeenInEverySite();
    void aFileOfInterventionsIsTheSameAsOptions();
    void anAlphaIsTheWeightInTheFile_data();
    void anAlphaIsTheWeightInTheFile();
    void aSilencedHeadIsItsOutputRemovedByHand_data();
    void aSilencedHeadIsItsOutputRemovedByHand();
    void aSetStateIsReadAndWrittenOnFrom();
    void weightsThatAreNoNumbersAreTold();
    void generateReproducesGreedy_data();
    void generateReproducesGreedy();

    void trainTellsEveryStep();
    void trainTakesEverySetting();
    void trainPrintsAResult();
    void sameSeedSameBits();
    void raggedRowsArePadded();
    void textBecomesVocabulary();
    void memoryIsChosen();
    void interruptionSaves_data();
    void interruptionSaves();
    void divergedTrainingKeepsLastGoodWeights();
    void convertKeepsTheWeights();
    void listsTasksAndDevices();
    void verifiesTheProcessor();
    void writesSeveralTexts();
    void effectsAreThoseOfTheLoss();
    void helpAndVersion();
};

void CliTest::trainReproducesGoldenLosses_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("withMetadata");
    QTest::newRow("tiny") << "tiny" << true;
    QTest::newRow("classroom") << "classroom" << true;
    QTest::newRow("classroom, shapes alone") << "classroom" << false;
}

void CliTest::trainReproducesGoldenLosses()
{
    QFETCH(QString, name);
    QFETCH(bool, withMetadata);
    const TensorFile expected = golden(name);
    writeModel(at("start.safetensors"), expected, "weight.", withMetadata);
    write(at("rows.jsonl"), jsonl(rowsOf(expected.tensors.at("tokens"))));

    const Outcome outcome =
        samoutCli({"train", "--init", at("start.safetensors"), "--data", at("rows.jsonl"), "--batch", "all",
                   "--dropout", "0", "--steps", "10", "--device", "cpu", "--save", at("end.safetensors"), "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const auto steps = outcome.objects();
    const std::vector<float> losses = expected.tensors.at("losses").floats();
    QCOMPARE(steps.size(), static_cast<qsizetype>(losses.size()));
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const double wanted = static_cast<double>(losses[static_cast<std::size_t>(i)]);
        QVERIFY2(std::abs(steps[i]["loss"].toDouble() / wanted - 1) < 2e-3, qPrintable(QString::number(i + 1)));
        QVERIFY(steps[i]["held_out_loss"].isNull());
    }
    const TensorFile end = readSafetensors(at("end.safetensors").toStdString());
    for (const auto &[parameter, tensor] : end.tensors)
        QVERIFY2(relativeError(tensor.floats(), expected.tensors.at("after." + parameter).floats()) < 1e-2,
                 parameter.c_str());
    const QJsonArray alphas = steps.back()["alphas"].toArray();
    for (qsizetype layer = 0; layer < alphas.size(); ++layer) {
        const std::string parameter = "decoder_layers." + std::to_string(layer) + ".alpha";
        QCOMPARE(static_cast<float>(alphas[layer].toDouble()), end.tensors.at(parameter).floats().at(0));
    }
}

void CliTest::evaluateReproducesGoldenLossAndLogits_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("tiny") << "tiny";
    QTest::newRow("classroom") << "classroom";
}

void CliTest::evaluateReproducesGoldenLossAndLogits()
{
    QFETCH(QString, name);
    const TensorFile expected = golden(name);
    writeModel(at("model.safetensors"), expected, "weight.", true);
    write(at("rows.jsonl"), jsonl(rowsOf(expected.tensors.at("tokens"))));
    const Outcome outcome = samoutCli({"evaluate", at("model.safetensors"), "--tokens", at("rows.jsonl"), "--logits",
                                       at("logits.safetensors"), "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(outcome.objects().size(), 1);
    const double loss = static_cast<double>(expected.tensors.at("loss").floats().at(0));
    QVERIFY(std::abs(outcome.objects()[0]["loss"].toDouble() / loss - 1) < 1e-5);

    const StoredTensor logits = readSafetensors(at("logits.safetensors").toStdString()).tensors.at("logits");
    const StoredTensor &wanted = expected.tensors.at("logits");
    QCOMPARE(logits.shape, wanted.shape);
    QVERIFY(relativeError(logits.floats(), wanted.floats()) < 1e-4);
}

void CliTest::inspectReproducesGoldenSites()
{
    const TensorFile expected = golden("classroom");
    writeModel(at("model.safetensors"), expected, "weight.", true);
    const auto rows = rowsOf(expected.tensors.at("tokens"));
    const std::vector<std::int64_t> tokens(rows[1].begin(), rows[1].end() - 1);
    const Outcome outcome =
        samoutCli({"inspect", at("model.safetensors"), "--tokens", listed(tokens), "--out", at("sites.safetensors")});
    QVERIFY2(outcome.code == 0, outcome.err.constData());

    const TensorFile sites = readSafetensors(at("sites.safetensors").toStdString());
    QCOMPARE(sites.tensors.at("tokens").integers(), tokens);
    int compared = 0;
    for (const auto &[name, tensor] : expected.tensors) {
        if (!name.starts_with("layers.") && name != "logits")
            continue;
        QVERIFY2(sites.tensors.contains(name), name.c_str());
        const StoredTensor &site = sites.tensors.at(name);
        QCOMPARE(site.shape, (std::vector<std::int64_t>{1, tensor.shape[1], tensor.shape[2]}));
        const auto rowSize = static_cast<std::size_t>(tensor.shape[1] * tensor.shape[2]);
        const std::vector<float> all = tensor.floats();
        QVERIFY2(relativeError(site.floats(), std::span(all).subspan(rowSize, rowSize)) < 1e-4, name.c_str());
        ++compared;
    }
    QCOMPARE(compared, 3 * 10 + 1);
}

void CliTest::aFileOfInterventionsIsTheSameAsOptions()
{
    QFile file(at("list.json"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(
        R"({"interventions": [{"kind": "head", "layer": 1, "head": 0}, {"kind": "alpha", "layer": 0, "value": 0.25},
        {"kind": "mixer", "layer": 0, "on": false}, {"kind": "feed-forward", "layer": 1},
        {"kind": "states", "layer": 0, "channel": 3, "position": 2, "last": 4, "values": [7.5]}]})");
    file.close();
    const QStringList inFile{"--interventions", at("list.json")};
    const QStringList options{"--silence", "1.0,1.feed-forward", "--alpha", "0=0.25", "--set", "0.3@2-4=7.5"};
    const QStringList inspect{"inspect", m_model, "--tokens", "5,6,7,5,9,4", "--json"};
    const Outcome outcome = samoutCli(inspect + inFile);
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(outcome.out, samoutCli(inspect + options).out);
    QVERIFY(outcome.out != samoutCli(inspect).out);
    const QString model = at("classroom.safetensors");
    writeModel(model, golden("classroom"), "after.", true);
    QVERIFY2(!textsOf(model).first().startsWith("failed"), textsOf(model).first().constData());
    QCOMPARE(textsOf(model, inFile), textsOf(model, options));
    QVERIFY(textsOf(model, inFile) != textsOf(model));
    // Options override the preset.
    QCOMPARE(
        samoutCli(inspect + inFile + QStringList{"--alpha", "0=0.5"}).out,
        samoutCli(inspect + QStringList{"--silence", "1.0,1.feed-forward", "--alpha", "0=0.5", "--set", "0.3@2-4=7.5"})
            .out);

    const Outcome missing = samoutCli(inspect + QStringList{"--interventions", at("none.json")});
    QCOMPARE(missing.code, 1);
    QVERIFY2(missing.err.contains("none.json cannot be read"), missing.err.constData());
}

void CliTest::interventionsAreSeenInEverySite()
{
    const QStringList words{"inspect", m_model, "--tokens", "5,6,7,5,9,4"};
    QCOMPARE(samoutCli(words + QStringList{"--out", at("plain.safetensors")}).code, 0);
    const QStringList changes{"--silence", "1.0", "--alpha", "0=0.25", "--set", "0.3@2=7.5"};
    QCOMPARE(samoutCli(words + changes + QStringList{"--out", at("changed.safetensors")}).code, 0);
    const TensorFile plain = readSafetensors(at("plain.safetensors").toStdString());
    const TensorFile changed = readSafetensors(at("changed.safetensors").toStdString());
    const auto &config = golden("tiny").metadata;
    const auto hidden = std::stoul(config.at("hidden_size")), heads = std::stoul(config.at("num_heads"));

    const std::vector<float> mixed = changed.tensors.at("layers.1.mixer.out").floats();
    for (std::size_t i = 0; i < mixed.size(); ++i)
        QCOMPARE(mixed[i] == 0, i % hidden < hidden / heads);

    const std::vector<float> states = changed.tensors.at("layers.0.mixer.state").floats();
    const std::vector<float> candidates = plain.tensors.at("layers.0.mixer.candidate").floats();
    const StoredTensor &winner = changed.tensors.at("layers.0.mixer.winner");
    QCOMPARE(winner.shape, (std::vector<std::int64_t>{6, static_cast<std::int64_t>(hidden)}));
    float held = 7.5F;
    std::int64_t from = -1;
    for (std::size_t t = 2; t < 6; ++t) {
        if (t > 2 && candidates[t * hidden + 3] >= held) {
            held = candidates[t * hidden + 3];
            from = static_cast<std::int64_t>(t);
        }
        QCOMPARE(states[t * hidden + 3], held);
        QCOMPARE(winner.integers()[t * hidden + 3], from);
    }
    // Layer 0's norm is computed from the input that alpha, 0.25, lets in.
    QVERIFY(changed.tensors.at("layers.0.norm").floats() != plain.tensors.at("layers.0.norm").floats());
    QCOMPARE(changed.tensors.at("layers.1.reading").shape,
             (std::vector<std::int64_t>{6, changed.tensors.at("logits").shape[2]}));

    const QJsonObject all = samoutCli(words + changes + QStringList{"--json"}).objects().value(0);
    QCOMPARE(all["layers.0.mixer.state"].toArray()[2].toArray()[3].toDouble(), 7.5);
    QCOMPARE(all["layers.0.mixer.winner"].toArray()[2].toArray()[3].toInt(), -1);

    // The generated text changes too: without alphas and heads it is another network.
    const QStringList write{"generate", m_model, "--tokens", "5,6,7", "--length", "30", "--json", "--temperature", "0"};
    QCOMPARE(samoutCli(write + QStringList{"--alpha", "0=0.5,1=0.5"}).code, 0);
    QVERIFY(samoutCli(write + QStringList{"--silence", "0.0,0.1,1.0", "--set", "0.0@5=9"}).out != samoutCli(write).out);
    const Outcome missing = samoutCli(words + QStringList{"--silence", "5.0"});
    QCOMPARE(missing.code, 1);
    QVERIFY2(missing.err.contains("There is no layer 5; the network has the layers 0 to"), missing.err.constData());
}

void CliTest::anAlphaIsTheWeightInTheFile_data()
{
    QTest::addColumn<QString>("alpha");
    QTest::addColumn<QList<std::pair<int, float>>>("weights");
    using Weights = QList<std::pair<int, float>>;
    QTest::newRow("of a layer") << "1=0.3" << Weights{{1, 0.3F}};
    QTest::newRow("of two layers") << "0=-0.25,2=1.75" << Weights{{0, -0.25F}, {2, 1.75F}};
}

void CliTest::anAlphaIsTheWeightInTheFile()
{
    QFETCH(QString, alpha);
    using Weights = QList<std::pair<int, float>>;
    QFETCH(Weights, weights);
    const QString model = at("model.safetensors"), edited = at("edited.safetensors");
    writeModel(model, golden("classroom"), "after.", true);
    QVERIFY(QFile::copy(model, edited));
    for (const auto &[layer, value] : weights)
        writeEdited(edited, edited, "decoder_layers." + std::to_string(layer) + ".alpha",
                    [value = value](std::size_t, float &weight) { weight = value; });

    const auto plain = textsOf(model), changed = textsOf(model, {"--alpha", alpha}), byHand = textsOf(edited);
    for (const QByteArray &text : plain)
        QVERIFY2(!text.startsWith("failed"), text.constData());
    QCOMPARE(changed, byHand);
    QVERIFY(changed != plain);

    const auto inspected = [](const QString &file, const QStringList &more) {
        return samoutCli(QStringList{"inspect", file, "--tokens", "31,11,2,15,9,22,31,7"} + more);
    };
    QCOMPARE(inspected(model, {"--out", at("plain")}).code, 0);
    QCOMPARE(inspected(model, {"--alpha", alpha, "--out", at("changed")}).code, 0);
    QCOMPARE(inspected(edited, {"--out", at("by hand")}).code, 0);
    QCOMPARE(readSafetensors(at("changed").toStdString()).tensors.size(), 3U * (10 + 2) + 2);
    QVERIFY(contents(at("changed")) == contents(at("by hand")));
    QVERIFY(contents(at("changed")) != contents(at("plain")));
    QCOMPARE(inspected(model, {"--alpha", alpha, "--json"}).out, inspected(edited, {"--json"}).out);
    QCOMPARE(inspected(model, {"--alpha", alpha}).out, inspected(edited, {}).out);
}

void CliTest::aSilencedHeadIsItsOutputRemovedByHand_data()
{
    QTest::addColumn<QString>("silence");
    QTest::addColumn<QList<std::pair<int, int>>>("heads");
    using Heads = QList<std::pair<int, int>>;
    QTest::newRow("the last") << "2.3" << Heads{{2, 3}};
    QTest::newRow("several") << "1.2,0.0,1.0" << Heads{{1, 2}, {0, 0}, {1, 0}};
}

void CliTest::aSilencedHeadIsItsOutputRemovedByHand()
{
    QFETCH(QString, silence);
    using Heads = QList<std::pair<int, int>>;
    QFETCH(Heads, heads);
    const TensorFile expected = golden("classroom");
    const std::size_t hidden = std::stoul(expected.metadata.at("hidden_size"));
    const std::size_t size = hidden / std::stoul(expected.metadata.at("num_heads"));
    const QString model = at("model.safetensors"), edited = at("edited.safetensors");
    writeModel(model, expected, "after.", true);
    QVERIFY(QFile::copy(model, edited));
    const auto isSilent = [&](int layer, std::size_t channel) {
        return heads.contains(std::pair(layer, static_cast<int>(channel / size)));
    };
    // Where base and shift are 0, (base * state + shift) * state is 0: the rows of Wo, Wo1 and Wo2.
    for (const int layer : {0, 1, 2})
        writeEdited(edited, edited, "decoder_layers." + std::to_string(layer) + ".self_attention.combined.weight",
                    [&](std::size_t i, float &weight) {
                        if (i < 3 * hidden * hidden && isSilent(layer, i / hidden % hidden))
                            weight = 0;
                    });

    const auto plain = textsOf(model), changed = textsOf(model, {"--silence", silence}), byHand = textsOf(edited);
    for (const QByteArray &text : plain)
        QVERIFY2(!text.startsWith("failed"), text.constData());
    QCOMPARE(changed, byHand);
    QVERIFY(changed != plain);

    const QStringList words{"--tokens", "31,11,2,15,9,22,31,7", "--out"};
    QCOMPARE(samoutCli(QStringList{"inspect", model, "--silence", silence} + words + QStringList{at("changed")}).code,
             0);
    QCOMPARE(samoutCli(QStringList{"inspect", edited} + words + QStringList{at("by hand")}).code, 0);
    const TensorFile one = readSafetensors(at("changed").toStdString());
    const TensorFile other = readSafetensors(at("by hand").toStdString());
    QCOMPARE(one.tensors.size(), 3U * (10 + 2) + 2);
    QCOMPARE(one.tensors.size(), other.tensors.size());
    for (const auto &[name, tensor] : one.tensors) {
        const StoredTensor &wanted = other.tensors.at(name);
        QCOMPARE(tensor.shape, wanted.shape);
        if (tensor.type == DType::I64) {
            QVERIFY2(tensor.integers() == wanted.integers(), name.c_str());
            continue;
        }
        const std::vector<float> numbers = tensor.floats(), byFile = wanted.floats();
        // The file has base and shift set to 0 by hand; the intervention silences the head after them, so they are
        // still computed.
        const bool isRemoved = name.ends_with(".base") || name.ends_with(".shift");
        const int layer = name.starts_with("layers.") ? name[7] - '0' : -1;
        for (std::size_t i = 0; i < numbers.size(); ++i) {
            if (isRemoved && isSilent(layer, i % hidden))
                QVERIFY2(byFile[i] == 0 && numbers[i] != 0, name.c_str());
            else
                QVERIFY2(numbers[i] == byFile[i], name.c_str());
        }
    }
}

void CliTest::aSetStateIsReadAndWrittenOnFrom()
{
    const QString model = at("model.safetensors");
    writeModel(model, golden("classroom"), "after.", true);
    const std::size_t hidden = 24;
    // One state in the prompt, and one in the generated text.
    const QStringList set{"--set", "0.3@2=7.5,2.11@20=9"};
    const auto written = [&](const QStringList &more, const QStringList &sampling = {"--temperature", "0"}) {
        const Outcome outcome = samoutCli(
            QStringList{"generate", model, "--tokens", "31,11,2,15,9", "--length", "40", "--json"} + sampling + more);
        if (outcome.code != 0)
            qFatal("%s", outcome.err.constData());
        std::vector<std::int64_t> tokens{31, 11, 2, 15, 9};
        for (const auto token : outcome.objects().at(0)["tokens"].toArray())
            tokens.push_back(token.toInteger());
        return tokens;
    };
    const auto inspected = [&](std::span<const std::int64_t> tokens, const QStringList &more) {
        const Outcome outcome =
            samoutCli(QStringList{"inspect", model, "--tokens", listed(tokens), "--out", at("sites")} + more);
        if (outcome.code != 0)
            qFatal("%s", outcome.err.constData());
        return readSafetensors(at("sites").toStdString());
    };
    const auto changed = written(set), plain = written({});
    QCOMPARE(changed.size(), 45U);
    QVERIFY(changed != plain);
    QVERIFY(written({"--set", "0.3@2=7.5"}) != changed); // the later state counts as well
    QVERIFY(written(set, {"--top-k", "1", "--seed", "4"}) == changed);

    // Every token is the likeliest in the forward pass over the whole text.
    const TensorFile sites = inspected(changed, set), untouched = inspected(changed, {});
    const std::vector<float> logits = sites.tensors.at("logits").floats();
    const auto vocabulary = static_cast<std::ptrdiff_t>(sites.tensors.at("logits").shape[2]);
    for (std::size_t t = 4; t + 1 < changed.size(); ++t) {
        const auto row = logits.begin() + static_cast<std::ptrdiff_t>(t) * vocabulary;
        QCOMPARE(std::max_element(row, row + vocabulary) - row, changed[t + 1]);
    }
    const std::vector<float> before = untouched.tensors.at("logits").floats();
    QVERIFY(std::equal(logits.begin(), logits.begin() + 2 * vocabulary, before.begin()));
    QVERIFY(
        !std::equal(logits.begin() + 2 * vocabulary, logits.begin() + 3 * vocabulary, before.begin() + 2 * vocabulary));

    // That forward pass in turn reads the states that were set.
    for (const int layer : {0, 1, 2}) {
        const auto of = [&](const char *site) {
            return sites.tensors.at("layers." + std::to_string(layer) + ".mixer." + site).floats();
        };
        const std::vector<float> base = of("base"), shift = of("shift"), candidate = of("candidate"),
                                 state = of("state"), mixed = of("out");
        std::vector<float> held(hidden, -std::numeric_limits<float>::infinity());
        for (std::size_t i = 0; i < state.size(); ++i) {
            const std::size_t t = i / hidden, channel = i % hidden;
            held[channel] = layer == 0 && channel == 3 && t == 2     ? 7.5F
                            : layer == 2 && channel == 11 && t == 20 ? 9.0F
                                                                     : std::max(held[channel], candidate[i]);
            QCOMPARE(state[i], held[channel]);
            const double byHand =
                (static_cast<double>(base[i]) * static_cast<double>(state[i]) + static_cast<double>(shift[i])) *
                static_cast<double>(state[i]);
            QVERIFY(std::abs(static_cast<double>(mixed[i]) - byHand) < 1e-5 * std::max(1.0, std::abs(byHand)));
        }
    }

    // A state that is set to its own value changes nothing.
    const float own = untouched.tensors.at("layers.1.mixer.state").floats()[3 * hidden + 5];
    const QString same = "1.5@3=" + QString::number(static_cast<double>(own), 'g', 9);
    QVERIFY(written({"--set", same}) == plain);
    QVERIFY(inspected(changed, {"--set", same}).tensors.at("logits").floats() == before);
}

void CliTest::weightsThatAreNoNumbersAreTold()
{
    QByteArray bytes = contents(m_model);
    bytes.replace(bytes.size() - 4, 4, QByteArray("\0\0\xc0\x7f", 4)); // the last number: NaN
    QFile file(at("nan.safetensors"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    file.close();
    const Outcome outcome = samoutCli({"inspect", file.fileName(), "--tokens", "5,6"});
    QCOMPARE(outcome.code, 0);
    QVERIFY2(outcome.err.contains("are not all numbers, first those of "), outcome.err.constData());
    QVERIFY(!samoutCli({"inspect", m_model, "--tokens", "5,6"}).err.contains("not all numbers"));
}

void CliTest::generateReproducesGreedy_data() { evaluateReproducesGoldenLossAndLogits_data(); }

void CliTest::generateReproducesGreedy()
{
    QFETCH(QString, name);
    const TensorFile expected = golden(name);
    writeModel(at("model.safetensors"), expected, "after.", true);
    const std::vector<std::int64_t> first = rowsOf(expected.tensors.at("tokens"))[0];
    const std::vector<std::int64_t> greedy = expected.tensors.at("greedy").integers();
    const QString prompt = listed(std::span(first).first(5));

    const Outcome outcome = samoutCli(
        {"generate", at("model.safetensors"), "--tokens", prompt, "--length", "40", "--temperature", "0", "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const QJsonObject object = outcome.objects().at(0);
    std::vector<std::int64_t> tokens;
    for (const auto token : object["tokens"].toArray())
        tokens.push_back(token.toInteger());
    QCOMPARE(tokens, greedy);
    QCOMPARE(object["text"].toString(), listed(greedy).replace(',', ' '));

    const Outcome plain =
        samoutCli({"generate", at("model.safetensors"), "--prompt", prompt, "--length", "40", "--temperature", "0"});
    QCOMPARE(plain.out, QString(prompt + "," + listed(greedy)).replace(',', ' ').toUtf8() + "\n");
}

void CliTest::trainTellsEveryStep()
{
    const Outcome outcome = samoutCli({"train", "--hidden", "24", "--layers", "2", "--steps", "3", "--json"});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QVERIFY2(outcome.err.isEmpty(), outcome.err.constData());
    QVERIFY(outcome.out.startsWith("{\"step\":1,\"loss\":"));
    const auto steps = outcome.objects();
    QCOMPARE(steps.size(), 3);
    for (qsizetype i = 0; i < steps.size(); ++i) {
        const QJsonObject &step = steps[i];
        QCOMPARE(step.keys(),
                 QStringList({"alphas", "held_out_loss", "learning_rate", "loss", "seconds", "step", "tokens"}));
        QCOMPARE(step["step"].toInt(), i + 1);
        QVERIFY(step["held_out_loss"].isDouble());
        QCOMPARE(step["learning_rate"].toDouble(), 1e-3);
        QVERIFY(step["seconds"].toDouble() > 0);
        // 100 sequences of 49 targets; some are token 3, which does not count.
        QVERIFY(step["tokens"].toInt() > 4700 && step["tokens"].toInt() < 4900);
        QCOMPARE(step["alphas"].toArray().size(), 2);
    }
}

void CliTest::trainTakesEverySetting()
{
    const QByteArray help = samoutCli({"train", "--help"}).out;
    for (const TrainingOption &option : trainingOptions)
        QVERIFY2(help.contains(QByteArray("  --") + option.name + (option.isFlag() ? "" : " ")), option.name);

    const QMap<QString, QString> given = {{"hidden", "12"},
                                          {"heads", "3"},
                                          {"layers", "1"},
                                          {"data", "sentences"},
                                          {"batch", "3"},
                                          {"steps", "1"},
                                          {"sequence-length", "70"},
                                          {"held-out-every", "2"},
                                          {"seed", "5"},
                                          {"clip", "2"},
                                          {"learning-rate", "0.004"},
                                          {"warmup", "3"},
                                          {"weight-decay", "0.5"},
                                          {"dropout", "0.25"},
                                          {"beta1", "0.5"},
                                          {"beta2", "0.75"},
                                          {"epsilon", "1e-06"},
                                          {"device", "cpu"},
                                          {"threads", "1"},
                                          {"snapshot-megabytes", "3"}};
    QStringList arguments = {"train", "--run", at("settings"), "--cosine"};
    for (auto one = given.begin(); one != given.end(); ++one)
        arguments << "--" + one.key() << one.value();
    const Outcome outcome = samoutCli(arguments);
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const TrainingOptions options = Run(at("settings").toStdString()).facts().options;
    for (const TrainingOption &option : trainingOptions)
        if (given.contains(option.name))
            QCOMPARE(QString::fromStdString(option.text(options)), given[option.name]);
    QVERIFY(options.cosine && !options.bfloat16);
}

void CliTest::trainPrintsAResult()
{
    const Outcome outcome = samoutCli({"train", "--hidden", "24", "--layers", "1", "--steps", "2"});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QVERIFY(outcome.out.contains("steps"));
    QVERIFY(outcome.out.contains("held-out loss"));
    QVERIFY(outcome.out.contains("4.8520"));
    QVERIFY(!outcome.out.contains('\033') && !outcome.err.contains('\033'));
    QVERIFY(outcome.err.contains("step 2/2"));
}

void CliTest::sameSeedSameBits()
{
    const auto trained = [this](const QString &file, const QString &seed) {
        const Outcome outcome = samoutCli({"train", "--data", "sentences", "--batch", "4", "--hidden", "24", "--layers",
                                           "2", "--steps", "3", "--threads", "2", "--seed", seed, "--save", at(file)});
        return outcome.code == 0 ? contents(at(file)) : QByteArray();
    };
    const QByteArray one = trained("one.safetensors", "7");
    QVERIFY(!one.isEmpty());
    QVERIFY(trained("two.safetensors", "7") == one);
    QVERIFY(trained("three.safetensors", "8") != one);
}

void CliTest::raggedRowsArePadded()
{
    write(at("ragged.jsonl"), "[5,6,7,8]\n[9,10]\n");
    write(at("padded.jsonl"), "[5,6,7,8]\n[9,10,3,3]\n");
    const Outcome ragged = samoutCli({"evaluate", m_model, "--tokens", at("ragged.jsonl"), "--json"});
    const Outcome padded = samoutCli({"evaluate", m_model, "--tokens", at("padded.jsonl"), "--json"});
    QVERIFY2(ragged.code == 0, ragged.err.constData());
    QCOMPARE(ragged.out, padded.out);

    const Outcome trained = samoutCli({"train", "--init", m_model, "--data", at("ragged.jsonl"), "--batch", "all",
                                       "--steps", "1", "--dropout", "0", "--json"});
    QVERIFY2(trained.code == 0, trained.err.constData());
    QCOMPARE(trained.objects().at(0)["tokens"].toInt(), 4);
    const double loss = ragged.objects().at(0)["loss"].toDouble();
    QVERIFY(std::abs(trained.objects().at(0)["loss"].toDouble() - loss) < 1e-5);
}

void CliTest::textBecomesVocabulary()
{
    QByteArray text;
    for (int line = 0; line < 40; ++line)
        text += "Käse und 苹果, Zeile " + QByteArray::number(line) + "\n";
    write(at("text.txt"), text);
    const Outcome trained =
        samoutCli({"train", "--data", at("text.txt"), "--batch", "8", "--sequence-length", "20", "--hidden", "24",
                   "--layers", "1", "--steps", "2", "--save", at("model.safetensors"), "--json"});
    QVERIFY2(trained.code == 0, trained.err.constData());
    const QString model = at("model.safetensors");

    const Outcome json = samoutCli({"generate", model, "--prompt", "苹果", "--length", "12", "--seed", "3", "--json"});
    QVERIFY2(json.code == 0, json.err.constData());
    QCOMPARE(json.objects().at(0)["tokens"].toArray().size(), 12);
    const Outcome plain = samoutCli({"generate", model, "--prompt", "苹果", "--length", "12", "--seed", "3"});
    QString expected = "苹果" + json.objects().at(0)["text"].toString();
    if (!expected.endsWith('\n'))
        expected += '\n';
    QCOMPARE(QString::fromUtf8(plain.out), expected);

    const Outcome unknown = samoutCli({"generate", model, "--prompt", "Qx", "--length", "1"});
    QCOMPARE(unknown.code, 0);
    QVERIFY2(unknown.err.contains("2 characters of the prompt are not in the model's vocabulary"),
             unknown.err.constData());
    QCOMPARE(samoutCli({"generate", model, "--prompt", "", "--length", "3"}).code, 0);
    QCOMPARE(samoutCli({"generate", model, "--prompt", "\\n", "--length", "3", "--clear-at", "\\n"}).code, 0);
    const Outcome two = samoutCli({"generate", model, "--prompt", "K", "--length", "3", "--clear-at", "Kä"});
    QCOMPARE(two.code, 1);
    QVERIFY2(two.err.contains("--clear-at"), two.err.constData());
}

void CliTest::memoryIsChosen()
{
    const TensorFile classroom = golden("classroom");
    writeModel(at("model.safetensors"), classroom, "after.", true);
    const auto tokens = [&](const QStringList &memory) {
        return samoutCli(QStringList{"generate", at("model.safetensors"), "--tokens", "31,11,2,15,9", "--length", "40",
                                     "--temperature", "0", "--json"} +
                         memory)
            .out;
    };
    const QByteArray carried = tokens({});
    QVERIFY(!carried.isEmpty());
    QCOMPARE(tokens({"--context", "100"}), carried);
    QVERIFY(tokens({"--context", "1"}) != carried);
    QVERIFY(tokens({"--clear-at", "22"}) != carried);
    QCOMPARE(tokens({"--clear-at", "39"}), carried);
}

void CliTest::interruptionSaves_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
}

void CliTest::interruptionSaves()
{
    QFETCH(int, signal);
    QProcess process;
    process.start(SAMOUT_BINARY, {"train", "--init", m_model, "--data", m_rows, "--batch", "all", "--steps", "0",
                                  "--save", at("model.safetensors"), "--json"});
    while (!process.canReadLine())
        QVERIFY(process.waitForReadyRead(60'000));
    QVERIFY(!QFile::exists(at("model.safetensors")));
    ::kill(static_cast<pid_t>(process.processId()), signal);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    const QByteArray out = process.readAllStandardOutput();
    QVERIFY(out.endsWith('\n'));
    const QByteArray last = out.trimmed().split('\n').back();
    const TensorFile saved = readSafetensors(at("model.safetensors").toStdString());
    const float alpha = saved.tensors.at("decoder_layers.1.alpha").floats().at(0);
    QCOMPARE(static_cast<float>(QJsonDocument::fromJson(last)["alphas"][1].toDouble()), alpha);
}

void CliTest::divergedTrainingKeepsLastGoodWeights()
{
    const Outcome outcome = samoutCli({"train", "--init", m_model, "--data", m_rows, "--batch", "all", "--steps", "50",
                                       "--learning-rate", "1e37", "--save", at("model.safetensors"), "--json"});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.err.startsWith("samout: "), outcome.err.constData());
    QVERIFY2(outcome.err.contains("step "), outcome.err.constData());
    QVERIFY2(outcome.err.contains("The last good weights are in " + at("model.safetensors").toUtf8()),
             outcome.err.constData());
    for (const auto &[name, tensor] : readSafetensors(at("model.safetensors").toStdString()).tensors)
        for (const float value : tensor.floats())
            QVERIFY2(std::isfinite(value), name.c_str());
}

void CliTest::convertKeepsTheWeights()
{
    QCOMPARE(samoutCli({"convert", m_model, at("model.pth")}).code, 0);
    QCOMPARE(samoutCli({"convert", at("model.pth"), at("model.pt")}).code, 0);
    QCOMPARE(samoutCli({"convert", at("model.pt"), at("model.safetensors")}).code, 0);
    const TensorFile before = readSafetensors(m_model.toStdString());
    const TensorFile after = readSafetensors(at("model.safetensors").toStdString());
    QCOMPARE(after.tensors.size(), before.tensors.size());
    for (const auto &[name, tensor] : before.tensors) {
        QVERIFY(after.tensors.at(name).bytes == tensor.bytes);
        QCOMPARE(after.tensors.at(name).shape, tensor.shape);
    }
    const Outcome ours = samoutCli({"evaluate", m_model, "--tokens", m_rows, "--json"});
    QCOMPARE(samoutCli({"evaluate", at("model.pth"), "--tokens", m_rows, "--json"}).out, ours.out);
}

void CliTest::listsTasksAndDevices()
{
    const Outcome tasks = samoutCli({"tasks", "--json"});
    QCOMPARE(tasks.code, 0);
    QStringList names;
    for (const QJsonObject &task : tasks.objects()) {
        names << task["name"].toString();
        QVERIFY(!task["teaches"].toString().isEmpty());
    }
    QVERIFY(names.contains("article") && names.contains("sentences") && names.contains("sentences-zh"));
    const Outcome plain = samoutCli({"tasks"});
    for (const QString &name : names)
        QVERIFY(plain.out.contains(name.toUtf8() + " "));

    const auto devices = samoutCli({"devices", "--json"}).objects();
    QVERIFY(!devices.isEmpty());
    QCOMPARE(devices[0]["id"].toString(), QString("cpu"));
    QVERIFY(devices[0]["memory"].toDouble() > 0);
    QVERIFY(samoutCli({"devices"}).out.startsWith("cpu"));
}

void CliTest::verifiesTheProcessor()
{
    const Outcome outcome = samoutCli({"verify", "--device", "cpu"});
    QVERIFY2(outcome.code == 0, outcome.out.constData());
    QVERIFY(outcome.out.contains("PyTorch"));
    QVERIFY(outcome.out.count("holds") >= 10);
}

void CliTest::writesSeveralTexts()
{
    writeModel(at("start.safetensors"), golden("tiny"), "weight.", true);
    const QStringList words{"generate", at("start.safetensors"), "--tokens", "4,5", "--length", "12", "--json"};
    const auto texts = samoutCli(words + QStringList{"--texts", "3", "--seed", "7"}).objects();
    QCOMPARE(texts.size(), 3);
    for (int i = 0; i < 3; ++i) {
        const auto alone = samoutCli(words + QStringList{"--seed", QString::number(7 + i)}).objects();
        QCOMPARE(alone.size(), 1);
        QCOMPARE(texts[i]["tokens"], alone[0]["tokens"]);
    }
}

void CliTest::effectsAreThoseOfTheLoss()
{
    const QStringList words{"effects", m_model, "--data", m_rows};
    const Outcome outcome = samoutCli(words + QStringList{"--json"});
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    QCOMPARE(outcome.objects().size(), 1);
    const QJsonObject table = outcome.objects()[0];
    const auto evaluated = samoutCli({"evaluate", m_model, "--tokens", m_rows, "--json"}).objects();
    QVERIFY(std::abs(table["loss"].toDouble() - evaluated[0]["loss"].toDouble()) < 1e-6);
    const TensorFile tiny = golden("tiny");
    const auto layers = std::stoi(tiny.metadata.at("num_layers")), heads = std::stoi(tiny.metadata.at("num_heads"));
    QCOMPARE(table["heads"].toArray().size(), layers);
    QCOMPARE(table["heads"].toArray()[0].toArray().size(), heads);
    for (const char *parts : {"mixers", "feed_forwards"})
        QCOMPARE(table[parts].toArray().size(), layers);
    QCOMPARE(table["groups"].toArray().size(), 20);

    // Layer 0's feed-forward is silent if its last product and bias are 0.
    TensorFile model = readSafetensors(m_model.toStdString());
    for (const char *name : {"decoder_layers.0.ffn.ffn2.weight", "decoder_layers.0.ffn.ffn2.bias"}) {
        StoredTensor &tensor = model.tensors.at(name);
        const std::vector<float> zeros(tensor.floats().size());
        tensor = StoredTensor::ofFloats(tensor.shape, zeros.data());
    }
    writeSafetensors(at("silent.safetensors").toStdString(), model);
    const auto silent = samoutCli({"evaluate", at("silent.safetensors"), "--tokens", m_rows, "--json"}).objects();
    QVERIFY(std::abs(table["feed_forwards"].toArray()[0].toObject()["rise"].toDouble() -
                     (silent[0]["loss"].toDouble() - table["loss"].toDouble())) < 1e-6);

    const auto channels =
        samoutCli(words + QStringList{"--channels", "1", "--json"}).objects()[0]["channels"].toArray();
    QCOMPARE(channels.size(), std::stoi(tiny.metadata.at("hidden_size")));
    for (qsizetype i = 1; i < channels.size(); ++i)
        QVERIFY(channels[i - 1].toObject()["rise"].toDouble() >= channels[i].toObject()["rise"].toDouble());
    QVERIFY(samoutCli(words + QStringList{"--channels", "1"}).out.contains("the loss rises by"));
    QCOMPARE(samoutCli(words + QStringList{"--channels", QString::number(layers)}).code, 1);

    const Outcome plain = samoutCli(words);
    QCOMPARE(plain.code, 0);
    QVERIFY2(plain.out.contains("feed-forward") && plain.out.contains("20 random groups"), plain.out.constData());
    QVERIFY(plain.err.contains("to train on")); // a file of rows has no held-out rows
    QCOMPARE(samoutCli({"effects", m_model, "--data", "nothing-like-it"}).code, 1);
    QCOMPARE(samoutCli({"effects", m_model, "--data", m_rows, "--tokens", "0"}).code, 2);
}

void CliTest::helpAndVersion()
{
    const Outcome help = samoutCli({"--help"});
    QCOMPARE(help.code, 0);
    for (const QString command : {"train", "evaluate", "generate", "inspect", "examine", "effects", "convert", "tasks",
                                  "devices", "bench", "verify"}) {
        QVERIFY(help.out.contains(command.toUtf8()));
        const Outcome one = samoutCli({command, "--help"});
        QCOMPARE(one.code, 0);
        QVERIFY(one.out.contains("--help"));
    }
    const Outcome version = samoutCli({"--version"});
    QCOMPARE(version.code, 0);
    QCOMPARE(version.out, QByteArray("samout " SAMOUT_VERSION "\n"));
}

QTEST_GUILESS_MAIN(CliTest)
#include "cli_test.moc"
