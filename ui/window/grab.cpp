// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/grab.h"

#include "ui/window/panel_docks.h"

#include <QDir>

namespace samout {

std::vector<CommandCall> grabCommands(const PanelDocks &docks, const QString &folder, qint64 steps)
{
    const auto file = [&folder](const QString &name) {
        return QDir(folder).filePath(name + QStringLiteral(".png")).toStdString();
    };
    std::vector<CommandCall> list{{.id = "training.start"},
                                  {.id = "training.wait", .arguments = {{"step", std::to_string(steps)}}}};
    for (const Panel *panel : docks.panels())
        if (panel->isVisible())
            list.push_back({.id = "panel.try", .arguments = {{"panel", panel->id().toStdString()}}});
    list.push_back({.id = "window.picture", .arguments = {{"file", file(QStringLiteral("window"))}}});
    // The last step is compared with one from the middle.
    list.push_back({.id = "step.show", .arguments = {{"step", std::to_string(steps / 2)}}});
    list.push_back({.id = "step.compare"});
    list.push_back({.id = "step.newest"});
    for (const Panel *panel : docks.panels()) {
        const std::string id = panel->id().toStdString();
        if (!panel->isVisible())
            list.push_back({.id = "panel.try", .arguments = {{"panel", id}}});
        list.push_back({.id = "window.picture", .arguments = {{"file", file(panel->id())}, {"panel", id}}});
        // The other panels show the trained network.
        list.push_back({.id = "intervention.clear"});
    }
    return list;
}

} // namespace samout
