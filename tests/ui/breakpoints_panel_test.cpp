// SPDX-License-Identifier: GPL-3.0-only
// The list of breakpoints, and the window that goes to where one was met.
#include "tests/support/tiny.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/change/breakpoints_panel.h"
#include "ui/panels/watch/train_panel.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"

#include <QAction>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTreeWidget>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace samout;

using Kind = Breakpoint::Kind;

namespace {

constexpr int patience = 60'000;

/// Adds a breakpoint as the person does.
void add(BreakpointsPanel &panel, Kind kind, const QString &value, int layer = 0)
{
    auto *kinds = panel.findChild<QComboBox *>();
    kinds->setCurrentIndex(kinds->findData(static_cast<int>(kind)));
    panel.findChild<QSpinBox *>()->setValue(layer);
    for (auto *field : panel.findChildren<QLineEdit *>())
        if (field->accessibleName() == QLatin1String("Value"))
            field->setText(value);
    for (auto *button : panel.findChildren<QPushButton *>())
        if (button->text() == QLatin1String("Add"))
            button->click();
}

bool says(const BreakpointsPanel &panel, const QString &text)
{
    const auto labels = panel.findChildren<QLabel *>();
    return std::ranges::any_of(labels, [&](const QLabel *label) { return label->text().contains(text); });
}

} // namespace

class BreakpointsPanelTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;

