// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QVector>
#include <QWidget>

namespace samout {

/// A slider for an alpha from -0.5 to 1.5, over a curve of the held-out loss at each alpha. The thin line marks the
/// trained alpha.
class AlphaSlider : public QWidget {
    Q_OBJECT

public:
    static constexpr double least = -0.5, most = 1.5;

    explicit AlphaSlider(QWidget *parent = nullptr);

    void setValue(double alpha);
    double value() const { return m_value; }
    void setTrained(double alpha);
    /// `fresh`: the curve was measured on the current network; else it is drawn faintly.
    void setCurve(const QVector<double> &alphas, const QVector<double> &losses, bool fresh);
    const QVector<double> &losses() const { return m_losses; }
    /// The loss at an alpha, interpolated between the curve's points; NaN if it is unknown.
    double lossAt(double alpha) const;

signals:
    /// A person moves the slider; all moves between pressed() and released() are one drag.
    void pressed();
    void moved(double alpha);
    void released();
    /// The alpha under the pointer; NaN: none.
    void hovered(double alpha);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    QSize sizeHint() const override { return {160, 40}; }
    QSize minimumSizeHint() const override { return {64, 28}; }

private:
    double xOf(double alpha) const;
    double alphaAt(double x) const;
    void moveTo(double alpha);

    double m_value = 0.5;
    double m_trained = 0.5;
    QVector<double> m_alphas, m_losses;
    bool m_fresh = false;
};

} // namespace samout
