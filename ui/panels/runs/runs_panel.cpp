// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/runs/runs_panel.h"

#include "ui/models/commands.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/runs/differing_settings.h"
#include "ui/panels/runs/runs_filter.h"
#include "ui/widgets/panel_header.h"
#include "ui/work/live.h"

#include <QAction>
#include <QEvent>
#include <QFileInfo>
#include <QHeaderView>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProxyStyle>
#include <QPushButton>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace samout {

namespace {

/// The columns that a narrow list leaves out, in this order; the tooltip of a run shows all columns.
constexpr RunsModel::Column spareColumns[] = {RunsModel::Size, RunsModel::Began, RunsModel::Data, RunsModel::HeldOut};
constexpr int nameCharacters = 14; // the least width of a name
constexpr int cellMargin = 4;
constexpr int starWidth = 32;
constexpr int noteLines = 3;
constexpr int namesAsked = 8;

/// The Fusion style with room between a number and the text to its right.
class RoomyStyle : public QProxyStyle {
public:
    RoomyStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override
    {
        const bool beside = metric == PM_FocusFrameHMargin || metric == PM_HeaderMargin;
        return beside ? cellMargin : QProxyStyle::pixelMetric(metric, option, widget);
    }
};

QToolButton *newButton(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextOnly);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

RunsPanel::RunsPanel(QWidget *parent)
    : Panel(tr("Runs"), parent), m_model(new RunsModel(this)), m_filter(new RunsFilter(m_model, this)),
      m_table(new QTableView(this)), m_empty(new QLabel(m_table->viewport())), m_note(new QPlainTextEdit(this)),
      m_differences(new DifferingSettings(this))
{
    makeTable();
    makeActions();
    makeNote();
    auto *filter = new QLineEdit(header());
    filter->setPlaceholderText(tr("Filter: name, data, note"));
    filter->setToolTip(tr("Shows the runs that have every word in their name, data or note."));
    filter->setAccessibleName(tr("Filter"));
    filter->setClearButtonEnabled(true);
    filter->setMinimumWidth(200);
    header()->controls()->addWidget(filter);
    connect(filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filter->setWords(text);
        showList();
    });

    auto *body = new QVBoxLayout;
    body->setContentsMargins(12, 4, 12, 8);
    body->setSpacing(8);
    body->addWidget(m_table, 1);
    body->addWidget(m_note);
    body->addWidget(m_differences);
    body->addWidget(newButtons());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header());
    column->addLayout(body);

    connect(m_model, &RunsModel::message, this, &RunsPanel::message);
    connect(m_model, &RunsModel::changed, this, &RunsPanel::showList);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RunsPanel::showActions);
    choices().add(QStringLiteral("filter"), filter);
    choices().add(QStringLiteral("notes"), m_showNote);
    choices().add(QStringLiteral("differences"), m_showDifferences);
    choices().add(
        QStringLiteral("sort"),
        [this] {
            const QHeaderView *columns = m_table->horizontalHeader();
            return QJsonArray{columns->sortIndicatorSection(), columns->sortIndicatorOrder() == Qt::DescendingOrder};
        },
        [this](const QJsonValue &sort) {
            const int column = std::clamp(sort[0].toInt(), 0, static_cast<int>(RunsModel::ColumnCount) - 1);
            m_table->sortByColumn(column, sort[1].toBool() ? Qt::DescendingOrder : Qt::AscendingOrder);
        });
    showList();
}

RunsPanel::~RunsPanel()
{
    saveNote();
    m_table->selectionModel()->disconnect(this);
}

void RunsPanel::connectTo(const PanelContext &context)
{
    connect(context.live, &Live::prepared, this, &RunsPanel::refresh);
    connect(this, &RunsPanel::openRequested, this, context.open);
    connect(this, &RunsPanel::goOnRequested, this, context.goOn);
    connect(this, &RunsPanel::compareRequested, this, context.compareRuns);
    connect(this, &RunsPanel::settingsRequested, context.setup, &TrainingSetup::setOptions);
    connect(this, &RunsPanel::message, context.workspace, &Workspace::failed);
}

