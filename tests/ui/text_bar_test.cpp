// SPDX-License-Identifier: GPL-3.0-only
// A text that the network cannot read: a sentence says so, and the last good picture stays.
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/widgets/text_bar.h"
#include "ui/work/live.h"
#include "ui/work/snapshot_feed.h"

#include <QElapsedTimer>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <limits>

using namespace samout;

namespace {

/// The window's wiring, with one panel that wants the states of layer 0.
struct Stage {
    Workspace workspace;
    Live live;
    TextBar bar{&workspace};
    SnapshotFeed feed{&live, &workspace, [](Question &question) {
                          question.layers = {0};
                          question.sites = {Site::State};
                          question.winners = true;
                      }};
    std::shared_ptr<const Examination> last;
    int pictures = 0;

    Stage()
    {
        QObject::connect(&feed, &SnapshotFeed::problem, &bar, &TextBar::setNotice);
        QObject::connect(&feed, &SnapshotFeed::progressed, &bar, &TextBar::setProgress);
        QObject::connect(&feed, &SnapshotFeed::lengthAsked, &bar, &TextBar::askAboutLength);
        QObject::connect(&bar, &TextBar::lengthAllowed, &feed, &SnapshotFeed::allowLength);
        QObject::connect(&bar, &TextBar::readingStopped, &feed, &SnapshotFeed::stopReading);
        QObject::connect(&feed, &SnapshotFeed::examined, [this](const std::shared_ptr<const Examination> &answer) {
            last = answer;
            ++pictures;
        });
        bar.resize(900, 60);
        bar.show();
        workspace.setText(QStringLiteral("the fox"));
        feed.pin(tiny::snapshot());
    }
    QLineEdit *field() { return bar.findChild<QLineEdit *>(); }
    bool waitFor(int count)
    {
        return QTest::qWaitFor([&] { return pictures >= count; }, 60'000);
    }
};

/// A text of `lines` lines of 20 characters.
QString foxes(int lines) { return QStringLiteral("the quick brown fox\n").repeated(lines); }

} // namespace

class TextBarTest : public QObject {
    Q_OBJECT

private slots:
    void emptyAndOneToken()
    {
        Stage stage;
        QVERIFY(stage.waitFor(1));
        stage.field()->selectAll();
        QTest::keyClick(stage.field(), Qt::Key_Delete);
        QVERIFY(stage.workspace.text().isEmpty());
        QVERIFY(stage.bar.line().contains(QStringLiteral("empty")));
        QTest::qWait(50);
        QCOMPARE(stage.pictures, 1);
        QTest::keyClick(stage.field(), Qt::Key_T);
        QVERIFY(stage.waitFor(2));
        QCOMPARE(stage.last->tokens.size(), std::size_t{1});
        QVERIFY(!stage.bar.line().contains(QStringLiteral("empty")));
    }

    void unknownCharactersAreNamedAndMarked()
    {
        Stage stage;
        QVERIFY(stage.waitFor(1));
        const QImage before = stage.field()->grab().toImage();
        stage.workspace.setText(QStringLiteral("the fAß fox, the fA 🦊"));
        QCOMPARE(stage.bar.unknown(),
                 (QStringList{QStringLiteral("A"), QStringLiteral("ß"), QStringLiteral(","), QStringLiteral("🦊")}));
        QVERIFY(stage.waitFor(2));
        QTRY_VERIFY(stage.bar.line().contains(QStringLiteral("“ß”")));
        QVERIFY(stage.bar.line().contains(QStringLiteral("vocabulary")));
        QCOMPARE(std::ranges::count(stage.last->tokens, *usualSpecialTokens.unknown), 5);
        // The unknown character is marked: a network that knows all characters gives other pixels.
        stage.workspace.setText(QStringLiteral("the fox the"));
        const QImage marked = [&] {
            stage.workspace.setText(QStringLiteral("the fix the"));
            const QImage known = stage.field()->grab().toImage();
            stage.feed.pin(tiny::snapshot("the fx")); // without the i
            const QImage image = stage.field()->grab().toImage();
            [&] { QVERIFY(known != image); }();
            return image;
        }();
        stage.feed.pin(tiny::snapshot());
        QVERIFY(stage.bar.unknown().isEmpty());
        QVERIFY(stage.field()->grab().toImage() != marked);
        QVERIFY(stage.field()->text() == QStringLiteral("the fix the"));
        QVERIFY(!stage.bar.typed()); // marking does not count as typing
    }

    void composedCharactersAreOne()
    {
        Stage stage;
        stage.feed.pin(tiny::snapshot("caf\u00e9"));
        stage.workspace.setText(QStringLiteral("cafe\u0301"));
        QVERIFY(stage.bar.unknown().isEmpty());
    }

