// SPDX-License-Identifier: GPL-3.0-only
// What every panel of the registry promises, in a window with a small training.
#include "tests/support/tiny.h"
#include "ui/models/interventions_list.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/help.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/work/live.h"

#include <QAction>
#include <QClipboard>
#include <QCursor>
#include <QDockWidget>
#include <QGuiApplication>
#include <QJsonArray>
#include <QSet>
#include <QSettings>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace samout;

namespace {

constexpr int patience = 60'000;

/// Another choice than this one, of a kind that every control can show; null for what is no plain choice.
QJsonValue otherThan(const QJsonValue &choice)
{
    if (choice.isBool())
        return !choice.toBool();
    if (choice.isDouble())
        return choice.toDouble() == 0 ? 1 : 0;
    return {};
}

int colorsOf(const QImage &picture)
{
    QSet<QRgb> colors;
    for (int y = 0; y < picture.height(); ++y)
        for (int x = 0; x < picture.width(); ++x)
            colors.insert(picture.pixel(x, y));
    return static_cast<int>(colors.size());
}

} // namespace

class PanelsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;
    Theme m_theme{ThemeChoice::Light};

    std::unique_ptr<MainWindow> newWindow(QSettings *settings = nullptr)
    {
        auto window = std::make_unique<MainWindow>(&m_theme, settings);
        window->resize(1280, 800);
        window->show();
        return window;
    }

    static void wait(const MainWindow &window, SessionStatus status)
    {
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), status, patience);
    }

    /// Trains 20 steps, and edits the training after the first.
    static void train(const MainWindow &window)
    {
        const PanelContext &context = window.context();
        context.setup->setOptions(tiny::training(20));
        QSignalSpy stepped(context.live, &Live::stepped);
        context.controls->step()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!stepped.isEmpty(), patience);
        wait(window, SessionStatus::Paused);
        context.controls->apply(SetLearningRate{0.002});
        context.controls->start()->trigger();
        wait(window, SessionStatus::Stopped);
        QTRY_VERIFY_WITH_TIMEOUT(context.workspace->snapshot() && context.workspace->snapshot()->step() == 20,
                                 patience);
    }