void RunsPanel::makeTable()
{
    m_table->setModel(m_filter);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(RunsModel::Began, Qt::DescendingOrder);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setAccessibleName(tr("Runs"));
    m_table->setMinimumHeight(80);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    QHeaderView *header = m_table->horizontalHeader();
    header->setHighlightSections(false);
    header->setMinimumSectionSize(24);
    auto *style = new RoomyStyle;
    style->setParent(this);
    m_table->setStyle(style);
    header->setStyle(style); // a header does not inherit its parent's style
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(RunsModel::Name, QHeaderView::Stretch);
    header->setSectionResizeMode(RunsModel::Star, QHeaderView::Fixed);
    header->resizeSection(RunsModel::Star, starWidth);

    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setTextFormat(Qt::PlainText);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setAttribute(Qt::WA_TransparentForMouseEvents);
    (new QVBoxLayout(m_table->viewport()))->addWidget(m_empty);
    m_table->viewport()->installEventFilter(this);

    connect(m_table, &QTableView::clicked, this, [this](const QModelIndex &index) {
        const RunRow &run = m_filter->run(index.row());
        if (index.column() == RunsModel::Star && !run.damaged())
            m_model->setStarred(run.folder, !run.starred);
    });
    connect(m_table, &QTableView::doubleClicked, this, [this](const QModelIndex &index) {
        if (index.column() != RunsModel::Star)
            m_open->trigger();
    });
}

QAction *RunsPanel::newAction(const QString &text, const QString &tip, void (RunsPanel::*done)())
{
    auto *action = new QAction(text, this);
    action->setToolTip(tip);
    if (done)
        connect(action, &QAction::triggered, this, done);
    m_table->addAction(action); // so that the shortcut works in the list
    action->setShortcutContext(Qt::WidgetShortcut);
    return action;
}

void RunsPanel::makeActions()
{
    m_open =
        newAction(tr("Open"), tr("Look at the chosen run as it was at each of its steps (Enter)"), &RunsPanel::open);
    m_open->setShortcuts({Qt::Key_Return, Qt::Key_Enter});
    m_goOn = newAction(tr("Go on"), tr("Train the chosen run on from where it stopped"), &RunsPanel::goOn);
    m_compare = newAction(tr("Compare"), tr("Draw the losses of the chosen runs, two or more, over each other"),
                          &RunsPanel::compare);
    m_duplicate = newAction(tr("Duplicate settings"), tr("Give the next training the settings of the chosen run"),
                            &RunsPanel::duplicate);
    m_rename = newAction(tr("Rename"), tr("Give the chosen run another name (F2)"), &RunsPanel::rename);
    m_rename->setShortcut(Qt::Key_F2);
    m_showNote = newAction(tr("Note"), tr("Read and write the note of the chosen run below the list"), nullptr);
    m_showNote->setCheckable(true);
    m_star = newAction(tr("Star"), tr("Mark the chosen runs with a star, or take it off"), &RunsPanel::star);
    m_showDifferences =
        newAction(tr("Differing settings"),
                  tr("Show below the list in which settings the chosen runs, two or more, differ"), nullptr);
    m_showDifferences->setCheckable(true);
    m_trash = newAction(tr("Move to trash…"), tr("Move the chosen runs with all their files to the trash (Delete)"),
                        &RunsPanel::askAboutTrash);
    m_trash->setShortcut(Qt::Key_Delete);
    const std::pair<QAction *, const char *> commands[] = {
        {m_open, "run.show"},       {m_goOn, "run.go_on"},
        {m_compare, "run.compare"}, {m_duplicate, "run.duplicate"},
        {m_rename, "run.rename"},   {m_showNote, "run.note"},
        {m_star, "run.star"},       {m_showDifferences, "run.differences"},
        {m_trash, "run.trash"}};
    for (const auto &[action, command] : commands)
        setCommand(action, command);
    connect(m_showNote, &QAction::triggered, this, [this](bool shown) {
        showNote();
        (shown ? static_cast<QWidget *>(m_note) : m_table)->setFocus();
    });
    connect(m_showDifferences, &QAction::triggered, this, &RunsPanel::showDifferences);
}

void RunsPanel::makeNote()
{
    m_note->setPlaceholderText(tr("A note about this run: what was tried, what came of it. It is kept by itself."));
    m_note->setAccessibleName(tr("Note"));
    m_note->setTabChangesFocus(true);
    m_note->setFixedHeight(noteLines * fontMetrics().lineSpacing() + 12);
    m_note->installEventFilter(this);
}

