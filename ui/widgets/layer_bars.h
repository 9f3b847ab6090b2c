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

/// A number a layer as bars in the layers' colours, on an axis fitted to them or fixed.
class LayerBars : public QWidget {
    Q_OBJECT

public:
    /// `reference`: a thin line across at this value, which a fitted axis always shows.
    LayerBars(const QString &title, std::optional<double> reference, QWidget *parent = nullptr);

    /// Instead of fitting it.
    void setFixedRange(double low, double high);
    /// Differences are drawn from 0, on a fitted axis.
    void setValues(const QVector<double> &values, bool areDifferences = false);
    const QVector<double> &values() const { return m_values; }
    /// The ends of the value axis.
    double low() const;
    double high() const;

signals:
    /// The layer, from 0 on, under the pointer; -1 is none.
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
