// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/effects.h"

#include <QPoint>
#include <QWidget>

#include <memory>

namespace samout {

/// The effect table as cells: a row a layer; a column a head, the mixer, the feed-forward, and the mean of the random
/// groups of that layer. Red hurts; the number is the rise of the loss in nats.
class EffectGrid : public QWidget {
    Q_OBJECT

public:
    explicit EffectGrid(QWidget *parent = nullptr);

    void setTable(std::shared_ptr<const EffectTable> table);
    /// The layer that is marked, from 0 on.
    void setLayer(int layer);
    int rows() const;
    int cols() const;
    /// What is in a cell; the last column is the groups' mean and spread.
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