QWidget *RunsPanel::newButtons()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QAction *action : {m_open, m_goOn, m_compare})
        layout->addWidget(newButton(action, row));

    const QList<QAction *> others = {m_duplicate, m_rename, m_showNote, m_star, m_showDifferences};
    auto *more = new QToolButton(row);
    more->setText(tr("More"));
    more->setToolTip(tr("What else can be done with the chosen runs"));
    more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    more->setPopupMode(QToolButton::InstantPopup);
    more->setFocusPolicy(Qt::TabFocus);
    auto *moreMenu = new QMenu(more);
    auto *menu = new QMenu(this);
    menu->addActions({m_open, m_goOn, m_compare});
    menu->addSeparator();
    for (QMenu *both : {moreMenu, menu}) {
        both->setToolTipsVisible(true);
        both->addActions(others);
        both->addSeparator();
        both->addAction(m_trash);
    }
    more->setMenu(moreMenu);
    layout->addWidget(more);
    layout->addStretch(1);
    connect(m_table, &QWidget::customContextMenuRequested, this, [this, menu](const QPoint &place) {
        if (!chosen().isEmpty())
            menu->popup(m_table->viewport()->mapToGlobal(place));
    });
    return row;
}

QList<const RunRow *> RunsPanel::chosenRuns() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows += index.row();
    std::ranges::sort(rows);
    QList<const RunRow *> runs;
    for (const int row : rows)
        runs += &m_filter->run(row);
    return runs;
}

QStringList RunsPanel::chosen() const
{
    QStringList folders;
    for (const RunRow *run : chosenRuns())
        folders += run->folder;
    return folders;
}

void RunsPanel::open() { emit openRequested(chosen().first()); }

void RunsPanel::goOn() { emit goOnRequested(chosen().first()); }

void RunsPanel::compare() { emit compareRequested(chosen()); }

void RunsPanel::duplicate()
{
    const RunRow &run = *chosenRuns().first();
    TrainingOptions options = run.options;
    // The run keeps a copy of its text, which may be the last one.
    if (!run.dataFile.isEmpty() && !QFileInfo::exists(QString::fromStdString(options.data.source)))
        options.data.source = run.dataFile.toStdString();
    emit settingsRequested(options);
}

void RunsPanel::rename()
{
    const int row = m_table->selectionModel()->selectedRows().first().row();
    const QModelIndex name = m_filter->index(row, RunsModel::Name);
    m_table->scrollTo(name);
    m_table->edit(name);
}

void RunsPanel::star()
{
    const QList<const RunRow *> runs = chosenRuns();
    const bool all = std::ranges::all_of(runs, &RunRow::starred);
    for (const RunRow *run : runs)
        if (run->starred == all)
            m_model->setStarred(run->folder, !all);
}

void RunsPanel::askAboutTrash()
{
    QStringList names;
    for (const RunRow *run : chosenRuns()) {
        if (run->state == RunRow::State::Running)
            return emit message(tr("“%1” is being trained. Stop it first, then move it to the trash.").arg(run->name));
        names += tr("“%1”").arg(run->name);
    }
    const qsizetype count = names.size();
    if (count > namesAsked)
        names = names.first(namesAsked) << tr("and %1 more").arg(count - namesAsked);
    auto *box = new QMessageBox(QMessageBox::Question, tr("Move to trash"),
                                count == 1 ? tr("Move the run %1 to the trash?").arg(names.first())
                                           : tr("Move these %1 runs to the trash?").arg(count) +
                                                 QStringLiteral("\n\n") + names.join(QLatin1Char('\n')),
                                QMessageBox::Cancel, this);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(
        tr("All steps, snapshots and checkpoints go there, too. From the trash a run can be put back."));
    QPushButton *move = box->addButton(tr("Move to trash"), QMessageBox::AcceptRole);
    box->setDefaultButton(QMessageBox::Cancel);
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(move, &QPushButton::clicked, this, [this, folders = chosen()] { m_model->moveToTrash(folders); });
    box->open();
}

void RunsPanel::refresh() { m_model->refresh(); }

