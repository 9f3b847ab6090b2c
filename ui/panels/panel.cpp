// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/panel.h"

#include "ui/widgets/panel_header.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

namespace samout {

Panel::Panel(const QString &title, QWidget *parent) : QWidget(parent), m_header(new PanelHeader(title, this)) {}

QString Panel::title() const { return m_header->title(); }

QImage Panel::picture() { return grab().toImage(); }

void Panel::copyToClipboard()
{
    auto *data = new QMimeData;
    data->setImageData(picture());
    data->setText(clipboardText());
    QGuiApplication::clipboard()->setMimeData(data);
}

} // namespace samout
