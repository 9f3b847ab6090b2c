// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/quiet_line.h"

#include <QPainter>

namespace samout {

QuietLine::QuietLine(QWidget *parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setForegroundRole(QPalette::PlaceholderText);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void QuietLine::say(const QString &text)
{
    setText(text);
    setToolTip(text);
}

void QuietLine::paintEvent(QPaintEvent *)
{
    const QRect place = contentsRect();
    QPainter painter(this);
    painter.setPen(palette().color(foregroundRole()));
    painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(text(), Qt::ElideRight, place.width()));
}

QSize QuietLine::sizeHint() const
{
    const QMargins margins = contentsMargins();
    return {margins.left() + margins.right(), margins.top() + fontMetrics().height() + margins.bottom()};
}

QSize QuietLine::minimumSizeHint() const { return sizeHint(); }

} // namespace samout
