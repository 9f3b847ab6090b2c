// SPDX-License-Identifier: GPL-3.0-only
// Edits of a training, by the panel's buttons.
#include "tests/support/tiny.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/change/edits_panel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <QtTest>

#include <algorithm>

using namespace samout;

namespace {

constexpr int patience = 60'000;

} // namespace

class EditsPanelTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;
    Theme m_theme{ThemeChoice::Light};
    std::unique_ptr<MainWindow> m_window;
    EditsPanel *m_panel = nullptr;

    QPushButton *button(const char *kind) const { return m_panel->findChild<QPushButton *>(QString::fromUtf8(kind)); }
    QLineEdit *field(const QString &name) const
    {
        for (auto *edit : m_panel->findChildren<QLineEdit *>())
            if (edit->accessibleName() == name)
                return edit;
        return nullptr;
    }
    QTreeWidget *list() const { return m_panel->findChild<QTreeWidget *>(); }
    bool says(const QString &text) const
    {
        const auto labels = m_panel->findChildren<QLabel *>();
        return std::ranges::any_of(
            labels, [&](const QLabel *label) { return label->isVisibleTo(m_panel) && label->text().contains(text); });
    }
    void press(const char *kind, int edits)
    {
        QVERIFY(button(kind)->isEnabled());
        button(kind)->click();
        QTRY_COMPARE_WITH_TIMEOUT(list()->topLevelItemCount(), edits, patience);
    }
    void step()
    {
        QSignalSpy stepped(m_window->context().live, &Live::stepped);
        m_window->context().controls->step()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!stepped.isEmpty(), patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->context().live->status(), SessionStatus::Paused, patience);
    }
    std::shared_ptr<const Snapshot> weights()
    {
        QSignalSpy taken(m_window->context().live, &Live::snapshotTaken);
        m_window->context().live->training().send(WantSnapshot{});
        if (taken.isEmpty())
            taken.wait(patience);
        return taken.last()[0].value<std::shared_ptr<const Snapshot>>();
    }
    /// A head's row in the third block, which is shift.
    static std::vector<float> rowOf(const Snapshot &snapshot, int layer, int head)
    {
        const auto combined =
            snapshot.parameter("decoder_layers." + std::to_string(layer) + ".self_attention.combined.weight");
        const auto row = combined.subspan(static_cast<std::size_t>(2 * 12 + head * 4) * 12, 12);
        return {row.begin(), row.end()};
    }

