// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QList>
#include <QPoint>
#include <QString>
#include <QWidget>

namespace samout {

/// Lines of a computation as a person would write them at a blackboard: a name, its formula, the formula with numbers,
/// the result. Every quantity has a colour, in which its number is written wherever it is used again. Knows nothing of
/// what the lines mean.
class Blackboard : public QWidget {
    Q_OBJECT

public:
    /// A piece of a line.
    struct Span {
        QString text;
        /// The quantity that it is a number of; -1 is none.
        int quantity = -1;
        /// All digits of it, shown under the pointer.
        QString exact = {};
    };
    struct Line {
        QString name;
        int quantity = -1;
        /// As a formula, and with the numbers in it.
        QString formula = {};
        QList<Span> numbers = {};
        Span result = {};
        /// How far it is from the same number as trained, where that is another; else empty.
        Span change = {};
        /// A remark after the numbers; with `token` it can be clicked and leads there.
        QString remark = {};
        int token = -1;
        /// What it teaches, under the pointer.
        QString toolTip = {};
        /// A line begins a group: a rule above it, and the group's word.
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
    /// Where a piece of text is drawn.
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
    /// What the columns need without groups and formulas.
    int m_width = 0;
};

} // namespace samout
