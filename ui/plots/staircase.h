// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QStringList>
#include <QWidget>

#include <vector>

namespace samout {

/// A running maximum over a sequence: the offered numbers as dots, the largest so far as a staircase. One place is
/// marked, and the place whose number is held there. The widget does not know what the numbers mean.
class Staircase : public QWidget {
    Q_OBJECT

public:
    explicit Staircase(QWidget *parent = nullptr);

    /// Three lists of the same length; numbers that are not finite leave a gap.
    void setValues(std::vector<float> offered, std::vector<float> held, const QStringList &labels);
    /// The shown place, and the place whose number is held there; -1: none.
    void setMarks(int place, int holder);
    int place() const { return m_place; }
    int holder() const { return m_holder; }

signals:
    void clicked(int place);
    /// Emits -1 when the pointer leaves.
    void hovered(int place);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    QSize sizeHint() const override { return {400, 96}; }
    QSize minimumSizeHint() const override { return {160, 44}; }

private:
    /// The drawn window: a long sequence is cut round the place.
    int first() const;
    int count() const;
    QRectF plotRect() const;
    double xOf(int place) const;
    int placeAt(double x) const;
    void paintLabels(QPainter &painter) const;

    std::vector<float> m_offered, m_held;
    QStringList m_labels;
    int m_place = -1, m_holder = -1;
};

} // namespace samout
