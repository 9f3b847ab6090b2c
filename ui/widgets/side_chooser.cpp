// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/side_chooser.h"

#include "ui/models/commands.h"
#include "ui/models/workspace.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QToolButton>

namespace samout {

SideChooser::SideChooser(Workspace *workspace, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_buttons(new QButtonGroup(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    const auto add = [&](Side side, const char *value, const QString &text, const QString &toolTip) {
        auto *button = new QToolButton(this);
        button->setText(text);
        button->setToolTip(toolTip);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        setCommand(button, "side.show", {{"value", value}});
        m_buttons->addButton(button, static_cast<int>(side));
        row->addWidget(button);
    };
    add(Side::AsTrained, "as-trained", tr("As trained"),
        tr("Every panel shows the network without the interventions (D toggles)."));
    add(Side::AsChanged, "as-changed", tr("As changed"),
        tr("Every panel shows the network with the interventions (D toggles)."));
    add(Side::Difference, "difference", tr("Difference"),
        tr("As changed, minus as trained: panels of numbers show what the interventions do to them."));
    connect(m_buttons, &QButtonGroup::idClicked, this, [this](int id) { m_workspace->setSide(static_cast<Side>(id)); });
    connect(workspace, &Workspace::interventionsChanged, this, &SideChooser::refresh);
    refresh();
}

void SideChooser::refresh()
{
    m_buttons->button(static_cast<int>(m_workspace->side()))->setChecked(true);
    setEnabled(!m_workspace->interventions().empty());
}

} // namespace samout
