// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QLineEdit>

namespace samout {

/// A small field over a cell in which a person types what it is to be. Enter takes it, Esc or a click elsewhere does
/// not.
class StateEditor : public QLineEdit {
    Q_OBJECT

public:
    explicit StateEditor(QWidget *parent = nullptr);

    /// Opens beside `cell` (in the parent), inside the parent, with what the cell holds.
    void open(const QRect &cell, float value, const QString &toolTip);

signals:
    void accepted(float value);
    void rejected();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
};

} // namespace samout
