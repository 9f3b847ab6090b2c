// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QAbstractScrollArea>
#include <QColor>
#include <QHash>
#include <QList>
#include <QString>

namespace samout {

/// A growing text of tokens, each on a ground coloured by the model's probability of it. Only visible tokens are drawn
/// and only new ones are laid out, so a text of 100,000 tokens scrolls like a short one.
class TokenView : public QAbstractScrollArea {
    Q_OBJECT

public:
    struct Token {
        QString text;
        /// Below 0: the token was given, not written by the model, and has no colour.
        float probability = -1;
        /// If valid, replaces the ground of the probability.
        QColor ground = {};
        /// The next token begins a line.
        bool endsLine = false;
        /// The trained length is reached before this token.
        bool marked = false;
    };

    explicit TokenView(QWidget *parent = nullptr);

    void clear();
    void append(const QList<Token> &tokens);
    /// Replaces all tokens; keeps the scroll position and the outline if possible.
    void setTokens(const QList<Token> &tokens);
    int count() const { return static_cast<int>(m_tokens.size()); }
    const Token &token(int index) const { return m_tokens[index]; }
    /// The outlined token; -1: none.
    int selected() const { return m_selected; }
    void select(int index);
    /// Scrolls until the token is visible.
    void scrollTo(int index);
    /// The first token that differs from the text beside this one; drawn with bars above and below. -1: none.
    int firstDifference() const { return m_firstDifference; }
    void setFirstDifference(int index);
    /// Scrolls to a token.
    void reveal(int index);
    /// A sentence shown while there are no tokens.
    void setEmptyText(const QString &text);
    /// The rectangle of a token, in the viewport.
    QRect tokenRect(int index) const;

    /// The ground of a probability and the text colour on it.
    static QColor ground(float probability);
    static QColor ink(const QColor &ground);

signals:
    void clicked(int index);
    void hovered(int index);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Place {
        int x = 0;
        int width = 0;
        int line = 0;
    };

    void layOut(int from);
    void layOutAll();
    void newLine(int first);
    int textWidth(const QString &text);
    int lineHeight() const;
    int tokenAt(const QPoint &point) const;
    void paintToken(QPainter &painter, int index) const;

    QList<Token> m_tokens;
    QList<Place> m_places;
    /// The first token of every line.
    QList<int> m_lines;
    /// The first token after the last space of the last line, where the line may be broken.
    int m_wordStart = 0;
    QHash<QString, int> m_widths;
    int m_selected = -1;
    int m_firstDifference = -1;
    QString m_emptyText;
};

} // namespace samout
