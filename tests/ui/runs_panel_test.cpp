// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/run.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_writer.h"
#include "tests/support/listener.h"
#include "tests/support/tiny.h"
#include "ui/models/runs_model.h"
#include "ui/panels/runs/runs_panel.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QToolButton>
#include <QtTest>

#include <fstream>

using namespace samout;
namespace fs = std::filesystem;

/// The list shows the runs on disk, whoever wrote them; changes by the person go to disk; the trash loses nothing.
class RunsPanelTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<RunsPanel> m_panel;
    QTableView *m_table = nullptr;

    fs::path home() const { return fs::path(m_folder.path().toStdString()) / "runs"; }
    fs::path in(const char *name) const { return home() / name; }
    QString path(const char *name) const { return QString::fromStdString(in(name).string()); }

    /// A run of `steps` steps.
    void train(const char *name, std::int64_t steps, const std::function<void(TrainingOptions &)> &change = {})
    {
        TrainingOptions options = tiny::training();
        options.steps = steps;
        options.heldOutEvery = 2;
        if (change)
            change(options);
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = options, .plan = {.folder = in(name)}});
        QVERIFY2(listener.waitForStatus(SessionStatus::Stopped),
                 (name + std::string(": ") + (listener.reasons.empty() ? "" : listener.reasons.back())).c_str());
    }

    void damage(const char *name)
    {
        fs::create_directories(in(name));
        std::ofstream(in(name) / "run.db")
            << "This was a database once, long enough to be looked into. " << std::string(4096, '?');
    }

    QStringList columnOf(int column) const
    {
        QStringList texts;
        for (int row = 0; row < m_table->model()->rowCount(); ++row)
            texts += m_table->model()->index(row, column).data().toString();
        return texts;
    }
    QStringList names() const { return columnOf(RunsModel::Name); }
    int rowOf(const QString &name) const { return static_cast<int>(names().indexOf(name)); }
    QString cell(const QString &name, int column, int role = Qt::DisplayRole) const
    {
        return m_table->model()->index(rowOf(name), column).data(role).toString();
    }
    QPoint placeOf(const QString &name, int column) const
    {
        return m_table->visualRect(m_table->model()->index(rowOf(name), column)).center();
    }

    void choose(const QStringList &names)
    {
        m_table->clearSelection();
        for (const QString &name : names) {
            QVERIFY2(rowOf(name) >= 0, qPrintable(name));
            m_table->selectionModel()->select(m_table->model()->index(rowOf(name), 0),
                                              QItemSelectionModel::Select | QItemSelectionModel::Rows);
        }
    }

    QAction *action(const QString &text) const
    {
        for (QAction *action : m_panel->findChildren<QAction *>())
            if (action->text() == text)
                return action;
        return nullptr;
    }
    QStringList enabled() const
    {
        QStringList texts;
        for (const QAction *action : m_table->actions())
            if (action->isEnabled())
                texts += action->text();
        return texts;
    }
    QPlainTextEdit *note() const { return m_panel->findChild<QPlainTextEdit *>(); }

    void open()
    {
        m_panel = std::make_unique<RunsPanel>();
        m_panel->resize(900, 500);
        m_panel->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_panel.get()));
        m_panel->activateWindow();
        m_table = m_panel->findChild<QTableView *>();
    }

