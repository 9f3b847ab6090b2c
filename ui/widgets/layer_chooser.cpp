// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/layer_chooser.h"

#include "ui/models/commands.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QToolButton>

#include <algorithm>
#include <string>

namespace samout {

namespace {

constexpr int mostButtons = 8;

} // namespace

LayerChooser::LayerChooser(QWidget *parent)
    : QWidget(parent), m_row(new QHBoxLayout(this)), m_buttons(new QButtonGroup(this))
{
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(0);
    setToolTip(tr("The layer that is shown, counted from 0 at the embedding. Up and down move."));
    connect(m_buttons, &QButtonGroup::idClicked, this, &LayerChooser::chosen);
}

void LayerChooser::setCount(int count)
{
    if (count == m_count)
        return;
    m_count = count;
    while (QLayoutItem *item = m_row->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_list = nullptr;
    if (count > mostButtons) {
        m_list = new QComboBox;
        for (int layer = 0; layer < count; ++layer)
            m_list->addItem(tr("Layer %1").arg(layer));
        m_row->addWidget(m_list);
        connect(m_list, &QComboBox::activated, this, &LayerChooser::chosen);
    } else {
        auto *label = new QLabel(tr("Layer"));
        label->setContentsMargins(0, 0, 4, 0);
        m_row->addWidget(label);
        for (int layer = 0; layer < count; ++layer) {
            auto *button = new QToolButton;
            button->setText(QString::number(layer));
            setCommand(button, "layer.show", {{"layer", std::to_string(layer)}});
            button->setCheckable(true);
            button->setAutoRaise(true);
            button->setAccessibleName(tr("Layer %1").arg(layer));
            // The chooser, not the button, takes the keys.
            button->setFocusProxy(this);
            m_buttons->addButton(button, layer);
            m_row->addWidget(button);
        }
        setFocusPolicy(Qt::StrongFocus);
    }
    setCurrent(std::min(m_current, count - 1));
}

void LayerChooser::setCurrent(int layer)
{
    m_current = layer;
    if (m_list)
        m_list->setCurrentIndex(layer);
    else if (QAbstractButton *button = m_buttons->button(layer))
        button->setChecked(true);
}

void LayerChooser::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Up ? 1 : event->key() == Qt::Key_Down ? -1 : 0;
    const int layer = std::clamp(m_current + step, 0, std::max(0, m_count - 1));
    if (step == 0) {
        QWidget::keyPressEvent(event);
    } else if (layer != m_current) {
        emit chosen(layer);
    }
}

} // namespace samout