private slots:
    void initTestCase() { qputenv("SAMOUT_RUNS", m_home.path().toUtf8()); }

    void eachHasAnIdATitleAndAHelpPage()
    {
        const auto window = newWindow();
        const QList<Panel *> &panels = window->docks()->panels();
        QCOMPARE(panels.size(), static_cast<qsizetype>(panelRegistry().size()));
        QSet<QString> ids, pages{helpText({})};
        for (const Panel *panel : panels) {
            QVERIFY(!panel->title().isEmpty());
            ids.insert(panel->id());
            pages.insert(helpText(panel->id()));
            QVERIFY2(helpText(panel->id()).contains(panel->title()), qPrintable(panel->id()));
        }
        QCOMPARE(ids.size(), panels.size());
        QCOMPARE(pages.size(), panels.size() + 1); // and the page of the keys
    }

    void eachShowsATableAndAPictureAndKeepsItsState()
    {
        const auto window = newWindow();
        train(*window);
        window->context().workspace->compareWith(window->context().workspace->snapshot(), QStringLiteral("itself"));
        for (Panel *panel : window->docks()->panels()) {
            window->docks()->show(panel);
            QTRY_VERIFY2_WITH_TIMEOUT(panel->isVisible(), qPrintable(panel->id()), patience);
            QTest::qWait(100);
            panel->tryOut();
            QTRY_VERIFY2_WITH_TIMEOUT(!panel->busy(), qPrintable(panel->id()), patience);
            const auto rows = [panel] { return panel->table().split(QLatin1Char('\n'), Qt::SkipEmptyParts).size(); };
            QTRY_VERIFY2_WITH_TIMEOUT(rows() > 1, qPrintable(panel->id()), patience);
            QVERIFY2(colorsOf(panel->picture()) > 10, qPrintable(panel->id()));

            const QJsonObject state = panel->state();
            const QString table = panel->table();
            panel->setState(state);
            QVERIFY2(panel->state() == state, qPrintable(panel->id()));
            QVERIFY2(panel->table() == table, qPrintable(panel->id()));
            window->context().interventions->clear();
        }
    }

    void whatWasChosenSurvivesIntoANewWindow()
    {
        QSettings settings(m_home.filePath(QStringLiteral("studio.ini")), QSettings::IniFormat);
        QMap<QString, QJsonObject> chosen;
        {
            const auto window = newWindow(&settings);
            train(*window);
            for (Panel *panel : window->docks()->panels()) {
                const QJsonObject before = panel->state();
                QJsonObject other = before;
                for (const QString &key : before.keys())
                    if (const QJsonValue value = otherThan(before[key]); !value.isNull())
                        other[key] = value;
                panel->setState(other);
                chosen[panel->id()] = panel->state();
            }
            const auto choose = [&](const char *id, const QJsonObject &choice) {
                Panel *panel = window->docks()->panel(QLatin1String(id));
                panel->setState(choice);
                chosen[panel->id()] = panel->state();
                for (const QString &key : choice.keys())
                    QCOMPARE(panel->state()[key], choice[key]);
            };
            choose("states", {{QStringLiteral("site"), QStringLiteral("norm")}, {QStringLiteral("rows"), 2}});
            choose("weights", {{QStringLiteral("parameter"), QStringLiteral("decoder_layers.1.ffn.ffn2.weight")}});
            choose("generate", {{QStringLiteral("prompt"), QStringLiteral("tom")}});
            choose("runs", {{QStringLiteral("filter"), QStringLiteral("no such run")},
                            {QStringLiteral("sort"), QJsonArray{1, false}}});
            choose("statistics", {{QStringLiteral("view"), 5}, {QStringLiteral("head"), 2}});
            window->close();
        }
        const auto window = newWindow(&settings);
        const auto keeps = [&](const Panel *panel) {
            const QJsonObject &choices = chosen[panel->id()];
            return std::ranges::all_of(choices.keys(),
                                       [&](const QString &key) { return panel->state()[key] == choices[key]; });
        };
        for (const Panel *panel : window->docks()->panels())
            QVERIFY2(keeps(panel), qPrintable(panel->id()));
        // Some choices are among what the network has.
        train(*window);
        for (Panel *panel : window->docks()->panels()) {
            window->docks()->show(panel);
            QTRY_VERIFY2_WITH_TIMEOUT(keeps(panel), qPrintable(panel->id()), patience);
        }
        QTRY_VERIFY(window->docks()->panel(QStringLiteral("weights"))->table().contains(QLatin1String("ffn2")));
    }

    void breakpointsAreStoredAtOnce()
    {
        QSettings settings(m_home.filePath(QStringLiteral("breakpoints.ini")), QSettings::IniFormat);
        const QString breakpoints = QStringLiteral("breakpoints");
        // As earlier versions stored them.
        settings.setValue(breakpoints, QStringList{QStringLiteral("off not-finite"), QStringLiteral("on gradient=10")});
        const auto window = newWindow(&settings);
        Panel *panel = window->docks()->panel(breakpoints);
        QCOMPARE(panel->state()[breakpoints].toArray().size(), 2);
        panel->tryOut(); // adds one
        QCOMPARE(panel->state()[breakpoints].toArray().size(), 3);
        const auto another = newWindow(&settings); // while the first is open
        QCOMPARE(another->docks()->panel(breakpoints)->state(), panel->state());
    }

    void ctrlCCopiesWhatEachShows()
    {
        const auto window = newWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QCursor::setPos(0, 0); // over no panel: then the one that has the focus is copied
        for (Panel *panel : window->docks()->panels()) {
            window->docks()->show(panel);
            QTRY_VERIFY2(panel->isVisible(), qPrintable(panel->id()));
            QGuiApplication::clipboard()->clear();
            panel->setFocus();
            QTest::keyClick(panel, Qt::Key_C, Qt::ControlModifier);
            const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
            QVERIFY2(copied && copied->hasImage(), qPrintable(panel->id()));
            QVERIFY2(panel->id() == QLatin1String("generate") || copied->text() == panel->table(),
                     qPrintable(panel->id()));
        }
    }
};

QTEST_MAIN(PanelsTest)
#include "panels_test.moc"
