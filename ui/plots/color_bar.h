// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/plots/heatmap.h"

#include <QWidget>

namespace samout {

/// The scale of a heatmap's colours: the colour map from low (bottom, left) to high, with the numbers at its ends and
/// zero marked if the scale has both signs. Emits clicked(), upon which panels lock or free the range.
class ColorBar : public QWidget {
    Q_OBJECT

public:
    explicit ColorBar(Qt::Orientation orientation = Qt::Vertical, QWidget *parent = nullptr);

    void setColors(const ColorMap &map, Heatmap::Scale scale, float low, float high);
    /// Draws a small padlock.
    void setLocked(bool locked);
    /// The value under the pointer, marked on the bar; NaN: none.
    void setMark(float value);

signals:
    void clicked();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    QRect barRect() const;
    void paintNumbers(QPainter &painter, const QRect &bar) const;
    void paintLock(QPainter &painter) const;

    Qt::Orientation m_orientation;
    const ColorMap *m_map = nullptr;
    Heatmap::Scale m_scale = Heatmap::Scale::Linear;
    float m_low = 0;
    float m_high = 1;
    float m_mark;
    bool m_locked = false;
};

} // namespace samout
