// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/plots/color_map.h"

#include <QImage>
#include <QStringList>
#include <QWidget>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

namespace samout {

/// A matrix as coloured cells: a look-up table into a QImage, scaled without smoothing. Rows run downwards. The widget
/// does not know what the numbers mean. Refilling 1024 x 64 cells takes about 0.2 ms.
class Heatmap : public QWidget {
    Q_OBJECT

public:
    explicit Heatmap(QWidget *parent = nullptr);

    /// How a number becomes a place from 0 to 1 on the colour map. SignedLog shows three decades of both signs, on a
    /// range that is symmetric about zero; Log shows the three decades below `high`, for numbers that are not negative.
    enum class Scale { Linear, SignedLog, Log };
    static double placeOf(double value, Scale scale, double low, double high);

    /// rows * cols numbers, row by row; NaN is drawn in nanColor, infinities as the ends of the range.
    void setValues(int rows, int cols, std::vector<float> values);
    void setTitle(const QString &title);
    /// rows * cols flags; a small tick at the left edge of the flagged cells, if cells are at least 3 pixels wide.
    /// Empty: no ticks. setValues() with another shape clears them.
    void setMarks(std::vector<std::uint8_t> marks);
    /// rows * cols flags; a frame round the flagged cells. Empty: no frames. setValues() with another shape clears
    /// them.
    void setOutlines(std::vector<std::uint8_t> outlines);
    /// In row r, cells right of column r + `offset` are drawn as background.
    void setTriangle(int offset);
    /// Labels under the columns; as many are drawn as fit.
    void setColumnLabels(const QStringList &labels);
    void setColors(const ColorMap &map, Scale scale, float low, float high);
    /// The shared cursor, drawn as a thin cross; -1: none.
    void setCursor(int row, int col);
    /// A frame round a stretch of cells of one row; row -1: none.
    void setStretch(int row, int first, int last);
    /// A sentence shown while there are no values.
    void setEmptyText(const QString &text);

    int rows() const { return m_rows; }
    int cols() const { return m_cols; }
    float value(int row, int col) const;
    /// The rectangle of a cell.
    QRectF cellRect(int row, int col) const;

signals:
    /// The cell under the pointer; -1, -1 when the pointer leaves.
    void hovered(int row, int col);
    void clicked(int row, int col);
    void doubleClicked(int row, int col);
    /// A drag with Shift began in this cell, moved to another column, ended.
    void stretchBegan(int row, int col);
    void stretched(int col);
    void stretchEnded();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    int lineHeight() const;
    QRect cellsRect() const;
    /// The cell as (col, row), or (-1, -1).
    QPoint cellAt(const QPoint &position) const;
    void fillImage();
    void paintMarks(QPainter &painter) const;
    void paintOutlines(QPainter &painter) const;
    void paintStretch(QPainter &painter) const;
    void paintCursor(QPainter &painter) const;
    void paintColumnLabels(QPainter &painter) const;

    /// The first column of a row that is drawn as background.
    int endOfRow(int row) const { return m_triangle ? std::min(m_cols, row + *m_triangle + 1) : m_cols; }

    int m_rows = 0;
    int m_cols = 0;
    std::optional<int> m_triangle;
    std::vector<float> m_values;
    std::vector<std::uint8_t> m_marks;
    std::vector<std::uint8_t> m_outlines;
    QImage m_image;
    QString m_title;
    QString m_emptyText;
    QStringList m_columnLabels;
    const ColorMap *m_map = nullptr;
    Scale m_scale = Scale::Linear;
    float m_low = 0;
    float m_high = 1;
    int m_cursorRow = -1;
    int m_cursorCol = -1;
    QPoint m_hovered{-1, -1};
    /// A drag with Shift.
    bool m_dragging = false;
    int m_stretchRow = -1;
    int m_stretchFirst = 0;
    int m_stretchLast = 0;
    bool m_stale = false;
};

} // namespace samout