void RunsPanel::showList()
{
    const bool empty = m_filter->rowCount() == 0;
    m_empty->setVisible(empty);
    if (!m_model->isRead())
        m_empty->setText(tr("The runs are being read."));
    else if (m_model->rowCount() == 0)
        m_empty->setText(tr("No run yet. Start a training: every training is kept here."));
    else
        m_empty->setText(tr("No run has all these words in its name, data or note."));
    showActions();
    fitColumns();
}

void RunsPanel::showActions()
{
    const QList<const RunRow *> runs = chosenRuns();
    const bool good = std::ranges::none_of(runs, &RunRow::damaged);
    const bool one = good && runs.size() == 1;
    const bool several = good && runs.size() > 1;
    for (QAction *action : {m_open, m_duplicate, m_rename, m_showNote})
        action->setEnabled(one);
    m_goOn->setEnabled(one && runs.first()->state == RunRow::State::Stopped);
    for (QAction *action : {m_compare, m_showDifferences})
        action->setEnabled(several);
    m_star->setEnabled(one || several);
    m_star->setText(m_star->isEnabled() && std::ranges::all_of(runs, &RunRow::starred) ? tr("Take the star off")
                                                                                       : tr("Star"));
    m_trash->setEnabled(!runs.isEmpty());
    showNote();
    showDifferences();
}

void RunsPanel::showNote()
{
    const bool shown = m_showNote->isEnabled() && m_showNote->isChecked();
    const RunRow *run = shown ? chosenRuns().first() : nullptr;
    const QString folder = run ? run->folder : QString();
    const bool other = folder != m_noteFolder;
    if (other)
        saveNote();
    // Text that the person is writing stays until it is known to be stored.
    const bool written = m_note->toPlainText() != m_keptNote;
    if (run && (other || (run->note != m_keptNote && !written)))
        m_note->setPlainText(run->note);
    m_keptNote = run ? run->note : QString();
    m_noteFolder = folder;
    m_note->setVisible(shown);
}

void RunsPanel::saveNote()
{
    if (!m_noteFolder.isEmpty() && m_note->toPlainText() != m_keptNote)
        m_model->setNote(m_noteFolder, m_note->toPlainText());
}

void RunsPanel::showDifferences()
{
    const bool shown = m_showDifferences->isEnabled() && m_showDifferences->isChecked();
    if (shown)
        m_differences->showRuns(chosenRuns());
    m_differences->setVisible(shown);
}

void RunsPanel::fitColumns()
{
    const QHeaderView *header = m_table->horizontalHeader();
    std::array<int, RunsModel::ColumnCount> widths{};
    int wanted = 0;
    for (int column = 0; column < RunsModel::ColumnCount; ++column) {
        const QAbstractItemView *view = m_table; // sizeHintForColumn() is public in the base class only
        int &width = widths[static_cast<std::size_t>(column)];
        width = column == RunsModel::Name ? nameCharacters * fontMetrics().averageCharWidth()
                                          : std::max(view->sizeHintForColumn(column), header->sectionSizeHint(column));
        wanted += width;
    }
    for (const RunsModel::Column column : spareColumns) {
        const bool hidden = wanted > m_table->viewport()->width();
        m_table->setColumnHidden(column, hidden);
        if (hidden)
            wanted -= widths[static_cast<std::size_t>(column)];
    }
}

QString RunsPanel::table() const
{
    QStringList lines;
    for (int row = -1; row < m_filter->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < RunsModel::ColumnCount; ++column) {
            const int role = column == RunsModel::Star ? Qt::AccessibleTextRole : Qt::DisplayRole;
            cells += row < 0 ? m_filter->headerData(column, Qt::Horizontal, role).toString()
                             : m_filter->index(row, column).data(role).toString();
        }
        lines += cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

bool RunsPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_table->viewport() && event->type() == QEvent::Resize)
        fitColumns();
    if (watched == m_note && event->type() == QEvent::FocusOut)
        saveNote();
    if (watched == m_note && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        m_table->setFocus();
        return true;
    }
    return Panel::eventFilter(watched, event);
}

void RunsPanel::showEvent(QShowEvent *event)
{
    Panel::showEvent(event);
    m_model->setWatching(true);
}

void RunsPanel::hideEvent(QHideEvent *event)
{
    Panel::hideEvent(event);
    m_model->setWatching(false);
    saveNote();
}

} // namespace samout
