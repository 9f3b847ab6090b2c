// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QList>
#include <QString>
#include <QtCharts/QChartView>

namespace samout {

/// The likeliest tokens with their probabilities as bars, the likeliest on top. The token that was drawn has another
/// colour and an arrow.
class AlternativesChart : public QChartView {
    Q_OBJECT

public:
    struct Bar {
        QString label;
        double probability = 0;
        bool drawn = false;
    };

    explicit AlternativesChart(QWidget *parent = nullptr);

    void setBars(const QList<Bar> &bars);
    const QList<Bar> &bars() const { return m_bars; }
    void setEmptyText(const QString &text);

protected:
    void paintEvent(QPaintEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void draw();
    void placePlot();

    QList<Bar> m_bars;
    QString m_emptyText;
    int m_nameWidth = 0;
    int m_numberWidth = 0;
};

} // namespace samout
