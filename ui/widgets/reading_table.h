// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"

#include <QAbstractScrollArea>

#include <memory>

namespace samout {

/// Layers by positions, the last layer on top: in each cell the likeliest next token by the head's reading of that
/// layer's output, on a ground that says how probable the true next token is by it. Below the tokens that are read,
/// above those that come next. Only what is visible is computed.
class ReadingTable : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit ReadingTable(QWidget *parent = nullptr);

    /// Holds readings of all layers.
    void setExamination(std::shared_ptr<const Examination> examination);
    /// The cell that is outlined, and the position that is marked; -1 is none. One that changes is scrolled to.
    void setChosen(int layer, int position);
    void setCursorPosition(int position);
    /// Where a cell is drawn, in the viewport.
    QRect cellRect(int layer, int position) const;
    /// True where the cell's likeliest token is another one as trained; false where that is not known.
    bool isChanged(int layer, int position) const;
    /// Where it shows the difference from the trained network: how far the probability of a next token moves at most.
    double largestChange() const { return m_largestChange; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void clicked(int layer, int position);
    /// -1, -1 when the pointer leaves.
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
    /// As changed minus as trained, of the next token's probability; NaN where there is none of the two.
    float changeAt(int layer, int position) const;

    std::shared_ptr<const Examination> m_examination;
    double m_largestChange = 0;
    int m_labelWidth = 0;
    int m_layer = -1, m_position = -1, m_cursor = -1;
    QPoint m_hovered{-1, -1};
};

} // namespace samout
