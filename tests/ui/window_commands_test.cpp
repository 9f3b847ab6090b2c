// SPDX-License-Identifier: GPL-3.0-only
// Every menu entry, shortcut and button of the window is a command.
#include "tests/support/tiny.h"

#include "core/commands/command_table.h"
#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/widgets/command_form.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/theme.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"

#include <QAbstractButton>
#include <QAction>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDir>
#include <QDockWidget>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <set>

using namespace samout;

namespace {

struct Exception {
    /// The class, the object's name or the text.
    const char *name;
    const char *reason;
};
/// What is no command.
constexpr Exception exceptions[] = {
    {"QTableCornerButton", "Qt's own, chooses all rows of a table"},
    {"QDockWidgetTitleButton", "Qt's own, hidden: a panel's header takes the place of the dock's title"},
    {"qt_toolbar_ext_button", "Qt's own, shows what has no room in a toolbar"},
    {"qt_menubar_ext_button", "Qt's own, shows what has no room in the menu bar"},
    {"QToolBar", "Qt's own, hides a toolbar; no menu shows it"},
    {"QLineEditIconButton", "Qt's own, clears a field"},
    {"_q_qlineeditclearaction", "Qt's own, clears a field"},
    {"ScrollLeftButton", "Qt's own, scrolls tabs"},
    {"ScrollRightButton", "Qt's own, scrolls tabs"},
    {"Nothing was opened yet.", "says that a menu is empty"},
};
static_assert(std::size(exceptions) <= 10);

bool isException(const QObject *object, const QString &text)
{
    const QObject *parent = object->parent();
    return std::ranges::any_of(exceptions, [&](const Exception &exception) {
        const QString name = QString::fromLatin1(exception.name);
        const bool toolBarToggle = name == QLatin1String("QToolBar") && parent && parent->inherits("QToolBar");
        return object->metaObject()->className() == name || object->objectName() == name || text == name ||
               (toolBarToggle && qobject_cast<const QAction *>(object));
    });
}

} // namespace

class WindowCommandsTest : public QObject {
    Q_OBJECT

    Theme theme{ThemeChoice::Light};

    std::unique_ptr<MainWindow> newWindow()
    {
        auto window = std::make_unique<MainWindow>(&theme, nullptr);
        window->context().setup->setOptions(tiny::training(10));
        window->resize(1280, 800);
        window->show();
        return window;
    }

