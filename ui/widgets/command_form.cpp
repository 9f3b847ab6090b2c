// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/command_form.h"

#include "core/base/error.h"
#include "ui/work/translated.h"

#include <QComboBox>
#include <QDialogButtonBox>
#include <QDockWidget>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>

namespace samout {

CommandForm::CommandForm(const Command &command, QWidget *parent)
    : QDialog(parent), m_command(command), m_problem(new QLabel(this))
{
    setWindowTitle(translated(command.title));
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);
    m_problem->hide();
    auto *form = new QFormLayout(this);
    for (const CommandArgument &argument : command.arguments)
        form->addRow(translated(argument.title), newField(argument));
    form->addRow(m_problem);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    form->addRow(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &CommandForm::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &CommandForm::reject);
}

QWidget *CommandForm::newField(const CommandArgument &argument)
{
    if (argument.name == "panel") {
        QStringList ids, titles;
        for (const QDockWidget *dock : parentWidget()->findChildren<QDockWidget *>()) {
            ids += dock->objectName();
            titles += dock->windowTitle();
        }
        return newChoice(argument, ids, titles);
    }
    QStringList choices;
    for (const std::string &choice : argument.choices)
        choices += QString::fromStdString(choice);
    if (argument.type == ArgumentType::Flag)
        choices = {QStringLiteral("true"), QStringLiteral("false")};
    return choices.isEmpty() ? newLine(argument) : newChoice(argument, choices, choices);
}

QWidget *CommandForm::newChoice(const CommandArgument &argument, const QStringList &values, const QStringList &names)
{
    auto *box = new QComboBox(this);
    if (!argument.needed)
        box->addItem(QString());
    for (qsizetype i = 0; i < values.size(); ++i)
        box->addItem(names[i], values[i]);
    if (const int index = box->findData(QString::fromStdString(argument.byDefault)); index >= 0)
        box->setCurrentIndex(index);
    m_values += [box] { return box->currentData().toString(); };
    return box;
}

QWidget *CommandForm::newLine(const CommandArgument &argument)
{
    auto *line = new QLineEdit(QString::fromStdString(argument.byDefault), this);
    m_values += [line] { return line->text(); };
    if (argument.type != ArgumentType::File)
        return line;
    auto *both = new QWidget(this);
    auto *row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(line, 1);
    auto *choose = new QToolButton(both);
    choose->setText(tr("Choose…"));
    row->addWidget(choose);
    connect(choose, &QToolButton::clicked, line, [this, line, folder = argument.name == "run"] {
        auto *dialog = new QFileDialog(this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::AnyFile);
        connect(dialog, &QFileDialog::fileSelected, line, &QLineEdit::setText);
        dialog->open();
    });
    return both;
}

void CommandForm::accept()
{
    CommandCall call{.id = m_command.id};
    for (std::size_t i = 0; i < m_command.arguments.size(); ++i)
        if (const QString value = m_values[static_cast<qsizetype>(i)](); !value.isEmpty())
            call.arguments[m_command.arguments[i].name] = value.toStdString();
    try {
        check(call);
    } catch (const Error &error) {
        m_problem->setText(translated(error));
        m_problem->show();
        return;
    }
    QDialog::accept();
    emit filled(call);
}

} // namespace samout
