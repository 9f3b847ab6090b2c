// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QVector>
#include <QWidget>

class QCPBars;
class QCustomPlot;

namespace samout {

/// How many numbers fall into each of equal bins, as bars on a logarithmic axis, so that rare numbers stay visible. The
/// widget does not know what the numbers mean.
class Histogram : public QWidget {
    Q_OBJECT

public:
    explicit Histogram(QWidget *parent = nullptr);

    /// `counts`: one per bin; the bins divide `low` to `high` equally.
    void setCounts(const QVector<double> &counts, double low, double high);
    const QVector<double> &counts() const { return m_counts; }
    void setXAxis(const QString &label);

signals:
    /// The bin under the pointer; -1 when the pointer leaves.
    void hovered(int bin);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

private:
    void draw();
    void applyTheme();

    QCustomPlot *m_plot;
    QCPBars *m_bars;
    QVector<double> m_counts;
    double m_low = 0;
    double m_high = 1;
    bool m_stale = false;
};

} // namespace samout
