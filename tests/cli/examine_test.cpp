// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/questions.h"
#include "tests/cli/running.h"

#include <cmath>

using namespace samout;

namespace {

/// The values of a CSV file without quoted commas, by line.
QList<QStringList> csvRows(const QString &path)
{
    QList<QStringList> rows;
    for (const QByteArray &line : contents(path).split('\n')) {
        QStringList cells;
        QString cell;
        bool quoted = false;
        for (const QChar c : QString::fromUtf8(line)) {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
                cells << std::exchange(cell, QString());
            else
                cell += c;
        }
        if (!line.isEmpty())
            rows << (cells << cell);
    }
    return rows;
}

} // namespace

/// `samout examine`: every question that the window asks.
class ExamineTest : public CliFixture {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        // Two hundred short programs: threads that spin beside those of other tests would make minutes of them.
        qputenv("OMP_WAIT_POLICY", "passive");
        qputenv("OMP_NUM_THREADS", "1");
        const Outcome trained =
            samoutCli({"train", "--preset", "classroom", "--hidden", "12", "--heads", "3", "--layers", "2", "--batch",
                       "4", "--sequence-length", "48", "--steps", "3", "--run", m_run, "--save", m_file});
        QVERIFY2(trained.code == 0, trained.err.constData());
    }
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void answersByItsDefaults_data();
    void answersByItsDefaults();
    void refusesWhatItDoesNotUse_data() { answersByItsDefaults_data(); }
    void refusesWhatItDoesNotUse();
    void asTrainedAsChangedAndTheDifference_data() { answersByItsDefaults_data(); }
    void asTrainedAsChangedAndTheDifference();
    void givesTheNumbersOfInspect();
    void errorsOfADifferenceAddUp();
    void effectsIsAnotherName();
    void aFileKnowsItsDataByItsVocabulary();
    void interventionsAreWrittenAndRead();
    void saysWhatIsMissing();

private:
    /// The question about the tiny run, on few tokens.
    QStringList asked(const QString &id, const QStringList &more = {}) const
    {
        const QuestionKind &kind = *findQuestion(id.toStdString());
        QStringList words{"examine", id, m_run};
        if (kind.other)
            words << m_file;
        if (kind.data)
            words << "--tokens"
                  << "300";
        return words + more;
    }

    const QString m_run = m_shared.filePath("run"), m_file = m_shared.filePath("sentences.safetensors");
};

void ExamineTest::answersByItsDefaults_data()
{
    QTest::addColumn<QString>("id");
    for (const QuestionKind &kind : questionKinds())
        QTest::newRow(kind.id) << QString(kind.id);
    QVERIFY(questionKinds().size() >= 12);
}

void ExamineTest::answersByItsDefaults()
{
    QFETCH(QString, id);
    const Outcome json = samoutCli(asked(id, {"--json"}));
    QVERIFY2(json.code == 0, json.err.constData());
    QCOMPARE(json.objects().size(), 1);
    const QJsonArray objects = json.objects()[0]["rows"].toArray();
    QVERIFY(!objects.isEmpty());
    const Outcome file = samoutCli(asked(id, {"--csv", at("rows.csv")}));
    QVERIFY2(file.code == 0, file.err.constData());
    const QList<QStringList> rows = csvRows(at("rows.csv"));
    QCOMPARE(rows.size(), objects.size() + 1);
    for (qsizetype i = 0; i < objects.size(); ++i)
        for (qsizetype column = 0; column < rows[0].size(); ++column) {
            const QString key = QString(rows[0][column]).replace(' ', '_');
            QVERIFY2(objects[i].toObject().contains(key), qPrintable(key));
            const QJsonValue value = objects[i].toObject()[key];
            const QString text = rows[i + 1][column];
            if (value.isDouble())
                QCOMPARE(text.toDouble(), value.toDouble());
            else if (value.isNull())
                QVERIFY2(text.isEmpty() || text == "NaN", qPrintable(text));
            else
                QCOMPARE(text, value.toString());
        }
    const Outcome text = samoutCli(asked(id));
    QCOMPARE(text.code, 0);
    QVERIFY(text.out.count('\n') > 2);
}

