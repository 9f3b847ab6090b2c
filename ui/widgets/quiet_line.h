// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QLabel>

namespace samout {

/// A line of text of constant size, also while it is empty. Text that does not fit is cut and shown in the tooltip.
class QuietLine : public QLabel {
    Q_OBJECT

public:
    explicit QuietLine(QWidget *parent = nullptr);

    void say(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
};

} // namespace samout