private slots:
    void initTestCase() { qputenv("SAMOUT_RUNS", m_home.path().toUtf8()); }

    void addsSwitchesEditsRemovesAndKeeps()
    {
        QSettings settings(m_home.filePath(QStringLiteral("settings.ini")), QSettings::IniFormat);
        BreakpointsPanel panel(&settings);
        QSignalSpy changed(&panel, &BreakpointsPanel::changed);
        auto *list = panel.findChild<QTreeWidget *>();
        QCOMPARE(list->topLevelItemCount(), 1); // the not-finite breakpoint
        QVERIFY(panel.active().empty());
        add(panel, Kind::Gradient, QStringLiteral("10"));
        add(panel, Kind::Alpha, QStringLiteral("0.4"), 1);
        QCOMPARE(changed.size(), 2);
        const Breakpoint gradient{.kind = Kind::Gradient, .value = 10};
        const Breakpoint alpha{.kind = Kind::Alpha, .value = 0.4, .layer = 1};
        QCOMPARE(panel.active(), (std::vector<Breakpoint>{gradient, alpha}));

        list->topLevelItem(1)->setCheckState(0, Qt::Unchecked);
        QCOMPARE(panel.active(), (std::vector<Breakpoint>{alpha}));
        list->topLevelItem(2)->setText(1, QStringLiteral("0.3"));
        QCOMPARE(panel.active().front().value, 0.3);
        list->topLevelItem(2)->setText(1, QStringLiteral("much"));
        QCOMPARE(panel.active().front().value, 0.3);
        QCOMPARE(list->topLevelItem(2)->text(1), QStringLiteral("0.3"));
        QVERIFY(says(panel, QStringLiteral("“much” is no number")));
        add(panel, Kind::Step, QStringLiteral("0"));
        QVERIFY(says(panel, QStringLiteral("it should be a whole number from 1 on")));
        QCOMPARE(list->topLevelItemCount(), 3);

        const BreakpointsPanel again(&settings);
        QCOMPARE(again.active(), panel.active());
        QCOMPARE(again.findChild<QTreeWidget *>()->topLevelItem(1)->checkState(0), Qt::Unchecked);

        list->setCurrentItem(list->topLevelItem(1));
        for (auto *button : panel.findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Remove"))
                button->click();
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(panel.active().size(), 1U);
        QCOMPARE(settings.value(QStringLiteral("breakpoints")).toStringList().size(), 1);
    }

    void theOneOfNumbersThatAreNotFiniteIsSwitchedOffAndKept()
    {
        QSettings settings(m_home.filePath(QStringLiteral("not-finite.ini")), QSettings::IniFormat);
        BreakpointsPanel panel(&settings);
        QSignalSpy changed(&panel, &BreakpointsPanel::changed);
        auto *list = panel.findChild<QTreeWidget *>();
        QVERIFY(panel.breaksAtNotFinite());
        QVERIFY(list->topLevelItem(0)->flags() & Qt::ItemIsUserCheckable);
        QVERIFY(list->topLevelItem(0)->flags() & Qt::ItemIsEnabled);
        QCOMPARE(list->topLevelItem(0)->checkState(0), Qt::Checked);
        list->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
        QVERIFY(!panel.breaksAtNotFinite());
        QCOMPARE(changed.size(), 1);
        add(panel, Kind::Step, QStringLiteral("7"));
        TrainingFacts another; // this changes no box
        another.data = openDataset(tiny::training(0).data);
        panel.setTraining(another);
        QVERIFY(!panel.breaksAtNotFinite());

        BreakpointsPanel again(&settings);
        auto *itsList = again.findChild<QTreeWidget *>();
        QVERIFY(!again.breaksAtNotFinite());
        QCOMPARE(itsList->topLevelItem(0)->checkState(0), Qt::Unchecked);
        QCOMPARE(again.active(), panel.active());
        itsList->topLevelItem(0)->setCheckState(0, Qt::Checked);
        QVERIFY(BreakpointsPanel(&settings).breaksAtNotFinite());
    }

    void theWindowGoesWhereItBroke()
    {
        Theme theme(ThemeChoice::Light);
        MainWindow window(&theme, nullptr);
        window.setup()->setOptions(tiny::training(0));
        window.show();
        auto *panel = window.findChild<BreakpointsPanel *>();
        auto *list = panel->findChild<QTreeWidget *>();
        add(*panel, Kind::Step, QStringLiteral("7"));
        window.controls()->start()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.live()->status(), SessionStatus::Paused, patience);
        QCOMPARE(window.trainPanel()->message(), QStringLiteral("Breakpoint: step 7 is made."));
        QCOMPARE(window.workspace()->cursorStep(), 7);
        QCOMPARE(list->topLevelItem(1)->text(2), QStringLiteral("step 7"));
        QCOMPARE(window.shownRun()->breaks().size(), 1U);

        // The person looks at an earlier step and another layer when the next breakpoint is met.
        QTRY_VERIFY_WITH_TIMEOUT(window.shownRun()->lists().snapshots.size() > 3, patience);
        window.shownRun()->goTo(2);
        window.workspace()->setLayer(0);
        add(*panel, Kind::Gradient, QStringLiteral("1e-9"));
        window.controls()->start()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.shownRun()->breaks().size(), 2U, patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.live()->status(), SessionStatus::Paused, patience);
        const BreakpointHit &hit = window.shownRun()->breaks().back();
        QCOMPARE(hit.step, 8);
        QCOMPARE(window.shownRun()->position(), -1);
        QCOMPARE(window.workspace()->layer(), hit.layer);
        QTRY_COMPARE_WITH_TIMEOUT(window.workspace()->snapshot()->step(), 8, patience);

        // The timeline shows both breakpoints.
        TimelineStrip *strip = window.timeline()->strip();
        QSignalSpy hovered(strip, &TimelineStrip::hovered);
        const auto at = [&](int step) { return QPoint(6 + step * (strip->width() - 12) / 8, 20); };
        QTest::mouseMove(strip, at(3));
        QTest::mouseMove(strip, at(7));
        QTRY_VERIFY(!hovered.isEmpty() &&
                    hovered.last()[0].toString().contains(QStringLiteral("Breakpoint: step 7 is made.")));

        window.controls()->stop()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.live()->status(), SessionStatus::Stopped, patience);
    }

    void whatThisTrainingCannotMeetIsSaid()
    {
        BreakpointsPanel panel(nullptr);
        auto *list = panel.findChild<QTreeWidget *>();
        add(panel, Kind::Alpha, QStringLiteral("0.4"), 1);
        add(panel, Kind::Alpha, QStringLiteral("0.4"), 2);
        add(panel, Kind::HeldOut, QStringLiteral("2"));
        TrainingFacts facts;
        facts.options = tiny::training(10);
        facts.options.heldOutEvery = 0;
        facts.config.numLayers = 2;
        facts.data = openDataset(facts.options.data);
        panel.setTraining(facts);
        QCOMPARE(list->topLevelItem(1)->text(2), QString());
        QCOMPARE(list->topLevelItem(2)->text(2), QStringLiteral("never"));
        QVERIFY(list->topLevelItem(2)->toolTip(2).contains(QStringLiteral("0 to 1")));
        QCOMPARE(list->topLevelItem(3)->toolTip(2), QStringLiteral("This training measures no held-out loss."));
    }

    void switchedOffTheTrainingGoesPastIt()
    {
        Theme theme(ThemeChoice::Light);
        MainWindow window(&theme, nullptr);
        TrainingOptions options = tiny::training(40);
        options.learningRate = 1e30;
        window.setup()->setOptions(options);
        window.show();
        auto *list = window.findChild<BreakpointsPanel *>()->findChild<QTreeWidget *>();
        list->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
        QSignalSpy remarked(window.live(), &Live::remarked);
        window.controls()->start()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.live()->status(), SessionStatus::Stopped, patience);
        QVERIFY(window.shownRun()->breaks().empty());
        const auto &snapshots = window.shownRun()->lists().snapshots;
        QTRY_VERIFY_WITH_TIMEOUT(!snapshots.empty() && snapshots.back().step == 40, patience);
        QCOMPARE(remarked.size(), 1);
        QVERIFY(remarked[0][0].toString().contains(QStringLiteral("was not made")));
    }

    void aLossThatIsNotFiniteIsShownAsMet()
    {
        Theme theme(ThemeChoice::Light);
        MainWindow window(&theme, nullptr);
        TrainingOptions options = tiny::training(0);
        options.learningRate = 1e30;
        window.setup()->setOptions(options);
        window.show();
        auto *list = window.findChild<BreakpointsPanel *>()->findChild<QTreeWidget *>();
        window.controls()->start()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.live()->status(), SessionStatus::Paused, patience);
        QVERIFY(list->topLevelItem(0)->text(2).startsWith(QStringLiteral("step ")));
        QVERIFY(window.trainPanel()->message().contains(QStringLiteral("was not made")));
        TimelineStrip *strip = window.timeline()->strip();
        QSignalSpy hovered(strip, &TimelineStrip::hovered);
        QTest::mouseMove(strip, QPoint(20, 20));
        QTest::mouseMove(strip, QPoint(strip->width() - 6, 20));
        QTRY_VERIFY(!hovered.isEmpty() && hovered.last()[0].toString().contains(QStringLiteral("was not made")));
        window.controls()->stop()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.live()->status(), SessionStatus::Stopped, patience);
    }
};

QTEST_MAIN(BreakpointsPanelTest)
#include "breakpoints_panel_test.moc"