void ExamineTest::refusesWhatItDoesNotUse()
{
    QFETCH(QString, id);
    const QuestionKind &kind = *findQuestion(id.toStdString());
    for (const auto &[uses, option] :
         {std::pair(kind.text, QStringList{"--text", "tom"}), std::pair(kind.data, QStringList{"--data", "sentences"}),
          std::pair(kind.data, QStringList{"--tokens", "9"}), std::pair(kind.word, QStringList{"--word", "thing"}),
          std::pair(kind.channels, QStringList{"--channels", "0"})}) {
        if (uses)
            continue;
        QStringList words{"examine", id, m_run};
        if (kind.other)
            words << m_file;
        const Outcome outcome = samoutCli(words + option);
        QCOMPARE(outcome.code, 2);
        QVERIFY2(outcome.err.contains("does not use " + option[0].toUtf8()), outcome.err.constData());
    }
}

void ExamineTest::asTrainedAsChangedAndTheDifference()
{
    QFETCH(QString, id);
    const QStringList change{"--silence", "1.mixer", "--alpha", "1=0.9"};
    const Outcome outcome = samoutCli(asked(id, change + QStringList{"--json"}));
    QVERIFY2(outcome.code == 0, outcome.err.constData());
    const auto objects = outcome.objects();
    QCOMPARE(objects.size(), 3);
    const char *const names[] = {"as trained", "as changed", "difference"};
    for (qsizetype i = 0; i < 3; ++i)
        QCOMPARE(objects[i]["network"].toString(), names[i]);
    QJsonObject trained = objects[0];
    trained.remove("network");
    if (id != "alike") // whose channels are those that the changed network holds
        QCOMPARE(trained, samoutCli(asked(id, {"--json"})).objects().value(0));
    QCOMPARE(samoutCli(asked(id, change + QStringList{"--csv", at("rows.csv")})).code, 0);
    const QList<QStringList> rows = csvRows(at("rows.csv"));
    QCOMPARE(rows[0][0], "network");
    qsizetype count = 0;
    for (const QJsonObject &object : objects)
        count += object["rows"].toArray().size();
    QCOMPARE(rows.size(), count + 1);
}

void ExamineTest::givesTheNumbersOfInspect()
{
    const QStringList text{"--text", "tom is in the garden. "}, change{"--silence", "1.0", "--set", "0.3@2=7.5"};
    const auto objects =
        samoutCli(QStringList{"examine", "surprise", m_run} + text + change + QStringList{"--json"}).objects();
    QCOMPARE(objects.size(), 3);
    QList<QList<float>> losses; // from the logits of inspect
    for (const QStringList &changes : {QStringList(), change}) {
        const QJsonObject all =
            samoutCli(QStringList{"inspect", m_run} + text + changes + QStringList{"--json"}).objects()[0];
        const QJsonArray tokens = all["tokens"].toArray();
        losses << QList<float>();
        for (qsizetype t = 1; t < tokens.size(); ++t) {
            const QJsonArray logits = all["logits"].toArray()[t - 1].toArray();
            double sum = 0;
            for (const auto &logit : logits)
                sum += std::exp(logit.toDouble());
            losses.back() << static_cast<float>(std::log(sum) - logits[tokens[t].toInt()].toDouble());
        }
    }
    const auto rows = [&](qsizetype side) { return objects[side]["rows"].toArray(); };
    QCOMPARE(rows(0).size(), losses[0].size() + 1);
    QVERIFY(rows(0)[0].toObject()["loss"].isNull()); // the first token is given
    bool changed = false;
    for (qsizetype t = 1; t < rows(0).size(); ++t) {
        const auto loss = [&](qsizetype side) { return rows(side)[t].toObject()["loss"].toDouble(); };
        for (const qsizetype side : {0, 1})
            QVERIFY(std::abs(loss(side) - static_cast<double>(losses[side][t - 1])) < 1e-4);
        QCOMPARE(static_cast<float>(loss(2)), static_cast<float>(loss(1)) - static_cast<float>(loss(0)));
        changed = changed || std::abs(loss(2)) > 1e-3;
    }
    QVERIFY(changed);
}

