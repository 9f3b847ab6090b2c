#include "ui/panels/panel_header.h"

#include <QHBoxLayout>
#include <QLabel>

namespace samout {

PanelHeader::PanelHeader(const QString &title, QWidget *parent)
    : QWidget(parent), m_title(new QLabel(title, this)), m_controls(new QHBoxLayout)
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
    row->addStretch(1);
    row->addLayout(m_controls);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setMinimumHeight(32);
}

QString PanelHeader::title() const { return m_title->text(); }

} // namespace samout
