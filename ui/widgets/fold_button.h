// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QToolButton>

namespace samout {

/// A heading with an arrow that shows and hides a widget.
class FoldButton : public QToolButton {
    Q_OBJECT

public:
    FoldButton(const QString &text, QWidget *body, bool open, QWidget *parent = nullptr);

    void setOpen(bool open);

private:
    QWidget *m_body;
    bool m_open = false;
};

} // namespace samout
