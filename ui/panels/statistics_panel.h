#pragma once

#include "core/inspect/position_loss.h"
#include "core/inspect/statistics.h"
#include "ui/panels/measuring_panel.h"

#include <memory>
#include <vector>

class QComboBox;
class QStackedWidget;

namespace samout {

class LayerBars;
class LayerChooser;
class TimeSeries;

/// How the network remembers: how often states change, how old they are, how far back a token still matters, which
/// gates never open, how the loss goes on beyond the trained length; now, and over the snapshots that a run stored.
class StatisticsPanel : public MeasuringPanel {
    Q_OBJECT

public:
    enum class View { Changes, Ages, Influence, Layers, Positions, RunChanges, RunAges, RunMemory, RunGates, RunSizes };

    explicit StatisticsPanel(Workspace *workspace, QWidget *parent = nullptr);

    void setView(View view);
    /// As many tokens are measured on.
    void setTokens(std::int64_t tokens) { m_tokens = tokens; }

    TimeSeries *plot() { return m_plot; }
    QString table() const override;

protected:
    void measureShown(const Subject &subject) override;

private:
    /// A curve as it is drawn and copied.
    struct Curve {
        QString name;
        int category = 0;
        QVector<double> xs, ys;
        bool faint = false;
    };

    View view() const;
    bool isKnown() const;
    void showView();
    void draw();
    void drawPlot();
    void measureNow(const Subject &subject);
    void measurePositions(const Subject &subject);
    void measureRun();
    std::vector<Curve> curves() const;
    std::vector<Curve> headCurves() const;
    std::vector<Curve> positionCurves() const;
    std::vector<Curve> runCurves() const;
    QString sentence() const;
    void readPoint(double x, int curve);

    QComboBox *m_views;
    LayerChooser *m_layers;
    QStackedWidget *m_pages;
    TimeSeries *m_plot;
    LayerBars *m_gates;
    LayerBars *m_norms;
    LayerBars *m_residuals;
    std::int64_t m_tokens = 10'000;
    std::shared_ptr<const StateStatistics> m_now;
    std::int64_t m_trainedRows = 0;
    std::vector<PositionLoss> m_positions;
    std::int64_t m_trainedLength = 0;
    std::vector<std::shared_ptr<const StateStatistics>> m_run;
    std::vector<Curve> m_drawn;
};

} // namespace samout
