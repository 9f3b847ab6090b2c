// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/commands/command.h"

#include <QDialog>
#include <QList>
#include <QString>

#include <functional>

class QFormLayout;
class QLabel;

namespace samout {

/// Asks for the arguments of a command. A field that is left empty is an argument that is left out.
class CommandForm : public QDialog {
    Q_OBJECT

public:
    /// `command` outlives the form.
    CommandForm(const Command &command, QWidget *parent);

    void accept() override;

signals:
    /// The person filled in a call that check() allows.
    void filled(const samout::CommandCall &call);

private:
    QWidget *newField(const CommandArgument &argument);
    QWidget *newChoice(const CommandArgument &argument, const QStringList &values, const QStringList &names);
    QWidget *newLine(const CommandArgument &argument);

    const Command &m_command;
    QLabel *m_problem;
    /// The value in each argument's field, in the arguments' order.
    QList<std::function<QString()>> m_values;
};

} // namespace samout
