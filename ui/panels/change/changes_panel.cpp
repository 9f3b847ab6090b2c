// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/change/changes_panel.h"

#include "core/base/error.h"
#include "core/model/intervention_text.h"
#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"
#include "ui/panels/change/alpha_sliders.h"
#include "ui/panels/change/state_transfer_form.h"
#include "ui/widgets/cell_effects_view.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/side_chooser.h"
#include "ui/widgets/silence_grid.h"
#include "ui/work/translated.h"

#include <QAction>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QScrollArea>
#include <QSplitter>
#include <QTabWidget>
#include <QToolButton>
#include <QUndoStack>
#include <QVBoxLayout>

namespace samout {

namespace {

/// The list stands below the pages if the panel is at least this high, in pixels.
constexpr int roomyHeight = 260;

/// A page that scrolls if the panel is small.
QWidget *page(QWidget *content)
{
    content->setContentsMargins(8, 4, 8, 4);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    return scroll;
}

} // namespace

ChangesPanel::ChangesPanel(Workspace *workspace, InterventionsList *list, QWidget *parent)
    : Panel(tr("What if"), parent), m_workspace(workspace), m_list(list), m_silence(new SilenceGrid(workspace, list)),
      m_alphas(new AlphaSliders(workspace, list)), m_cells(new CellEffectsView(workspace, list)),
      m_transfer(new StateTransferForm(workspace, list)), m_message(new MessageStrip(this)),
      m_tabs(new QTabWidget(this)), m_view(new QListView(this)), m_sides(new QWidget(this)),
      m_split(new QSplitter(Qt::Vertical, this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeHeader();
    column->addWidget(m_message);
    auto *row = new QHBoxLayout(m_sides);
    row->setContentsMargins(12, 0, 12, 4);
    row->addWidget(new QLabel(tr("Panels show it"), m_sides));
    row->addWidget(new SideChooser(workspace, m_sides));
    row->addStretch(1);
    column->addWidget(m_sides);
    m_tabs->setDocumentMode(true);
    m_cells->setContentsMargins(8, 4, 8, 4); // its table scrolls by itself
    const auto add = [this](QWidget *content, const QString &name, const QString &toolTip) {
        m_tabs->setTabToolTip(m_tabs->addTab(content, name), toolTip);
    };
    add(page(m_silence), tr("Silence"), tr("Click a part to silence it: what it would have added is 0."));
    add(page(m_alphas), tr("Alpha"), tr("Mix more or less of a layer's new output in."));
    add(m_cells, tr("Cells"), tr("Which single states matter. To set any other, double-click it in the States panel."));
    add(page(m_transfer), tr("Other text"), tr("Put in what the network remembers of another text."));
    makeList();
    m_split->setContentsMargins(12, 0, 12, 8);
    m_split->addWidget(m_tabs);
    m_split->addWidget(m_view);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 1);
    m_split->setChildrenCollapsible(false);
    column->addWidget(m_split, 1);
    connect(m_list, &InterventionsList::changed, this, &ChangesPanel::arrange);
    arrange();

    const auto say = [this](const QString &reason) { m_message->say(MessageStrip::Kind::Error, reason); };
    connect(m_alphas, &AlphaSliders::failed, this, say);
    connect(m_cells, &CellEffectsView::failed, this, say);
    connect(m_transfer, &StateTransferForm::failed, this, say);
    choices().add(
        QStringLiteral("page"), [this] { return m_tabs->currentIndex(); },
        [this](const QJsonValue &page) { m_tabs->setCurrentIndex(page.toInt()); });
}

/// In a low panel the list is a page of its own, and only the text bar offers the choice of the side. While nothing is
/// changed, list and choice are hidden.
void ChangesPanel::arrange()
{
    const bool any = !m_list->entries().isEmpty(), high = height() >= roomyHeight;
    m_sides->setVisible(any && high);
    int page = m_tabs->indexOf(m_view);
    if (page >= 0 && (high || !any)) {
        m_tabs->removeTab(page);
        m_split->addWidget(m_view);
        page = -1;
    } else if (page < 0 && any && !high) {
        page = m_tabs->addTab(m_view, QString());
    }
    if (page >= 0)
        m_tabs->setTabText(page, tr("List (%1)").arg(m_list->rowCount()));
    else
        m_view->setVisible(any);
}

void ChangesPanel::resizeEvent(QResizeEvent *event)
{
    Panel::resizeEvent(event);
    arrange();
}

void ChangesPanel::makeHeader()
{
    layout()->addWidget(header());
    const auto add = [this](const QString &text, const QString &toolTip) {
        auto *button = new QToolButton(header());
        button->setText(text);
        button->setToolTip(toolTip);
        button->setAutoRaise(true);
        header()->controls()->addWidget(button);
        return button;
    };
    QUndoStack *stack = m_list->undoStack();
    QToolButton *undo = add(tr("Undo"), tr("Takes back the last change (Ctrl+Z)."));
    QToolButton *redo = add(tr("Redo"), tr("Makes it again (Ctrl+Shift+Z)."));
    QToolButton *clear =
        add(tr("Clear"), tr("Takes all interventions away: the network as trained, to the same bits."));
    QToolButton *save = add(tr("Save…"), tr("Keeps the list in a file, with the name of the network and its step."));
    QToolButton *open = add(tr("Open…"), tr("Takes the list of a file in place of this one."));
    connect(undo, &QToolButton::clicked, stack, &QUndoStack::undo);
    connect(redo, &QToolButton::clicked, stack, &QUndoStack::redo);
    connect(clear, &QToolButton::clicked, m_list, &InterventionsList::clear);
    connect(save, &QToolButton::clicked, this, &ChangesPanel::askWhereToSave);
    connect(open, &QToolButton::clicked, this, &ChangesPanel::askWhatToOpen);
    setCommand(undo, "intervention.undo");
    setCommand(redo, "intervention.redo");
    setCommand(clear, "intervention.clear");
    setCommand(save, "intervention.save");
    setCommand(open, "intervention.open");
    const auto enable = [this, undo, redo, clear, save, stack] {
        undo->setEnabled(stack->canUndo());
        redo->setEnabled(stack->canRedo());
        clear->setEnabled(!m_list->entries().isEmpty());
        save->setEnabled(!m_list->entries().isEmpty());
    };
    connect(m_list, &InterventionsList::changed, this, enable);
    connect(stack, &QUndoStack::indexChanged, this, enable);
    enable();
}

void ChangesPanel::makeList()
{
    m_view->setModel(m_list);
    m_view->setWordWrap(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setAccessibleName(tr("Interventions"));
    m_view->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_view->setMinimumHeight(48);
    auto *remove = new QAction(tr("Remove"), m_view);
    remove->setShortcut(QKeySequence::Delete);
    remove->setShortcutContext(Qt::WidgetShortcut);
    m_view->addAction(remove);
    setCommand(remove, "intervention.remove");
    connect(remove, &QAction::triggered, this, [this] { m_list->remove(m_view->currentIndex().row()); });
}

void ChangesPanel::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save the interventions"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Interventions (*.json)"));
    dialog->setDefaultSuffix(QStringLiteral("json"));
    connect(dialog, &QFileDialog::fileSelected, this, &ChangesPanel::saveTo);
    dialog->open();
}

