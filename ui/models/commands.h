// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/commands/command.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <cstddef>
#include <exception>
#include <functional>
#include <map>
#include <string>
#include <vector>

class QWidget;

namespace samout {

/// Gives a button or a menu entry the command that it carries (core/commands/command_table.h), with the arguments that
/// it stands for. The panel that it belongs to need not be among them.
void setCommand(QObject *carrier, const char *id, const std::map<std::string, std::string> &arguments = {});
/// The id of the command that a button or a menu entry carries; empty if none.
QString commandOf(const QObject *carrier);

/// The commands of core/commands, carried out in a window. A command has a deed; one without a deed presses the button
/// or the menu entry that carries it.
class Commands : public QObject {
    Q_OBJECT

public:
    /// Throws Error if it cannot be done.
    using Deed = std::function<void(const CommandCall &)>;
    /// Whether a condition holds. Throws Error if it can no longer come true by itself.
    using Conditions = std::function<bool(CommandCondition, const CommandCall &)>;

    explicit Commands(QWidget *window);

    /// `problem`: why the command that was begun last cannot be done; empty if it can.
    void setConditions(Conditions holds, std::function<QString()> problem);
    void add(const char *id, Deed deed);

    /// Whether the command is possible now; without arguments, whether it is with any.
    bool isPossible(const CommandCall &call) const;
    /// Begins the command; isDone() tells when it is done. Throws Error if it is not possible, or as its deed.
    void carryOut(const CommandCall &call);
    /// Throws Error if it can no longer be done.
    bool isDone(const CommandCall &call) const;
    /// Presses the button or menu entry that carries the call. Throws Error if there is none that can be pressed.
    void press(const CommandCall &call);
    /// The button, menu entry or shortcut that carries the call and can be pressed; nullptr if there is none.
    QObject *carrierOf(const CommandCall &call) const;

signals:
    /// A command is about to be carried out.
    void begins(const samout::CommandCall &call);

private:
    QWidget *m_window;
    Conditions m_holds;
    std::function<QString()> m_problem;
    std::map<std::string, Deed, std::less<>> m_deeds;
};

/// Carries out a command list: each command after the one before is done.
class CommandRunner : public QObject {
    Q_OBJECT

public:
    /// The calls should be checked (core/commands/command_list.h does it).
    CommandRunner(Commands *commands, std::vector<CommandCall> calls, QObject *parent = nullptr);

    void begin();

signals:
    /// The last command is done.
    void finished();
    /// A command cannot be carried out; those after it are not. `sentence` names its number.
    void failed(const QString &sentence);

private:
    void carryOutNext();
    void waitUntilDone();
    void fail(const std::exception &what);

    Commands *m_commands;
    std::vector<CommandCall> m_calls;
    /// The number of calls that are done; the next one is being carried out.
    std::size_t m_done = 0;
    QTimer m_timer;
};

} // namespace samout
