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
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
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
        BreakpointsPanel panel;
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

        BreakpointsPanel again;
        again.setState(panel.state());
        QCOMPARE(again.active(), panel.active());
        QCOMPARE(again.findChild<QTreeWidget *>()->topLevelItem(1)->checkState(0), Qt::Unchecked);

        list->setCurrentItem(list->topLevelItem(1));
        for (auto *button : panel.findChildren<QPushButton *>())
            if (button->text() == QLatin1String("Remove"))
                button->click();
        QCOMPARE(list->topLevelItemCount(), 2);
        QCOMPARE(panel.active().size(), 1U);
        QCOMPARE(panel.state()[QLatin1String("breakpoints")].toArray().size(), 1);
    }

    void theOneOfNumbersThatAreNotFiniteIsSwitchedOffAndKept()
    {
        BreakpointsPanel panel;
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

        BreakpointsPanel again;
        again.setState(panel.state());
        auto *itsList = again.findChild<QTreeWidget *>();
        QVERIFY(!again.breaksAtNotFinite());
        QCOMPARE(itsList->topLevelItem(0)->checkState(0), Qt::Unchecked);
        QCOMPARE(again.active(), panel.active());
        itsList->topLevelItem(0)->setCheckState(0, Qt::Checked);
        panel.setState(again.state());
        QVERIFY(panel.breaksAtNotFinite());
    }

    void theWindowGoesWhereItBroke()
    {
        Theme theme(ThemeChoice::Light);
        MainWindow window(&theme, nullptr);
        window.context().setup->setOptions(tiny::training(0));
        window.show();
        auto *panel = window.findChild<BreakpointsPanel *>();
        auto *list = panel->findChild<QTreeWidget *>();
        add(*panel, Kind::Step, QStringLiteral("7"));
        window.context().controls->start()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), SessionStatus::Paused, patience);
        QCOMPARE(window.findChild<TrainPanel *>()->message(), QStringLiteral("Breakpoint: step 7 is made."));
        QCOMPARE(window.context().workspace->cursorStep(), 7);
        QCOMPARE(list->topLevelItem(1)->text(2), QStringLiteral("step 7"));
        QCOMPARE(window.context().shownRun->breaks().size(), 1U);

        // The person looks at an earlier step and another layer when the next breakpoint is met.
        QTRY_VERIFY_WITH_TIMEOUT(window.context().shownRun->lists().snapshots.size() > 3, patience);
        window.context().shownRun->goTo(2);
        window.context().workspace->setLayer(0);
        add(*panel, Kind::Gradient, QStringLiteral("1e-9"));
        window.context().controls->start()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.context().shownRun->breaks().size(), 2U, patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), SessionStatus::Paused, patience);
        const BreakpointHit &hit = window.context().shownRun->breaks().back();
        QCOMPARE(hit.step, 8);
        QCOMPARE(window.context().shownRun->position(), -1);
        QCOMPARE(window.context().workspace->layer(), hit.layer);
        QTRY_COMPARE_WITH_TIMEOUT(window.context().workspace->snapshot()->step(), 8, patience);

        // The timeline shows both breakpoints.
        TimelineStrip *strip = window.findChild<TimelineStrip *>();
        QSignalSpy hovered(strip, &TimelineStrip::hovered);
        const auto at = [&](int step) { return QPoint(6 + step * (strip->width() - 12) / 8, 20); };
        QTest::mouseMove(strip, at(3));
        QTest::mouseMove(strip, at(7));
        QTRY_VERIFY(!hovered.isEmpty() &&
                    hovered.last()[0].toString().contains(QStringLiteral("Breakpoint: step 7 is made.")));

        window.context().controls->stop()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), SessionStatus::Stopped, patience);
    }

    void whatThisTrainingCannotMeetIsSaid()
    {
        BreakpointsPanel panel;
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
        window.context().setup->setOptions(options);
        window.show();
        auto *list = window.findChild<BreakpointsPanel *>()->findChild<QTreeWidget *>();
        list->topLevelItem(0)->setCheckState(0, Qt::Unchecked);
        QSignalSpy remarked(window.context().live, &Live::remarked);
        window.context().controls->start()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), SessionStatus::Stopped, patience);
        QVERIFY(window.context().shownRun->breaks().empty());
        const auto &snapshots = window.context().shownRun->lists().snapshots;
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
        window.context().setup->setOptions(options);
        window.show();
        auto *list = window.findChild<BreakpointsPanel *>()->findChild<QTreeWidget *>();
        window.context().controls->start()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), SessionStatus::Paused, patience);
        QVERIFY(list->topLevelItem(0)->text(2).startsWith(QStringLiteral("step ")));
        QVERIFY(window.findChild<TrainPanel *>()->message().contains(QStringLiteral("was not made")));
        TimelineStrip *strip = window.findChild<TimelineStrip *>();
        QSignalSpy hovered(strip, &TimelineStrip::hovered);
        QTest::mouseMove(strip, QPoint(20, 20));
        QTest::mouseMove(strip, QPoint(strip->width() - 6, 20));
        QTRY_VERIFY(!hovered.isEmpty() && hovered.last()[0].toString().contains(QStringLiteral("was not made")));
        window.context().controls->stop()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), SessionStatus::Stopped, patience);
    }
};

QTEST_MAIN(BreakpointsPanelTest)
#include "breakpoints_panel_test.moc"
