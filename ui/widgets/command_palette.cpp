// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/command_palette.h"

#include "core/commands/command_table.h"
#include "ui/models/commands.h"
#include "ui/work/translated.h"

#include <QAction>
#include <QCoreApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace samout {

namespace {

constexpr QSize firstSize(480, 420);

} // namespace

CommandPalette::CommandPalette(Commands *commands, QWidget *parent)
    : QDialog(parent), m_commands(commands), m_words(new QLineEdit(this)), m_list(new QListWidget(this))
{
    setWindowTitle(tr("Find a command"));
    m_words->setPlaceholderText(tr("Words of the command's name"));
    m_words->setAccessibleName(tr("Filter"));
    m_words->installEventFilter(this);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setAccessibleName(tr("Commands"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 8, 8, 8);
    column->setSpacing(8);
    column->addWidget(m_words);
    column->addWidget(m_list, 1);
    resize(firstSize);
    connect(m_words, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_words, &QLineEdit::returnPressed, this, [this] { choose(m_list->currentItem()); });
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::choose);
    fill();
    filter();
}

void CommandPalette::fill()
{
    for (const Command &command : commandTable()) {
        QString title = translated(command.title);
        const auto *action = qobject_cast<QAction *>(m_commands->carrierOf({.id = command.id}));
        if (action && !action->shortcut().isEmpty())
            title += QStringLiteral("  (%1)").arg(action->shortcut().toString(QKeySequence::NativeText));
        auto *item = new QListWidgetItem(title, m_list);
        item->setData(Qt::UserRole, QString::fromStdString(command.id));
        item->setToolTip(QString::fromStdString(command.id));
        if (!m_commands->isPossible({.id = command.id}))
            item->setFlags(Qt::NoItemFlags);
    }
    m_list->sortItems();
}

/// Shows the commands that have every word in their title or id, and chooses the first that is possible.
void CommandPalette::filter()
{
    const QStringList words = m_words->text().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    m_list->setCurrentItem(nullptr);
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem *item = m_list->item(row);
        const QString text = item->text() + QLatin1Char(' ') + item->data(Qt::UserRole).toString();
        item->setHidden(!std::ranges::all_of(
            words, [&text](const QString &word) { return text.contains(word, Qt::CaseInsensitive); }));
        if (!m_list->currentItem() && !item->isHidden() && item->flags() != Qt::NoItemFlags)
            m_list->setCurrentItem(item);
    }
}

void CommandPalette::choose(const QListWidgetItem *item)
{
    if (!item || item->flags() == Qt::NoItemFlags)
        return;
    accept();
    emit chosen(item->data(Qt::UserRole).toString());
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_PageUp || key == Qt::Key_PageDown) {
            QCoreApplication::sendEvent(m_list, event);
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

} // namespace samout
