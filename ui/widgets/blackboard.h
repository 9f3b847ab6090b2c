// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QList>
#include <QPoint>
#include <QString>
#include <QWidget>

namespace samout {

/// Lines of a computation as a person would write them at a blackboard: a name, its formula, the formula with numbers,
/// the result. Every quantity has a colour, in which its number is written wherever it is used again. The widget does
/// not know what the lines mean.
class Blackboard : public QWidget {
    Q_OBJECT

public:
    /// A piece of a line.
    struct Span {
        QString text;
        /// The quantity whose number this is; -1: none.
        int quantity = -1;
        /// The number with all digits, shown under the pointer.
        QString exact = {};
    };
    struct Line {
        QString name;
        int quantity = -1;
        /// The formula with names, and with numbers in their place.
        QString formula = {};
        QList<Span> numbers = {};
        Span result = {};
        /// The difference from the trained network's number; empty if the two are equal.
        Span change = {};
        /// A remark after the numbers; with a `token` it can be clicked and leads to that token.
        QString remark = {};
        int token = -1;
        /// An explanation, shown under the pointer.
        QString toolTip = {};
        /// The group's word, if the line begins a group; a rule is drawn above the line.
        QString group = {};
    };

    explicit Blackboard(QWidget *parent = nullptr);

    void setLines(const QList<Line> &lines);
    const QList<Line> &lines() const { return m_lines; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// A remark that leads to a token was clicked.
    void tokenClicked(int token);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    /// A piece of text and its place in the widget.
    struct Piece {
        QRect rect;
        QString text;
        QColor color;
        bool strong = false;
        Qt::Alignment alignment = Qt::AlignLeft;
        QString toolTip;
        int token = -1;
    };

    void layOut();
    int heightOf(int lineHeight) const;
    QColor colorOf(int quantity) const;
    const Piece *pieceAt(const QPoint &point) const;

    QList<Line> m_lines;
    QList<Piece> m_pieces;
    QList<int> m_rules;
    /// The width that the columns need without groups and formulas, in pixels.
    int m_width = 0;
};

} // namespace samout
