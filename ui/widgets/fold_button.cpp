// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/fold_button.h"

#include "ui/models/commands.h"

namespace samout {

FoldButton::FoldButton(const QString &text, QWidget *body, bool open, QWidget *parent)
    : QToolButton(parent), m_body(body)
{
    setText(text);
    setCommand(this, "panel.fold");
    setAutoRaise(true);
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    connect(this, &QToolButton::clicked, this, [this] { setOpen(!m_open); });
    setOpen(open);
}

void FoldButton::setOpen(bool open)
{
    m_open = open;
    setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    m_body->setVisible(open);
}

} // namespace samout
