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

/// Curves over a growing axis, of a million points each or more. Appending a point takes constant time; new points are
/// drawn at most four times a second, and not while the widget is hidden. A y that is not finite is a gap, marked by a
/// triangle in nanColor on the axis.
///
/// The wheel zooms at the pointer (over an axis only that axis), a drag moves, Shift+drag zooms to a box, a
/// double-click fits. The widget does not know what the numbers mean.
class TimeSeries : public QWidget {
    Q_OBJECT

public:
    explicit TimeSeries(QWidget *parent = nullptr);
    ~TimeSeries() override;

    /// What the x axis counts; Seconds are written as times.
    enum class XKind { Count, Seconds };
    /// How the view changes when points are appended: it shows all of them, follows the newest, or stays where the
    /// person put it.
    enum class View { Fit, Follow, Free };

    /// Removes all curves and lines.
    void clear();
    /// Adds a curve in a category's colour (see categoryColor()) and returns its index; the name is written at its end.
    /// A faint curve is the raw form of another curve: drawn without name and marks.
    int addCurve(const QString &name, int category, bool faint = false);
    /// Appends a point; x must not be smaller than the curve's last one.
    void append(int curve, double x, double y);
    /// Replaces all points of a curve; xs must not decrease.
    void setPoints(int curve, const QVector<double> &xs, const QVector<double> &ys);
    /// A horizontal line with its name written on it.
    void addLine(const QString &label, double y);

    void setXAxis(const QString &label, XKind kind);
    void setYAxis(const QString &label);
    void setLogarithmic(bool logarithmic);
    bool isLogarithmic() const;

    /// Shows all points and lines, from now on.
    void fit();
    /// Follows the newest points, in the width that is shown now; or stays.
    void setFollowing(bool follow);
    View view() const;
    /// Shows these ranges; the view is then Free.
    void setRanges(AxisRange x, AxisRange y);
    /// The ranges of the axes at the last drawing.
    AxisRange xRange() const;
    AxisRange yRange() const;
    /// The xs at which gaps of a curve are marked.
    QVector<double> gaps(int curve) const;
    QStringList lineLabels() const;

    /// A thin vertical line at x; NaN: none.
    void setCursor(double x);
    /// Draws new points now.
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