void ExamineTest::errorsOfADifferenceAddUp()
{
    const auto objects = samoutCli(asked("effects", {"--alpha", "1=0.9", "--json"})).objects();
    const auto row = [&](qsizetype side, qsizetype i) { return objects[side]["rows"].toArray()[i].toObject(); };
    for (const qsizetype i : {0, 3, 7}) { // heads, the mixer
        QCOMPARE(row(2, i)["rise"].toDouble(), row(1, i)["rise"].toDouble() - row(0, i)["rise"].toDouble());
        QCOMPARE(row(2, i)["standard_error"].toDouble(),
                 std::hypot(row(0, i)["standard_error"].toDouble(), row(1, i)["standard_error"].toDouble()));
    }
}

void ExamineTest::effectsIsAnotherName()
{
    for (const QStringList &more : {QStringList{"--json"}, QStringList{}, QStringList{"--channels", "1"},
                                    QStringList{"--silence", "0.1", "--json"}}) {
        const QStringList words = QStringList{m_run, "--tokens", "300"} + more;
        const Outcome one = samoutCli(QStringList{"effects"} + words);
        QCOMPARE(one.code, 0);
        QVERIFY(!one.out.isEmpty());
        QCOMPARE(samoutCli(QStringList{"examine", "effects"} + words).out, one.out);
    }
}

void ExamineTest::aFileKnowsItsDataByItsVocabulary()
{
    const QStringList words{"--data", "sentences", "--tokens", "300", "--json"};
    const Outcome given = samoutCli(QStringList{"examine", "effects", m_file} + words);
    QCOMPARE(given.code, 0);
    QCOMPARE(samoutCli(QStringList{"examine", "effects", m_file} + words.mid(2)).out, given.out);
    // A snapshot in a run has the run's data, of 48 tokens a sequence; that of sentences are 60.
    for (const auto &[model, length] :
         {std::pair(m_file, 59), std::pair(m_run, 47), std::pair(m_run + "/snapshots/step-3.safetensors", 47)})
        QCOMPARE(samoutCli({"examine", "position-loss", model, "--tokens", "300", "--json"})
                     .objects()
                     .value(0)["trained_length"]
                     .toInt(),
                 length);
}

void ExamineTest::interventionsAreWrittenAndRead()
{
    const QStringList change{"--silence", "1.0", "--alpha", "0=0.25", "--set", "0.3@2=7.5"};
    const QString list = at("list.json");
    const Outcome written = samoutCli(asked("reading", change + QStringList{"--save-interventions", list, "--json"}));
    QVERIFY2(written.code == 0, written.err.constData());
    QCOMPARE(samoutCli(asked("reading", {"--interventions", list, "--json"})).out, written.out);
    const QJsonObject file = QJsonDocument::fromJson(contents(list)).object();
    QCOMPARE(file["step"].toInt(), 3);
    QCOMPARE(file["snapshot"].toString(), "run");
    // Of a network without such a layer nothing is written.
    const Outcome missing =
        samoutCli(asked("surprise", {"--silence", "9.0", "--save-interventions", at("missing.json")}));
    QCOMPARE(missing.code, 1);
    QVERIFY(!QFile::exists(at("missing.json")));
}

void ExamineTest::saysWhatIsMissing()
{
    // Bare numbers 0 to 16 are of no built-in data.
    const Outcome unknown = samoutCli({"examine", "effects", m_model});
    QCOMPARE(unknown.code, 1);
    QVERIFY2(unknown.err.contains("--data"), unknown.err.constData());
    QCOMPARE(samoutCli({"examine", "effects", m_model, "--data", m_rows, "--tokens", "40"}).code, 0);
    // Without data its first text is its first tokens.
    const auto read = samoutCli({"examine", "surprise", m_model, "--json"}).objects();
    QCOMPARE(read[0]["rows"].toArray()[0].toObject()["token"].toString(), "4");
    const Outcome words = samoutCli({"examine", "recoverable", m_model});
    QCOMPARE(words.code, 1);
    QVERIFY2(words.err.contains("vocabulary"), words.err.constData());
}

QTEST_GUILESS_MAIN(ExamineTest)
#include "examine_test.moc"