    void aLongTextIsAskedAbout()
    {
        Stage stage;
        QVERIFY(stage.waitFor(1));
        const QString text = foxes(5'000);
        QElapsedTimer timer;
        timer.start();
        stage.workspace.setText(text);
        qInfo("100,000 characters into the field: %lld ms", timer.elapsed());
        QCOMPARE(stage.field()->text().size(), text.size());
        QVERIFY(stage.bar.allowButton()->isVisible());
        QVERIFY(stage.bar.line().contains(QLocale().toString(text.size())));
        QVERIFY(stage.bar.line().contains(QStringLiteral("some of them")));
        QTest::qWait(100);
        QCOMPARE(stage.pictures, 1);
        QSignalSpy progressed(&stage.feed, &SnapshotFeed::progressed);
        stage.bar.allowButton()->click();
        QVERIFY(!stage.bar.allowButton()->isVisible());
        QVERIFY(stage.waitFor(2));
        QVERIFY(!progressed.isEmpty());
        QCOMPARE(stage.last->length, text.size());
        QVERIFY(stage.last->every > 1 && static_cast<int>(stage.last->tokens.size()) <= SnapshotFeed::mostRows);
        // With other weights the text is the same, and the bar does not ask again. With another text it does.
        stage.feed.pin(tiny::snapshot());
        QVERIFY(stage.waitFor(3));
        stage.workspace.setText(text + QStringLiteral("fox"));
        QVERIFY(stage.bar.allowButton()->isVisible());
        stage.workspace.setText(QStringLiteral("the fox"));
        QVERIFY(stage.waitFor(4));
        QVERIFY(!stage.bar.allowButton()->isVisible());
        QCOMPARE(stage.last->every, std::int64_t{1});
    }

    void theReadingOfALongTextIsStopped()
    {
        Stage stage;
        QVERIFY(stage.waitFor(1));
        const QString text = foxes(50'000);
        stage.workspace.setText(text);
        QVERIFY(!stage.bar.stopButton()->isVisible());
        stage.bar.allowButton()->click();
        QVERIFY(stage.bar.stopButton()->isVisible());
        QSignalSpy progressed(&stage.feed, &SnapshotFeed::progressed);
        QTRY_VERIFY_WITH_TIMEOUT(!progressed.isEmpty(), 60'000);
        QVERIFY(stage.bar.stopButton()->isVisible());
        stage.bar.stopButton()->click();
        // The text may be computed later; the picture stays.
        QVERIFY(!stage.bar.stopButton()->isVisible());
        QVERIFY(stage.bar.allowButton()->isVisible());
        progressed.clear();
        QTest::qWait(500);
        QVERIFY(progressed.isEmpty());
        QCOMPARE(stage.pictures, 1);
        stage.workspace.setText(QStringLiteral("the fox"));
        QVERIFY(stage.waitFor(2));
        QCOMPARE(stage.last->length, 7);
    }

    void aTextThatIsNotComputedEndsTheReadingOfTheOneBefore()
    {
        Stage stage;
        QVERIFY(stage.waitFor(1));
        const QString text = foxes(50'000);
        for (const QString &next : {text + QStringLiteral("fox"), QString()}) {
            stage.workspace.setText(text);
            stage.bar.allowButton()->click();
            QSignalSpy progressed(&stage.feed, &SnapshotFeed::progressed);
            QTRY_VERIFY_WITH_TIMEOUT(!progressed.isEmpty(), 60'000);
            stage.workspace.setText(next);
            QVERIFY(!stage.bar.stopButton()->isVisible());
            const QString line = stage.bar.line();
            progressed.clear();
            QTest::qWait(500);
            QVERIFY(progressed.isEmpty());
            QCOMPARE(stage.bar.line(), line);
        }
        QCOMPARE(stage.pictures, 1);
    }

    void weightsThatAreNotNumbers()
    {
        Stage stage;
        QVERIFY(stage.waitFor(1));
        const auto good = stage.last;
        const auto snapshot = tiny::snapshot();
        std::vector<float> weights(snapshot->weights().begin(), snapshot->weights().end());
        for (const Parameter &parameter : snapshot->parameters())
            if (parameter.name == "decoder_layers.1.ffn.gate.weight")
                weights[static_cast<std::size_t>(parameter.offset)] = std::numeric_limits<float>::quiet_NaN();
        stage.feed.pin(std::make_shared<Snapshot>(snapshot->config(), snapshot->vocabulary(), 12, weights));
        QTRY_VERIFY_WITH_TIMEOUT(stage.bar.line().contains(QStringLiteral("decoder_layers.1.ffn.gate.weight")), 60'000);
        QVERIFY(stage.bar.line().contains(QStringLiteral("step 12")));
        QCOMPARE(stage.last, good);
        stage.feed.pin(tiny::snapshot());
        QVERIFY(stage.waitFor(2));
        QVERIFY(!stage.bar.line().contains(QStringLiteral("not all numbers")));
    }

    void numbersThatAreNotInTheVocabulary()
    {
        Stage stage;
        QVERIFY(stage.waitFor(1));
        const auto small = tiny::snapshot();
        const auto numbers =
            std::make_shared<const Snapshot>(small->config(), Vocabulary::ofNumbers(small->config().vocabSize), 1,
                                             std::vector<float>(small->weights().begin(), small->weights().end()));
        stage.feed.pin(numbers);
        QVERIFY(!stage.bar.line().isEmpty());
        QVERIFY(stage.bar.unknown().isEmpty());
        stage.workspace.setText(QStringLiteral("4 5 999"));
        QVERIFY(stage.bar.line().contains(QStringLiteral("999")));
        stage.workspace.setText(QStringLiteral("4 5 6"));
        QVERIFY(stage.waitFor(2));
        QCOMPARE(stage.last->tokens, (std::vector<std::int64_t>{4, 5, 6}));
    }
};

QTEST_MAIN(TextBarTest)
#include "text_bar_test.moc"
