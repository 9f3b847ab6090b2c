// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/state_editor.h"

#include "ui/plots/number_text.h"

#include <QDoubleValidator>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>
#include <limits>

namespace samout {

StateEditor::StateEditor(QWidget *parent) : QLineEdit(parent)
{
    auto *numbers =
        new QDoubleValidator(std::numeric_limits<float>::lowest(), std::numeric_limits<float>::max(), 9, this);
    numbers->setLocale(QLocale::c());
    setValidator(numbers);
    setAlignment(Qt::AlignRight);
    hide();
}

void StateEditor::open(const QRect &cell, float value, const QString &toolTip)
{
    setToolTip(toolTip);
    setAccessibleName(toolTip);
    setText(exactNumber(value));
    selectAll();
    const int width = std::max(cell.width(), fontMetrics().horizontalAdvance(QStringLiteral("-0.00000000")) + 16);
    const QSize size(width, sizeHint().height());
    const QRect room = parentWidget()->rect();
    const int left = std::clamp(cell.center().x() - size.width() / 2, 0, std::max(0, room.width() - size.width()));
    const int below = cell.bottom() + 3;
    const int top = below + size.height() <= room.height() ? below : std::max(0, cell.top() - size.height() - 3);
    setGeometry(QRect(QPoint(left, top), size));
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
}

void StateEditor::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: {
        bool good = false;
        const float value = QLocale::c().toFloat(text(), &good);
        if (!good || std::isnan(value))
            return;
        hide();
        emit accepted(value);
        return;
    }
    case Qt::Key_Escape:
        hide();
        emit rejected();
        return;
    default:
        QLineEdit::keyPressEvent(event);
        // The window gets no keys while a number is typed.
        event->accept();
    }
}

void StateEditor::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    hide();
}

} // namespace samout
