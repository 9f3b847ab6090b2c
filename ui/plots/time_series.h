// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>
#include <QVector>
#include <QWidget>

#include <memory>

namespace samout {

/// The two ends of what an axis shows.
struct AxisRange {
    double lower = 0;
    double upper = 1;
};

/// Curves over a growing axis, a million points each and more. A point is appended in constant time; new points
/// are drawn at most four times a second, and not while the widget is hidden. A y that is not finite is a gap,
/// marked by a triangle in nanColor on the axis.
///
/// Wheel zooms at the pointer (over an axis only that axis), drag moves, Shift+drag zooms to a box,
/// double-click fits. Knows nothing of what the numbers mean.
class TimeSeries : public QWidget {
    Q_OBJECT

public:
    explicit TimeSeries(QWidget *parent = nullptr);
    ~TimeSeries() override;

    /// What the x axis counts; Seconds are written as a time.
    enum class XKind { Count, Seconds };
    /// What becomes of the view when points come: all of them are shown, the view moves along with the newest,
    /// or it stays where the person put it.
    enum class View { Fit, Follow, Free };

    /// Removes all curves and lines.
    void clear();
    /// A new curve in a category's colour (see categoryColor()); the name is written at its end. A faint curve
    /// is the raw form of another one: drawn without its name and without marks. Returns its index.
    int addCurve(const QString &name, int category, bool faint = false);
    /// x must not be smaller than the curve's last.
    void append(int curve, double x, double y);
    /// Replaces all points of a curve; xs must not fall.
    void setPoints(int curve, const QVector<double> &xs, const QVector<double> &ys);
    /// A horizontal line with its name written on it.
    void addLine(const QString &label, double y);

    void setXAxis(const QString &label, XKind kind);
    void setYAxis(const QString &label);
    void setLogarithmic(bool logarithmic);
    bool isLogarithmic() const;

    /// Shows all points and lines, from now on.
    void fit();
    /// Moves along with the newest, in the width that is shown now; or stays.
    void setFollowing(bool follow);
    View view() const;
    /// Shows this part; the view is then free.
    void setRanges(AxisRange x, AxisRange y);
    /// What the axes show as of the last drawing.
    AxisRange xRange() const;
    AxisRange yRange() const;
    /// Where gaps of a curve are marked.
    QVector<double> gaps(int curve) const;
    QStringList lineLabels() const;

    /// A thin vertical line at x; NaN is none.
    void setCursor(double x);
    /// Draws now what is new.
    void refresh();

signals:
    /// The x of the point nearest to the pointer, and the curve whose value there is nearest.
    void hovered(double x, int curve);
    void unhovered();
    void viewChanged(samout::TimeSeries::View view);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
