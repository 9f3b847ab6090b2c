#include "ui/panels/changes_panel.h"

#include "core/base/error.h"
#include "ui/models/interventions_list.h"
#include "ui/panels/alpha_sliders.h"
#include "ui/panels/cell_effects_view.h"
#include "ui/panels/message_strip.h"
#include "ui/panels/panel_header.h"
#include "ui/panels/side_chooser.h"
#include "ui/panels/silence_grid.h"
#include "ui/panels/state_transfer_form.h"

#include <QAction>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
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

/// A page that scrolls where the panel is small.
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
    : QWidget(parent), m_list(list), m_silence(new SilenceGrid(workspace, list)),
      m_alphas(new AlphaSliders(workspace, list)), m_cells(new CellEffectsView(workspace, list)),
      m_transfer(new StateTransferForm(workspace, list)), m_message(new MessageStrip(this)),
      m_tabs(new QTabWidget(this)), m_view(new QListView(this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    makeHeader();
    column->addWidget(m_message);
    auto *sides = new QWidget(this);
    auto *row = new QHBoxLayout(sides);
    row->setContentsMargins(12, 0, 12, 4);
    row->addWidget(new QLabel(tr("Panels show it"), sides));
    row->addWidget(new SideChooser(workspace, sides));
    row->addStretch(1);
    column->addWidget(sides);
    m_tabs->setDocumentMode(true);
    const auto add = [this](QWidget *content, const QString &name, const QString &toolTip) {
        m_tabs->setTabToolTip(m_tabs->addTab(page(content), name), toolTip);
    };
    add(m_silence, tr("Silence"), tr("Click a part to silence it: what it would have added is 0."));
    add(m_alphas, tr("Alpha"), tr("Mix more or less of a layer's new output in."));
    add(m_cells, tr("Cells"), tr("Which single states matter. To set any other, double-click it in the States panel."));
    add(m_transfer, tr("Other text"), tr("Put in what the network remembers of another text."));
    makeList();
    auto *split = new QSplitter(Qt::Vertical, this);
    split->setContentsMargins(12, 0, 12, 8);
    split->addWidget(m_tabs);
    split->addWidget(m_view);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 1);
    split->setChildrenCollapsible(false);
    column->addWidget(split, 1);

    // While nothing is changed there is nothing to choose between and nothing to list.
    const auto makeRoom = [this, sides] {
        sides->setVisible(!m_list->entries().isEmpty());
        m_view->setVisible(!m_list->entries().isEmpty());
    };
    connect(m_list, &InterventionsList::changed, this, makeRoom);
    makeRoom();

    const auto say = [this](const QString &reason) { m_message->say(MessageStrip::Kind::Error, reason); };
    connect(m_alphas, &AlphaSliders::failed, this, say);
    connect(m_cells, &CellEffectsView::failed, this, say);
    connect(m_transfer, &StateTransferForm::failed, this, say);
}

void ChangesPanel::makeHeader()
{
    auto *header = new PanelHeader(tr("What if"), this);
    layout()->addWidget(header);
    const auto add = [header](const QString &text, const QString &toolTip) {
        auto *button = new QToolButton(header);
        button->setText(text);
        button->setToolTip(toolTip);
        button->setAutoRaise(true);
        header->controls()->addWidget(button);
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
        m_message->say(MessageStrip::Kind::Error, QString::fromUtf8(error.what()));
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
        m_message->say(MessageStrip::Kind::Error, QString::fromUtf8(error.what()));
    }
}

void ChangesPanel::copyToClipboard() const
{
    QStringList lines;
    for (const InterventionsList::Entry &entry : m_list->entries())
        lines << (entry.works() ? QString() : tr("(off) ")) + InterventionsList::sentence(entry.change);
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

} // namespace samout