private slots:
    void initTestCase()
    {
        qputenv("SAMOUT_RUNS", home().string().c_str());
        qputenv("XDG_DATA_HOME", m_folder.filePath("data").toUtf8()); // where the trash is
    }

    void init()
    {
        QDir::setCurrent(m_folder.path());
        fs::remove_all(home());
        train("apple", 4);
        train("pear", 9, [](TrainingOptions &options) {
            options.learningRate = 0.02;
            options.numLayers = 3;
            options.seed = 5;
        });
        train("plum", 1, [](TrainingOptions &options) { options.data.source = "copy-first"; });
        open();
        QTRY_COMPARE(m_table->model()->rowCount(), 3);
    }

    void cleanup() { m_panel.reset(); }

    void tellsEveryRun()
    {
        const Run run(in("pear"));
        QCOMPARE(cell("pear", RunsModel::Data), QString::fromStdString(run.facts().dataName));
        QCOMPARE(cell("pear", RunsModel::Step), "9");
        QCOMPARE(cell("pear", RunsModel::Loss), QString::number(run.lastMetrics()->loss, 'f', 4));
        QCOMPARE(cell("pear", RunsModel::HeldOut), QString::number(run.lastHeldOut()->second, 'f', 4));
        QCOMPARE(cell("pear", RunsModel::State), "Stopped");
        const QDateTime began = QDateTime::fromString(QString::fromStdString(run.facts().created), Qt::ISODate);
        QCOMPARE(cell("pear", RunsModel::Began), began.toLocalTime().toString("yyyy-MM-dd HH:mm"));
        const QString size = QString::number(parameterCount(run.facts().config));
        QCOMPARE(cell("pear", RunsModel::Size).size(), size.size() + (size.size() - 1) / 3);
        QVERIFY(cell("pear", RunsModel::Name, Qt::ToolTipRole).contains("step 9 of 9"));

        m_panel->copyToClipboard();
        const QStringList lines = QGuiApplication::clipboard()->text().split('\n');
        QCOMPARE(lines.size(), 4);
        QVERIFY(lines.first().startsWith("Star\tName\tData\tSize\tStep\tLoss\tHeld-out loss\tBegan\tState"));
        QVERIFY(lines.filter("Not starred\tpear\t").size() == 1);
    }

    void saysWhereThereIsNothing()
    {
        const auto sentence = [&] { return m_table->viewport()->findChild<QLabel *>(); };
        QVERIFY(!sentence()->isVisible());
        m_panel->findChild<QLineEdit *>()->setText("no such run");
        QVERIFY(sentence()->isVisible());
        fs::remove_all(home());
        m_panel->refresh();
        QTRY_COMPARE(sentence()->text(), "No run yet. Start a training: every training is kept here.");
        QVERIFY(sentence()->isVisible());
    }

    void findsByNameDataAndNote()
    {
        noteRun(in("pear"), "The quick one");
        m_panel->refresh();
        QTRY_VERIFY(cell("pear", RunsModel::Name, Qt::ToolTipRole).contains("The quick one"));
        auto *filter = m_panel->findChild<QLineEdit *>();
        filter->setText("PL");
        QCOMPARE(names().size(), 2);
        filter->setText("plu");
        QCOMPARE(names(), QStringList("plum"));
        filter->setText("first");
        QCOMPARE(names(), QStringList("plum"));
        filter->setText("one quick");
        QCOMPARE(names(), QStringList("pear"));
        filter->setText("one plum");
        QCOMPARE(names(), QStringList());
        filter->clear();
        QCOMPARE(names().size(), 3);
    }

    void sortsByNumbersAndWhatIsMissingLast()
    {
        damage("broken");
        m_panel->refresh();
        QTRY_COMPARE(m_table->model()->rowCount(), 4);
        m_table->sortByColumn(RunsModel::Loss, Qt::AscendingOrder);
        QStringList expected = {"apple", "pear", "plum"};
        std::ranges::sort(expected, {},
                          [&](const QString &name) { return Run(home() / name.toStdString()).lastMetrics()->loss; });
        QCOMPARE(names(), expected + QStringList("broken"));
        m_table->sortByColumn(RunsModel::Loss, Qt::DescendingOrder);
        std::ranges::reverse(expected);
        QCOMPARE(names(), expected + QStringList("broken"));
        m_table->sortByColumn(RunsModel::Step, Qt::DescendingOrder);
        QCOMPARE(names(), QStringList({"pear", "apple", "plum", "broken"}));
    }

    void sortsNamesAsAPersonCounts()
    {
        renameRun(in("apple"), "run 10");
        renameRun(in("pear"), "run 9");
        m_panel->refresh();
        m_table->sortByColumn(RunsModel::Name, Qt::AscendingOrder);
        QTRY_COMPARE(names(), QStringList({"plum", "run 9", "run 10"}));
    }

    void keepsTheChoiceAndWhatIsTypedOverAReading()
    {
        m_table->sortByColumn(RunsModel::Name, Qt::AscendingOrder);
        choose({"apple", "plum"});
        train("banana", 1);
        fs::remove_all(in("pear"));
        m_panel->refresh();
        QTRY_COMPARE(names(), QStringList({"apple", "banana", "plum"}));
        QCOMPARE(m_panel->chosen(), QStringList({path("apple"), path("plum")}));

        choose({"plum"});
        action("Rename")->trigger();
        auto *editor = m_table->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        editor->setText("half a na");
        starRun(in("plum"), true);
        noteRun(in("plum"), "news");
        m_panel->refresh();
        QTRY_COMPARE(cell("plum", RunsModel::Star), "★");
        QCOMPARE(editor->text(), "half a na");
    }

    void seesByItselfWhatIsNewWhileItIsVisible()
    {
        RunWriter writer(in("apple"));
        StepMetrics metrics;
        metrics.step = 5;
        metrics.loss = 0.125;
        metrics.alphas = metrics.layerGradientNorms = {0.5F, 0.5F};
        writer.add(metrics);
        writer.flush();
        QTRY_COMPARE(cell("apple", RunsModel::Loss), "0.1250");
        QCOMPARE(cell("apple", RunsModel::Step), "5");
        QCOMPARE(cell("apple", RunsModel::State), "Running");
        m_panel->hide();
        renameRun(in("pear"), "quince");
        QTest::qWait(2500);
        QVERIFY(rowOf("pear") >= 0);
        m_panel->show();
        QTRY_VERIFY(rowOf("quince") >= 0);
        // A run is read again only after it was written.
        renameRun(in("pear"), "medlar");
        m_panel->refresh();
        QTRY_VERIFY(rowOf("medlar") >= 0);
    }

    void renames()
    {
        QSignalSpy messages(m_panel.get(), &RunsPanel::message);
        choose({"pear"});
        action("Rename")->trigger();
        auto *editor = m_table->viewport()->findChild<QLineEdit *>();
        QVERIFY(editor);
        QTest::keyClicks(editor, "Birne <b>");
        QTest::keyClick(editor, Qt::Key_Return);
        QTRY_VERIFY(rowOf("Birne <b>") >= 0);
        QCOMPARE(Run(in("pear")).facts().name, "Birne <b>");
        QVERIFY(cell("Birne <b>", RunsModel::Name, Qt::ToolTipRole).contains("Birne &lt;b&gt;"));
        QCOMPARE(m_panel->chosen(), QStringList(path("pear")));
        QCOMPARE(messages.size(), 0);

        m_table->model()->setData(m_table->model()->index(rowOf("plum"), RunsModel::Name), "  ");
        QCOMPARE(messages.size(), 1);
        QCOMPARE(Run(in("plum")).facts().name, "plum");
        fs::rename(in("plum"), m_folder.filePath("elsewhere").toStdString());
        m_table->model()->setData(m_table->model()->index(rowOf("plum"), RunsModel::Name), "prune");
        QTRY_COMPARE(messages.size(), 2);
        QVERIFY(messages.last().first().toString().contains("plum"));
        fs::remove_all(m_folder.filePath("elsewhere").toStdString());
    }

    void stars()
    {
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {}, placeOf("pear", RunsModel::Star));
        QTRY_COMPARE(cell("pear", RunsModel::Star), "★");
        QVERIFY(Run(in("pear")).facts().starred);
        choose({"pear", "plum"});
        action("Star")->trigger();
        QTRY_COMPARE(cell("plum", RunsModel::Star), "★");
        QVERIFY(Run(in("pear")).facts().starred);
        QVERIFY(Run(in("plum")).facts().starred);
        QVERIFY(!Run(in("apple")).facts().starred);
        action("Take the star off")->trigger();
        QTRY_COMPARE(columnOf(RunsModel::Star), QStringList({"☆", "☆", "☆"}));
        QVERIFY(!Run(in("plum")).facts().starred);
    }

    void keepsNotes()
    {
        QVERIFY(!note()->isVisible());
        choose({"pear"});
        action("Note")->trigger();
        QVERIFY(note()->isVisible());
        QTRY_VERIFY(note()->hasFocus());
        QTest::keyClicks(note(), "With a larger learning rate.");
        QTest::keyClick(note(), Qt::Key_Escape);
        QTRY_COMPARE(Run(in("pear")).facts().note, "With a larger learning rate.");
        // Every run has its own note; with no run or two runs selected there is none.
        choose({"apple"});
        QCOMPARE(note()->toPlainText(), "");
        note()->setPlainText("Plain.");
        choose({"pear"});
        QTRY_COMPARE(note()->toPlainText(), "With a larger learning rate.");
        QTRY_COMPARE(Run(in("apple")).facts().note, "Plain.");
        choose({"pear", "plum"});
        QVERIFY(!note()->isVisible());
        // A note written by another program is shown, but does not replace text that is being typed.
        choose({"pear"});
        noteRun(in("pear"), "From elsewhere");
        m_panel->refresh();
        QTRY_COMPARE(note()->toPlainText(), "From elsewhere");
        note()->setPlainText("From here");
        noteRun(in("pear"), "From elsewhere again");
        m_panel->refresh();
        QTRY_VERIFY(cell("pear", RunsModel::Name, Qt::ToolTipRole).contains("again"));
        QCOMPARE(note()->toPlainText(), "From here");
        // The window closes while the note is being edited.
        m_panel.reset();
        QCOMPARE(Run(in("pear")).facts().note, "From here");
        QCOMPARE(Run(in("plum")).facts().note, "");
    }

    void showsWhatDiffers()
    {
        auto *differences = m_panel->findChild<QTableWidget *>();
        m_table->sortByColumn(RunsModel::Name, Qt::AscendingOrder);
        QVERIFY(!action("Differing settings")->isEnabled());
        choose({"apple", "pear"});
        action("Differing settings")->trigger();
        QVERIFY(differences->isVisible());
        QMap<QString, QStringList> shown;
        for (int row = 0; row < differences->rowCount(); ++row)
            for (int column = 0; column < differences->columnCount(); ++column)
                shown[differences->verticalHeaderItem(row)->text()] += differences->item(row, column)->text();
        const QMap<QString, QStringList> expected = {
            {"Layers", {"2", "3"}}, {"Learning rate", {"0.003", "0.02"}}, {"Seed", {"0", "5"}}, {"Steps", {"4", "9"}}};
        QCOMPARE(shown, expected);
        QCOMPARE(differences->horizontalHeaderItem(1)->text(), "pear");
        choose({"apple"});
        QVERIFY(!differences->isVisible());
        train("apple again", 4);
        m_panel->refresh();
        QTRY_VERIFY(rowOf("apple again") >= 0);
        choose({"apple", "apple again"});
        QVERIFY(!differences->isVisible());
    }

    void offersWhatApplies()
    {
        const QStringList one = {"Open", "Go on", "Duplicate settings", "Rename", "Note", "Star", "Move to trash…"};
        QCOMPARE(enabled(), QStringList());
        choose({"pear"});
        QCOMPARE(enabled(), one);
        choose({"pear", "plum"});
        QCOMPARE(enabled(), QStringList({"Compare", "Star", "Differing settings", "Move to trash…"}));
        const RunWriter writer(in("pear"));
        damage("broken");
        m_panel->refresh();
        QTRY_VERIFY(rowOf("broken") >= 0);
        choose({"pear"});
        QVERIFY(!action("Go on")->isEnabled());
        QVERIFY(action("Open")->isEnabled());
        choose({"pear", "broken"});
        QCOMPARE(enabled(), QStringList("Move to trash…"));
        for (const QAction *action : m_table->actions())
            QVERIFY2(action->toolTip().size() > 20, qPrintable(action->text()));
    }

    void saysWhichRunIsMeant()
    {
        QSignalSpy opened(m_panel.get(), &RunsPanel::openRequested);
        QSignalSpy goneOn(m_panel.get(), &RunsPanel::goOnRequested);
        QSignalSpy compared(m_panel.get(), &RunsPanel::compareRequested);
        QSignalSpy duplicated(m_panel.get(), &RunsPanel::settingsRequested);
        m_table->sortByColumn(RunsModel::Name, Qt::AscendingOrder);
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {}, placeOf("pear", RunsModel::Name));
        QTest::mouseDClick(m_table->viewport(), Qt::LeftButton, {}, placeOf("pear", RunsModel::Name));
        QCOMPARE(opened.size(), 1);
        QCOMPARE(opened.first().first().toString(), path("pear"));
        choose({"apple"});
        m_table->setFocus();
        QTest::keyClick(m_table, Qt::Key_Return);
        QCOMPARE(opened.size(), 2);
        QCOMPARE(opened.last().first().toString(), path("apple"));
        action("Go on")->trigger();
        QCOMPARE(goneOn.first().first().toString(), path("apple"));
        choose({"plum", "apple"});
        action("Compare")->trigger();
        QCOMPARE(compared.first().first().toStringList(), QStringList({path("apple"), path("plum")}));
        choose({"pear"});
        action("Duplicate settings")->trigger();
        QCOMPARE(duplicated.first().first().value<TrainingOptions>(), Run(in("pear")).facts().options);
    }

    void settingsNameTheRunsOwnTextWhereTheTextIsGone()
    {
        const fs::path text = fs::path(m_folder.path().toStdString()) / "book.txt";
        for (int i = 0; i < 100; ++i)
            std::ofstream(text, std::ios::app) << "line " << i * 7919 % 100 << " says so\n";
        train("read", 1, [&](TrainingOptions &options) { options.data.source = text.string(); });
        m_panel->refresh();
        QTRY_VERIFY(rowOf("read") >= 0);
        QSignalSpy duplicated(m_panel.get(), &RunsPanel::settingsRequested);
        choose({"read"});
        action("Duplicate settings")->trigger();
        fs::remove(text);
        action("Duplicate settings")->trigger();
        QCOMPARE(duplicated[0].first().value<TrainingOptions>().data.source, text.string());
        QCOMPARE(duplicated[1].first().value<TrainingOptions>().data.source,
                 (in("read") / "data" / "book.txt").string());
    }

    void aDamagedRunIsTold()
    {
        damage("broken");
        m_panel->refresh();
        QTRY_COMPARE(cell("broken", RunsModel::State), "Damaged");
        QVERIFY(cell("broken", RunsModel::Loss, Qt::ToolTipRole).contains("run.db is"));
        QVERIFY(
            !(m_table->model()->flags(m_table->model()->index(rowOf("broken"), RunsModel::Name)) & Qt::ItemIsEditable));
        QTest::mouseClick(m_table->viewport(), Qt::LeftButton, {}, placeOf("broken", RunsModel::Star));
        QCOMPARE(cell("broken", RunsModel::Star), "");
    }

    void movesToTheTrash()
    {
        QSignalSpy messages(m_panel.get(), &RunsPanel::message);
        choose({"pear"});
        action("Move to trash…")->trigger();
        auto *box = m_panel->findChild<QMessageBox *>();
        QVERIFY(box);
        QVERIFY(box->text().contains("“pear”"));
        box->button(QMessageBox::Cancel)->click();
        QTRY_VERIFY(!m_panel->findChild<QMessageBox *>());
        QVERIFY(fs::exists(in("pear")));

        damage("broken");
        m_panel->refresh();
        QTRY_VERIFY(rowOf("broken") >= 0);
        choose({"pear", "broken"});
        action("Move to trash…")->trigger();
        box = m_panel->findChild<QMessageBox *>();
        QVERIFY(box->text().contains("pear") && box->text().contains("broken"));
        for (QAbstractButton *button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        QTRY_COMPARE(m_table->model()->rowCount(), 2);
        QVERIFY2(messages.isEmpty(), qPrintable(messages.value(0).value(0).toString()));
        QVERIFY(!fs::exists(in("pear")));
        const fs::path trash = fs::path(m_folder.filePath("data").toStdString()) / "Trash" / "files";
        QVERIFY(fs::exists(trash / "broken" / "run.db"));
        QCOMPARE(Run(trash / "pear").lastStep(), 9);
    }

    void doesNotThrowAwayWhatIsBeingTrained()
    {
        QSignalSpy messages(m_panel.get(), &RunsPanel::message);
        // The training began after the list was read …
        choose({"apple", "pear"});
        action("Move to trash…")->trigger();
        auto *box = m_panel->findChild<QMessageBox *>();
        const RunWriter writer(in("pear"));
        for (QAbstractButton *button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        QTRY_COMPARE(messages.size(), 1);
        QVERIFY(messages.last().first().toString().contains("“pear” is being trained"));
        QTRY_VERIFY(!m_panel->findChild<QMessageBox *>());
        // … and before it was read.
        QTRY_COMPARE(cell("pear", RunsModel::State), "Running");
        choose({"pear"});
        action("Move to trash…")->trigger();
        QVERIFY(!m_panel->findChild<QMessageBox *>());
        QCOMPARE(messages.size(), 2);
        QVERIFY(fs::exists(in("pear") / "run.db"));
        QVERIFY(fs::exists(in("apple") / "run.db"));
    }

    void whatCannotBeMovedStaysAndIsTold()
    {
        QSignalSpy messages(m_panel.get(), &RunsPanel::message);
        // If the trash is a file, no run can be moved to it.
        const fs::path trash = fs::path(m_folder.filePath("data").toStdString()) / "Trash";
        fs::remove_all(trash);
        fs::create_directories(trash.parent_path());
        std::ofstream(trash) << "no folder";
        choose({"plum"});
        action("Move to trash…")->trigger();
        for (auto *box = m_panel->findChild<QMessageBox *>(); QAbstractButton * button : box->buttons())
            if (box->buttonRole(button) == QMessageBox::AcceptRole)
                button->click();
        QTRY_COMPARE(messages.size(), 1);
        QVERIFY2(messages.last().first().toString().startsWith("“plum” is not in the trash"),
                 qPrintable(messages.last().first().toString()));
        QCOMPARE(Run(in("plum")).lastStep(), 1);
        QVERIFY(!QFileInfo::exists("files") && !QFileInfo::exists("info"));
        fs::remove(trash);
    }

    void isWholeWhenItIsSmall()
    {
        m_panel->resize(360, 300);
        QTRY_VERIFY(m_panel->width() == 360 && m_panel->height() == 300);
        choose({"apple", "pear"});
        action("Differing settings")->trigger();
        QVERIFY(m_panel->minimumSizeHint().width() <= 360);
        QVERIFY2(m_panel->minimumSizeHint().height() <= 300,
                 qPrintable(QString::number(m_panel->minimumSizeHint().height())));
        for (const auto *button : m_panel->findChildren<QToolButton *>())
            if (button->isVisible())
                QVERIFY2(button->width() >= button->sizeHint().width(), qPrintable(button->text()));
        QVERIFY(!m_table->isColumnHidden(RunsModel::Loss));
        QVERIFY(m_table->isColumnHidden(RunsModel::Size));
        QVERIFY(m_table->horizontalHeader()->length() <= m_table->viewport()->width());
        QVERIFY(m_table->columnWidth(RunsModel::Name) > 60);
        m_panel->resize(900, 500);
        QTRY_VERIFY(!m_table->isColumnHidden(RunsModel::Size));
        QCOMPARE(m_table->horizontalHeader()->hiddenSectionCount(), 0);
    }
};

QTEST_MAIN(RunsPanelTest)
#include "runs_panel_test.moc"