void ChangesPanel::askWhatToOpen()
{
    auto *dialog = new QFileDialog(this, tr("Open interventions"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Interventions (*.json)"));
    connect(dialog, &QFileDialog::fileSelected, this, &ChangesPanel::openFrom);
    dialog->open();
}

void ChangesPanel::saveTo(const QString &path)
{
    try {
        m_list->save(path);
        m_message->say(MessageStrip::Kind::Info, tr("The interventions are in %1.").arg(path));
    } catch (const Error &error) {
        m_message->say(MessageStrip::Kind::Error, translated(error));
    }
}

void ChangesPanel::openFrom(const QString &path)
{
    try {
        m_list->open(path);
        int off = 0;
        for (const InterventionsList::Entry &entry : m_list->entries())
            off += entry.problem.isEmpty() ? 0 : 1;
        const QString from = tr("These interventions were made on %1.").arg(m_list->openedFrom());
        m_message->say(
            MessageStrip::Kind::Info,
            off == 0 ? from : tr("%1 %n of them do not fit what is looked at and are off.", nullptr, off).arg(from));
    } catch (const Error &error) {
        m_message->say(MessageStrip::Kind::Error, translated(error));
    }
}

bool ChangesPanel::busy() const { return m_alphas->job()->running(); }

void ChangesPanel::tryOut()
{
    if (!m_workspace->snapshot())
        return;
    m_list->silenceHead(0, 0, true);
    m_list->setAlpha(static_cast<int>(m_workspace->snapshot()->config().numLayers) - 1, 0.2F);
    m_tabs->setCurrentIndex(1);
    m_alphas->findCurves();
}

QString ChangesPanel::table() const
{
    QStringList lines;
    for (const InterventionsList::Entry &entry : m_list->entries())
        lines << (entry.works() ? QString() : tr("(off) ")) + InterventionsList::sentence(entry.change) +
                     QLatin1Char('\t') + QString::fromStdString(textOf(entry.change));
    return lines.join(QLatin1Char('\n'));
}

} // namespace samout
