// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/message_strip.h"

#include "ui/models/commands.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

namespace samout {

namespace {

QColor ground(bool error, bool dark)
{
    if (error)
        return dark ? QColor(0x4A2418) : QColor(0xFBE3D6);
    return dark ? QColor(0x17344A) : QColor(0xDCECF7);
}

QColor edge(bool error) { return error ? QColor(0xD55E00) : QColor(0x0072B2); }

} // namespace

MessageStrip::MessageStrip(QWidget *parent) : QWidget(parent), m_icon(new QLabel(this)), m_text(new QLabel(this))
{
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_text->setTextFormat(Qt::PlainText);
    auto *close = new QToolButton(this);
    close->setAutoRaise(true);
    setCommand(close, "message.close");
    close->setIcon(lineIcon(QStringLiteral("close")));
    close->setToolTip(tr("Close this message"));
    close->setFocusPolicy(Qt::NoFocus);
    connect(close, &QToolButton::clicked, this, &MessageStrip::clear);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 8, 4, 8);
    row->setSpacing(8);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    row->addWidget(close, 0, Qt::AlignTop);
    hide();
}

void MessageStrip::say(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text->setText(text);
    updateColors();
    setVisible(true);
}

void MessageStrip::clear()
{
    m_text->clear();
    hide();
}

QString MessageStrip::text() const { return m_text->text(); }

void MessageStrip::paintEvent(QPaintEvent *)
{
    const bool error = m_kind == Kind::Error;
    QPainter painter(this);
    painter.fillRect(rect(), ground(error, isDark(palette())));
    painter.fillRect(QRect(0, 0, 4, height()), edge(error));
}

void MessageStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        updateColors();
    QWidget::changeEvent(event);
}

void MessageStrip::updateColors()
{
    const QString icon = m_kind == Kind::Error ? QStringLiteral("warning") : QStringLiteral("info");
    m_icon->setPixmap(lineIcon(icon).pixmap(16, 16));
}

} // namespace samout
