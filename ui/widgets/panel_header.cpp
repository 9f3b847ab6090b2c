// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/panel_header.h"

#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>

namespace samout {

PanelHeader::PanelHeader(const QString &title, QWidget *parent)
    : QWidget(parent), m_title(new QLabel(title, this)), m_note(new QLabel(this)), m_controls(new QHBoxLayout)
{
    QFont font = m_title->font();
    font.setWeight(QFont::DemiBold);
    m_title->setFont(font);
    m_controls->setContentsMargins(0, 0, 0, 0);
    m_controls->setSpacing(8);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 4, 12, 4);
    row->setSpacing(8);
    row->addWidget(m_title);
    row->addWidget(m_note);
    row->addStretch(1);
    row->addLayout(m_controls);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumHeight(32);
    m_note->hide();
    colorNote();
}

QString PanelHeader::title() const { return m_title->text(); }

void PanelHeader::setNote(const QString &note, const QString &toolTip)
{
    m_note->setText(note);
    m_note->setToolTip(toolTip);
    m_note->setVisible(!note.isEmpty());
}

QString PanelHeader::note() const { return m_note->text(); }

void PanelHeader::colorNote()
{
    const PlotTheme theme = PlotTheme::of(*this);
    QPalette palette = m_note->palette();
    palette.setColor(QPalette::WindowText, theme.readable(categoryColor(3, theme.dark)));
    m_note->setPalette(palette);
}

void PanelHeader::changeEvent(QEvent *event)
{
    // A dock's title bar gets a new palette when the theme changes.
    if (event->type() == QEvent::PaletteChange)
        colorNote();
    QWidget::changeEvent(event);
}

} // namespace samout