private slots:
    void init()
    {
        qputenv("SAMOUT_RUNS", m_home.path().toUtf8());
        m_window = std::make_unique<MainWindow>(&m_theme, nullptr);
        m_window->context().setup->setOptions(tiny::training(0));
        m_window->show();
        m_panel = m_window->findChild<EditsPanel *>();
    }
    void cleanup()
    {
        m_window->context().controls->stop()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->context().live->active(), patience);
        m_window.reset();
    }

    void saysWhatItIsForUntilSomethingTrains()
    {
        QVERIFY(says(QStringLiteral("Press Start to train.")));
        QVERIFY(!button("freeze_layer")->isEnabled());
        step();
        QVERIFY(!says(QStringLiteral("Press Start")));
        QVERIFY(button("freeze_layer")->isEnabled());
        m_window->context().controls->stop()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(says(QStringLiteral("The training is over.")), patience);
        QVERIFY(!button("freeze_layer")->isEnabled());
    }

    void buttonsChangeTheNetwork()
    {
        step();
        m_window->context().workspace->setLayer(1);
        auto *heads = m_panel->findChild<QComboBox *>();
        QCOMPARE(heads->count(), 3);
        heads->setCurrentIndex(2);
        press("freeze_head", 1);
        QVERIFY(says(QStringLiteral("Frozen now: head 2 of layer 1.")));
        QVERIFY(!button("freeze_head")->isEnabled());
        const auto frozen = rowOf(*weights(), 1, 2), free = rowOf(*weights(), 1, 1);
        step();
        QCOMPARE(rowOf(*weights(), 1, 2), frozen);
        QVERIFY(rowOf(*weights(), 1, 1) != free);
        press("unfreeze_head", 2);
        press("zero_head", 3);
        QCOMPARE(rowOf(*weights(), 1, 2), std::vector<float>(12, 0.0F));
        press("reinitialise_head", 4);
        QVERIFY(rowOf(*weights(), 1, 2) != std::vector<float>(12, 0.0F));

        field(QStringLiteral("Alpha to hold"))->setText(QStringLiteral("0.25"));
        press("hold_alpha", 5);
        QVERIFY(says(QStringLiteral("Alphas held: layer 1 at 0.25.")));
        QCOMPARE(weights()->alphas()[1], 0.25F);
        press("release_alpha", 6);
        QVERIFY(says(QStringLiteral("No alpha is held.")));
        m_window->context().workspace->setLayer(0);
        press("freeze_layer", 7);
        QVERIFY(says(QStringLiteral("Frozen now: layer 0.")));
        press("unfreeze_layer", 8);
        field(QStringLiteral("Learning rate"))->setText(QStringLiteral("0.0125"));
        press("learning_rate", 9);
        QCOMPARE(list()->topLevelItem(0)->text(0), QStringLiteral("1"));
        QCOMPARE(list()->topLevelItem(2)->text(0), QStringLiteral("2"));
        QCOMPARE(list()->topLevelItem(2)->text(1), QStringLiteral("head 2 of layer 1 became 0"));
        m_panel->copyToClipboard();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("2\thold_alpha\t1=0.25\n")));

        // The timeline shows the edits.
        QTRY_COMPARE_WITH_TIMEOUT(m_window->context().shownRun->lists().edits.size(), 9U, patience);
        TimelineStrip *strip = m_window->findChild<TimelineStrip *>();
        QSignalSpy hovered(strip, &TimelineStrip::hovered);
        QTest::mouseMove(strip, QPoint(strip->width() / 2, 20));
        QTest::mouseMove(strip, QPoint(6 + (strip->width() - 12) / 2, 21));
        QTRY_VERIFY(!hovered.isEmpty());
        QVERIFY2(
            hovered.last()[0].toString().contains(QStringLiteral("changed after step 1: head 2 of layer 1 is frozen")),
            qPrintable(hovered.last()[0].toString()));
    }

    void panelsLookAtTheChangedNetworkWhilePaused()
    {
        step();
        QTRY_VERIFY_WITH_TIMEOUT(m_window->context().workspace->snapshot() &&
                                     m_window->context().workspace->snapshot()->step() == 1,
                                 patience);
        m_window->context().workspace->setLayer(0);
        press("zero_head", 1);
        QTRY_COMPARE_WITH_TIMEOUT(rowOf(*m_window->context().workspace->snapshot(), 0, 0), std::vector<float>(12, 0.0F),
                                  patience);
    }

    void whatIsNoNumberIsSaid()
    {
        step();
        field(QStringLiteral("Alpha to hold"))->setText(QStringLiteral("half"));
        button("hold_alpha")->click();
        QVERIFY(says(QStringLiteral("“half” is no number for the alpha")));
        field(QStringLiteral("Learning rate"))->setText(QStringLiteral("-1"));
        button("learning_rate")->click();
        QVERIFY(says(QStringLiteral("The learning rate is -1; it should be above 0")));
        QCOMPARE(list()->topLevelItemCount(), 0);
    }

    void aRunThatGoesOnShowsWhatWasChanged()
    {
        step();
        m_window->context().workspace->setLayer(1);
        press("freeze_layer", 1);
        step();
        const QString folder = m_window->context().shownRun->folder();
        m_window->context().controls->stop()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(m_window->context().live->status(), SessionStatus::Stopped, patience);
        m_window->context().controls->goOnWith(folder, std::nullopt);
        QTRY_COMPARE_WITH_TIMEOUT(m_window->context().live->status(), SessionStatus::Running, patience);
        QCOMPARE(list()->topLevelItemCount(), 1);
        QVERIFY(says(QStringLiteral("Frozen now: layer 1.")));
    }
};

QTEST_MAIN(EditsPanelTest)
#include "edits_panel_test.moc"
