// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/training_setup.h"
#include "ui/panels/watch/train_panel.h"
#include "ui/widgets/training_controls.h"
#include "ui/work/live.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QLineEdit>
#include <QtTest>

#include <cmath>

using namespace samout;

/// The training gets the settings that the person types; wrong settings are reported at once and cannot be started.
class TrainPanelTest : public QObject {
    Q_OBJECT

private:
    Live live;
    TrainingSetup setup;
    TrainingControls controls{&live, &setup};
    TrainPanel panel{&setup, &controls};

    QLineEdit *field(const QString &name)
    {
        for (auto *edit : panel.findChildren<QLineEdit *>())
            if (edit->accessibleName() == name)
                return edit;
        return nullptr;
    }

    void type(const QString &name, const QString &text)
    {
        QLineEdit *edit = field(name);
        edit->selectAll();
        QTest::keyClicks(edit, text);
    }

    QComboBox *chooser(const QString &name)
    {
        for (auto *box : panel.findChildren<QComboBox *>())
            if (box->accessibleName() == name)
                return box;
        return nullptr;
    }

private slots:
    void init() { setup.choosePreset(QStringLiteral("classroom")); }

    void takesWhatIsTyped()
    {
        type(QStringLiteral("Hidden"), QStringLiteral("48"));
        type(QStringLiteral("Learning rate"), QStringLiteral("0.0125"));
        type(QStringLiteral("Seed"), QStringLiteral("17"));
        QCOMPARE(setup.options().hiddenSize, 48);
        QCOMPARE(setup.options().learningRate, 0.0125);
        QCOMPARE(setup.options().seed, 17);
        QVERIFY(setup.problem().isEmpty());
        QVERIFY(controls.start()->isEnabled());
        QCOMPARE(setup.preset(), QString());
    }

    void refusesWhatCannotBe_data()
    {
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("text");
        QTest::newRow("learning rate 0") << "Learning rate"
                                         << "0";
        QTest::newRow("learning rate negative") << "Learning rate"
                                                << "-1";
        QTest::newRow("learning rate NaN") << "Learning rate"
                                           << "nan";
        QTest::newRow("no number") << "Learning rate"
                                   << "fast";
        QTest::newRow("heads do not divide") << "Heads"
                                             << "7";
        QTest::newRow("no layers") << "Layers"
                                   << "0";
        QTest::newRow("dropout 1") << "Dropout"
                                   << "1";
        QTest::newRow("empty") << "Hidden"
                               << "x";
    }

    void refusesWhatCannotBe()
    {
        QFETCH(QString, field);
        QFETCH(QString, text);
        type(field, text);
        QVERIFY(!setup.problem().isEmpty());
        QVERIFY(!controls.start()->isEnabled());
        QVERIFY(!controls.step()->isEnabled());
        // A preset replaces all settings, typed ones included.
        setup.choosePreset(QStringLiteral("article"));
        QCOMPARE(setup.problem(), QString());
        QVERIFY(controls.start()->isEnabled());
        QCOMPARE(this->field(QStringLiteral("Hidden"))->text(), QStringLiteral("384"));
        QCOMPARE(this->field(QStringLiteral("Learning rate"))->text(), QStringLiteral("0.001"));
    }

    void choosersFollowAndLead()
    {
        QComboBox *preset = chooser(QStringLiteral("Preset"));
        QCOMPARE(preset->currentData().toString(), QStringLiteral("classroom"));
        QComboBox *data = chooser(QStringLiteral("Data"));
        const int zh = data->findData(QStringLiteral("sentences-zh"));
        QVERIFY(zh >= 0);
        emit data->activated(zh);
        QCOMPARE(setup.source(), QStringLiteral("sentences-zh"));
        QCOMPARE(preset->currentData().toString(), QStringLiteral("classroom"));
        type(QStringLiteral("Layers"), QStringLiteral("3"));
        QCOMPARE(preset->currentData().toString(), QString());
        setup.setSource(QStringLiteral("/somewhere/novel.txt"));
        QCOMPARE(data->currentText(), QStringLiteral("novel.txt"));
    }

    void showsTheLastStep()
    {
        StepMetrics metrics;
        metrics.step = 12;
        metrics.loss = 1.23456789;
        metrics.heldOutLoss = 2.5;
        metrics.learningRate = 0.003;
        metrics.seconds = 0.1;
        metrics.tokens = 100;
        panel.addSteps({metrics});
        metrics.step = 13;
        metrics.heldOutLoss.reset();
        metrics.loss = std::nan("");
        panel.addSteps({metrics});
        panel.copyToClipboard();
        const QString table = QGuiApplication::clipboard()->text();
        QVERIFY2(table.contains(QStringLiteral("Step\t13")), qPrintable(table));
        QVERIFY(table.contains(QStringLiteral("Loss\tNaN")));
        QVERIFY(table.contains(QStringLiteral("Held-out loss\t2.5")));
        QVERIFY(table.contains(QStringLiteral("Steps a second\t10")));
    }

    void saysWhyItPausedOrFailed()
    {
        panel.setStatus(SessionStatus::Paused, QStringLiteral("The loss of step 7 is NaN."));
        QCOMPARE(panel.message(), QStringLiteral("The loss of step 7 is NaN."));
        panel.setStatus(SessionStatus::Preparing, {});
        QCOMPARE(panel.message(), QString());
        panel.setStatus(SessionStatus::Failed, QStringLiteral("There is no such file."));
        QCOMPARE(panel.message(), QStringLiteral("There is no such file."));
    }
};

QTEST_MAIN(TrainPanelTest)
#include "train_panel_test.moc"
