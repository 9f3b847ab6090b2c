// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"

#include <QAbstractScrollArea>

#include <memory>

namespace samout {

/// Layers by positions, the last layer on top. Each cell shows the likeliest next token in the head's reading of that
/// layer's output, on a ground coloured by the probability of the true next token. The bottom line shows the text's
/// tokens, the top line the tokens that come next. Only visible cells are computed.
class ReadingTable : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ReadingTable(QWidget *parent = nullptr);

    /// `examination` must hold readings of all layers.
    void setExamination(std::shared_ptr<const Examination> examination);
    /// Sets the outlined cell, and the marked position; -1: none. A new one is scrolled into view.
    void setChosen(int layer, int position);
    void setCursorPosition(int position);
    /// The rectangle of a cell, in the viewport.
    QRect cellRect(int layer, int position) const;
    /// True if the trained network's likeliest token in this cell is another one; false if that is unknown.
    bool isChanged(int layer, int position) const;
    /// With a difference shown: the largest change of a next token's probability.
    double largestChange() const { return m_largestChange; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void clicked(int layer, int position);
    /// Emits -1, -1 when the pointer leaves.
    void hovered(int layer, int position);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    int layers() const;
    int positions() const;
    int nameWidth() const;
    int lines() const { return layers() + 2; }
    int lineHeight() const;
    double cellWidth() const;
    QPoint cellAt(const QPoint &point) const;
    QString label(std::int64_t token) const;
    void measure();
    void scrollTo(int position);
    void paintCell(QPainter &painter, int layer, int position) const;
    /// The next token's probability in the changed network minus that in the trained one; NaN if either reading is
    /// missing.
    float changeAt(int layer, int position) const;

    std::shared_ptr<const Examination> m_examination;
    double m_largestChange = 0;
    int m_labelWidth = 0;
    int m_layer = -1, m_position = -1, m_cursor = -1;
    QPoint m_hovered{-1, -1};
};

} // namespace samout
