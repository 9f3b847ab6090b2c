// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/effects.h"

#include <QPoint>
#include <QWidget>

#include <memory>

namespace samout {

/// The effect table as cells. One row per layer; one column per head, then the mixer, the feed-forward, and the mean of
/// the layer's random groups. Red raises the loss; the number is the rise in nats.
class EffectGrid : public QWidget {
    Q_OBJECT

public:
    explicit EffectGrid(QWidget *parent = nullptr);

    void setTable(std::shared_ptr<const EffectTable> table);
    /// Marks a layer, counted from 0.
    void setLayer(int layer);
    int rows() const;
    int cols() const;
    /// The effect in a cell; in the last column the mean and spread of the random groups.
    Effect effect(int row, int col) const;
    QString columnName(int col) const;
    QRectF cellRect(int row, int col) const;

signals:
    /// The cell under the pointer, or -1, -1.
    void hovered(int row, int col);
    void clicked(int row, int col);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    QPoint cellAt(const QPointF &position) const;
    QRectF cellsRect() const;

    std::shared_ptr<const EffectTable> m_table;
    QPoint m_hovered{-1, -1};
    int m_layer = -1;
};

} // namespace samout
