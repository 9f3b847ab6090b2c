// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QVector>
#include <QWidget>

#include <optional>
#include <utility>

QT_BEGIN_NAMESPACE
class QBarCategoryAxis;
class QBarSet;
class QChart;
class QChartView;
class QLineSeries;
class QStackedBarSeries;
class QValueAxis;
QT_END_NAMESPACE

namespace samout {

/// One number per layer as bars in the layers' colours; the value axis is fitted to the numbers or fixed.
class LayerBars : public QWidget {
    Q_OBJECT

public:
    /// `reference`: the value of a thin line across; a fitted axis always contains it.
    LayerBars(const QString &title, std::optional<double> reference, QWidget *parent = nullptr);

    /// Fixes the value axis instead of fitting it.
    void setFixedRange(double low, double high);
    /// `areDifferences`: the bars begin at 0, on a fitted axis.
    void setValues(const QVector<double> &values, bool areDifferences = false);
    const QVector<double> &values() const { return m_values; }
    /// The ends of the value axis.
    double low() const;
    double high() const;

signals:
    /// The layer under the pointer, counted from 0; -1: none.
    void hovered(int layer);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    void makeBars(int count);
    void draw();
    std::optional<double> reference() const;
    void setAxis();
    void setTicks(int count);
    void fitAxis();
    void applyTheme();

    QVector<double> m_values;
    bool m_areDifferences = false;
    std::optional<double> m_reference;
    std::optional<std::pair<double, double>> m_fixedRange;
    bool m_stale = false;
    QVector<QBarSet *> m_sets;
    QChart *m_chart;
    QChartView *m_view;
    QStackedBarSeries *m_bars;
    QLineSeries *m_line;
    QBarCategoryAxis *m_layerAxis;
    QValueAxis *m_valueAxis;
};

} // namespace samout