    /// Empty if all commands were carried out.
    static QString problemOf(MainWindow &window, const std::vector<CommandCall> &calls)
    {
        CommandRunner runner(window.commands(), calls);
        QSignalSpy finished(&runner, &CommandRunner::finished), failed(&runner, &CommandRunner::failed);
        runner.begin();
        if (!QTest::qWaitFor([&] { return finished.count() + failed.count() > 0; }, 300'000))
            return QStringLiteral("the commands do not end");
        return failed.isEmpty() ? QString() : failed[0][0].toString();
    }

    static std::vector<CommandCall> trained()
    {
        return {{.id = "training.start"}, {.id = "training.wait", .arguments = {{"step", "10"}}}};
    }

    static void checkCarrier(const QObject *object, const QString &text)
    {
        const std::string id = commandOf(object).toStdString();
        if (id.empty() ? !isException(object, text) : !findCommand(id))
            QFAIL(qPrintable(QStringLiteral("%1 “%2” (%3) carries no command, but “%4”")
                                 .arg(QString::fromLatin1(object->metaObject()->className()), text,
                                      object->objectName(), QString::fromStdString(id))));
    }

private slots:
    void everyEntryAndButtonCarriesACommand()
    {
        auto window = newWindow();
        QCOMPARE(problemOf(*window, trained()), QString());
        // Panels fill their grids when they are seen.
        for (const Panel *panel : window->docks()->panels())
            QCOMPARE(problemOf(*window, {{.id = "panel.show", .arguments = {{"panel", panel->id().toStdString()}}}}),
                     QString());
        for (QMenu *menu : window->findChildren<QMenu *>())
            emit menu->aboutToShow();
        int actions = 0, buttons = 0;
        for (const QAction *action : window->findChildren<QAction *>())
            if (!action->menu() && !action->isSeparator()) {
                ++actions;
                checkCarrier(action, action->text());
            }
        for (const QAbstractButton *button : window->findChildren<QAbstractButton *>()) {
            const auto *tool = qobject_cast<const QToolButton *>(button);
            if (tool && (tool->defaultAction() || tool->menu()))
                continue;
            ++buttons;
            checkCarrier(button, button->text());
        }
        QVERIFY(actions > 50);
        QVERIFY(buttons > 50);
    }

    void whatABarEntryCarriesIsWhatItDoes()
    {
        auto window = newWindow();
        QCOMPARE(problemOf(*window, {{.id = "window.theme", .arguments = {{"value", "dark"}}}}), QString());
        QVERIFY(theme.dark());
        QCOMPARE(problemOf(*window, {{.id = "window.theme", .arguments = {{"value", "light"}}}}), QString());
        QVERIFY(!theme.dark());
        QDockWidget *alpha = window->docks()->dock(QStringLiteral("alpha"));
        QCOMPARE(problemOf(*window, {{.id = "panel.hide", .arguments = {{"panel", "alpha"}}}}), QString());
        QVERIFY(!window->docks()->panel(QStringLiteral("alpha"))->isVisible());
        // The menu entry of a hidden panel shows it.
        const auto *entry = qobject_cast<QAction *>(
            window->commands()->carrierOf({.id = "panel.show", .arguments = {{"panel", "alpha"}}}));
        QCOMPARE(entry, alpha->toggleViewAction());
        QCOMPARE(problemOf(*window, {{.id = "window.layout"}}), QString());
        QVERIFY(window->docks()->panel(QStringLiteral("alpha"))->isVisible());

        QCOMPARE(problemOf(*window, trained()), QString());
        const CommandCall silence{.id = "intervention.add",
                                  .arguments = {{"kind", "head"}, {"layer", "1"}, {"head", "2"}}};
        QAbstractButton *button = nullptr; // there once the network's heads are
        QTRY_VERIFY((button = qobject_cast<QAbstractButton *>(window->commands()->carrierOf(silence))));
        QVERIFY(!button->isChecked());
        QCOMPARE(problemOf(*window, {silence}), QString());
        QVERIFY(window->context().interventions->isHeadSilenced(1, 2));
        QVERIFY(button->isChecked());
        QCOMPARE(problemOf(*window, {{.id = "intervention.undo"}}), QString());
        QVERIFY(!window->context().interventions->isHeadSilenced(1, 2));
    }

    void whatIsNotPossibleIsRefused()
    {
        auto window = newWindow();
        QVERIFY(!window->commands()->isPossible({.id = "training.pause"}));
        QVERIFY(!window->commands()->isPossible({.id = "intervention.undo"}));
        QVERIFY(window->commands()->isPossible({.id = "training.start"}));
        QVERIFY(problemOf(*window, {{.id = "help.keys"}, {.id = "training.pause"}})
                    .startsWith(QStringLiteral("Command 2, training.pause: ")));
    }

    void thePaletteFindsAndCarriesOut()
    {
        auto window = newWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        QTest::keyClick(window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
        auto *palette = window->findChild<CommandPalette *>();
        QVERIFY(palette && palette->isVisible());
        auto *list = palette->findChild<QListWidget *>();
        QCOMPARE(list->count(), static_cast<int>(commandTable().size()));
        const auto item = [list](const QString &id) {
            for (int row = 0; row < list->count(); ++row)
                if (list->item(row)->data(Qt::UserRole) == id)
                    return list->item(row);
            qFatal("there is no such command");
        };
        QCOMPARE(item(QStringLiteral("training.pause"))->flags(), Qt::NoItemFlags);
        QVERIFY(item(QStringLiteral("training.start"))->flags() != Qt::NoItemFlags);
        QTest::keyClicks(palette->findChild<QLineEdit *>(), QStringLiteral("theme choose"));
        QCOMPARE(list->currentItem(), item(QStringLiteral("window.theme")));
        QVERIFY(item(QStringLiteral("training.start"))->isHidden());

        QTest::keyClick(palette->findChild<QLineEdit *>(), Qt::Key_Return);
        QVERIFY(!palette->isVisible());
        auto *form = window->findChild<CommandForm *>();
        QVERIFY(form && form->isVisible());
        auto *box = form->findChild<QComboBox *>();
        box->setCurrentIndex(box->findData(QStringLiteral("dark")));
        form->findChild<QDialogButtonBox *>()->button(QDialogButtonBox::Ok)->click();
        QVERIFY(!form->isVisible());
        QVERIFY(theme.dark());
        theme.choose(ThemeChoice::Light);
    }

    void theFormSaysWhatIsWrong()
    {
        auto window = newWindow();
        CommandForm form(*findCommand("window.size"), window.get());
        QSignalSpy filled(&form, &CommandForm::filled);
        form.show();
        form.accept();
        QVERIFY(form.isVisible() && filled.isEmpty());
        for (QLineEdit *line : form.findChildren<QLineEdit *>())
            line->setText(QStringLiteral("1000"));
        form.accept();
        QVERIFY(!form.isVisible());
        QCOMPARE(filled.count(), 1);
    }
};

QTEST_MAIN(WindowCommandsTest)
#include "window_commands_test.moc"
