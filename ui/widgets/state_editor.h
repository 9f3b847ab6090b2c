// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QLineEdit>

namespace samout {

/// A small field over a cell for typing the cell's new value. Enter accepts it, Esc or a click elsewhere rejects it.
class StateEditor : public QLineEdit {
    Q_OBJECT

public:
    explicit StateEditor(QWidget *parent = nullptr);

    /// Opens beside `cell` (in the parent's coordinates), inside the parent, with the cell's `value`.
    void open(const QRect &cell, float value, const QString &toolTip);

signals:
    void accepted(float value);
    void rejected();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace samout
