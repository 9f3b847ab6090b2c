// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/commands.h"

#include "core/base/error.h"
#include "core/commands/command_list.h"
#include "core/commands/command_table.h"
#include "ui/work/translated.h"

#include <QAbstractButton>
#include <QAction>
#include <QVariantMap>
#include <QWidget>

#include <utility>

namespace samout {

namespace {

constexpr const char *idProperty = "command";
constexpr const char *argumentsProperty = "commandArguments";
/// Milliseconds between two looks at whether a command is done.
constexpr int lookInterval = 20;

/// The panel is what a carrier stands in, all other arguments are what it stands for.
bool carries(const QObject *carrier, const CommandCall &call)
{
    if (commandOf(carrier).toStdString() != call.id)
        return false;
    const QVariantMap stands = carrier->property(argumentsProperty).toMap();
    for (const auto &[name, value] : call.arguments) {
        const QString wanted = QString::fromStdString(value);
        const auto found = stands.find(QString::fromStdString(name));
        if (found != stands.end() ? found->toString() != wanted : name != "panel")
            return false;
        bool inside = found != stands.end();
        for (const QObject *above = carrier; above && !inside; above = above->parent())
            inside = above->objectName() == wanted;
        if (!inside)
            return false;
    }
    return true;
}

Error notPossible(CommandCondition needed)
{
    return Error(
        Commands::tr("It cannot be carried out now; it needs %1.").arg(translated(nameOf(needed))).toStdString());
}

} // namespace

void setCommand(QObject *carrier, const char *id, const std::map<std::string, std::string> &arguments)
{
    Q_ASSERT(findCommand(id));
    QVariantMap stands;
    for (const auto &[name, value] : arguments)
        stands.insert(QString::fromStdString(name), QString::fromStdString(value));
    carrier->setProperty(idProperty, QString::fromLatin1(id));
    carrier->setProperty(argumentsProperty, stands);
}

QString commandOf(const QObject *carrier) { return carrier->property(idProperty).toString(); }

Commands::Commands(QWidget *window) : QObject(window), m_window(window) {}

void Commands::setConditions(Conditions holds, std::function<QString()> problem)
{
    m_holds = std::move(holds);
    m_problem = std::move(problem);
}

void Commands::add(const char *id, Deed deed)
{
    Q_ASSERT(findCommand(id));
    m_deeds[id] = std::move(deed);
}

bool Commands::isPossible(const CommandCall &call) const
{
    const Command *command = findCommand(call.id);
    if (!command)
        return false;
    return command->possible == CommandCondition::Offered ? carrierOf(call) != nullptr
                                                          : m_holds(command->possible, call);
}

void Commands::carryOut(const CommandCall &call)
{
    emit begins(call);
    if (!isPossible(call))
        throw notPossible(findCommand(call.id)->possible);
    const auto deed = m_deeds.find(call.id);
    deed == m_deeds.end() ? press(call) : deed->second(call);
}

void Commands::press(const CommandCall &call)
{
    QObject *carrier = carrierOf(call);
    if (auto *action = qobject_cast<QAction *>(carrier))
        action->trigger();
    else if (auto *button = qobject_cast<QAbstractButton *>(carrier))
        button->click();
    else
        throw notPossible(CommandCondition::Offered);
}

bool Commands::isDone(const CommandCall &call) const
{
    if (const QString problem = m_problem(); !problem.isEmpty())
        throw Error(problem.toStdString());
    return m_holds(findCommand(call.id)->done, call);
}

QObject *Commands::carrierOf(const CommandCall &call) const
{
    for (QAction *action : m_window->findChildren<QAction *>())
        if (action->isEnabled() && carries(action, call))
            return action;
    for (QAbstractButton *button : m_window->findChildren<QAbstractButton *>())
        if (button->isEnabled() && !button->isHidden() && carries(button, call))
            return button;
    return nullptr;
}

CommandRunner::CommandRunner(Commands *commands, std::vector<CommandCall> calls, QObject *parent)
    : QObject(parent), m_commands(commands), m_calls(std::move(calls))
{
    m_timer.setInterval(lookInterval);
    connect(&m_timer, &QTimer::timeout, this, &CommandRunner::waitUntilDone);
}

void CommandRunner::begin() { carryOutNext(); }

void CommandRunner::carryOutNext()
{
    if (m_done == m_calls.size())
        return emit finished();
    try {
        m_commands->carryOut(m_calls[m_done]);
    } catch (const Error &error) {
        return fail(error);
    }
    // Even what is done at once shows on the next turn of the event loop.
    m_timer.start();
}

void CommandRunner::waitUntilDone()
{
    try {
        if (!m_commands->isDone(m_calls[m_done]))
            return;
    } catch (const Error &error) {
        return fail(error);
    }
    m_timer.stop();
    ++m_done;
    carryOutNext();
}

void CommandRunner::fail(const std::exception &what)
{
    m_timer.stop();
    emit failed(translated(commandError(m_done, m_calls[m_done].id, what)));
}

} // namespace samout
