// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QLabel>

namespace samout {

/// A line of text that takes the same room whatever it says, also nothing: what does not fit is cut off, and in the
/// tool tip.
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
