// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/position_loss.h"
#include "core/inspect/statistics.h"
#include "ui/panels/inside/drawn_curve.h"
#include "ui/panels/measuring_panel.h"

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QStackedWidget;

namespace samout {

class LayerBars;
class LayerChooser;
class TimeSeries;

/// How the network remembers: how often states change, how old they are, how far back a token still matters, which
/// gates never open, and the loss beyond the trained length; for the current network and over the snapshots of a run.
class StatisticsPanel : public MeasuringPanel {
    Q_OBJECT

public:
    enum class View {
        Changes,
        Ages,
        Influence,
        Layers,
        Positions,
        RunChanges,
        RunAges,
        RunMemory,
        RunGates,
        RunSizes,
        RunNorms,
    };

    explicit StatisticsPanel(Workspace *workspace, QWidget *parent = nullptr);

    void setView(View view);
    /// The number of tokens to measure on; for a run, per snapshot.
    void setTokens(std::int64_t tokens) { m_tokens = tokens; }

    TimeSeries *plot() { return m_plot; }
    /// Chooses the curves over the run: the mean of a layer's heads, then each head.
    QComboBox *headChooser() { return m_heads; }
    QString table() const override;

protected:
    void measureShown(const Measurement &measurement) override;
    const MeasuredOf *shownOf() const override;
    QString sentence() const override;
    void forget() override;

private:
    using OfNetworks = std::vector<std::shared_ptr<const StateStatistics>>;

    View view() const;
    bool isDifference() const;
    void showView();
    void setHeads();
    void draw();
    void drawPlot();
    void measureNow(const Measurement &measurement);
    void measurePositions(const Measurement &measurement);
    void measureRun(const Measurement &measurement);
    std::vector<DrawnCurve> curves() const;
    /// The statistics of the side that was measured.
    const StateStatistics &shown() const;
    std::vector<DrawnCurve> headCurves(const StateStatistics &statistics) const;
    std::vector<DrawnCurve> influenceCurve(const StateStatistics &statistics) const;
    std::vector<DrawnCurve> positionCurves(const std::vector<PositionLoss> &losses) const;
    std::vector<DrawnCurve> runCurves() const;
    double ofHeads(const LayerStatistics &layer, double HeadStatistics::*number) const;
    QVector<double> byLayer(double LayerStatistics::*number, double factor) const;
    void readPoint(double x, int curve);

    QComboBox *m_views;
    QComboBox *m_heads;
    LayerChooser *m_layers;
    QStackedWidget *m_pages;
    TimeSeries *m_plot;
    LayerBars *m_gates;
    LayerBars *m_norms;
    LayerBars *m_residuals;
    std::int64_t m_tokens = 10'000;
    BySide<StateStatistics> m_now;
    std::optional<MeasuredOf> m_nowOf;
    std::int64_t m_trainedRows = 0;
    /// For Side::Difference the differences.
    std::vector<PositionLoss> m_positions;
    std::optional<MeasuredOf> m_positionsOf;
    std::int64_t m_trainedLength = 0;
    /// The statistics of the run's snapshots.
    OfNetworks m_run;
    std::optional<MeasuredOf> m_runOf;
    std::vector<DrawnCurve> m_drawn;
};

} // namespace samout
