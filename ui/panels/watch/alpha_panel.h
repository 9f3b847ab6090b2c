// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "ui/panels/examined_panel.h"
#include "ui/plots/time_series.h"

#include <QList>
#include <QTimer>

#include <memory>
#include <vector>

namespace samout {

class LayerBars;
class Workspace;

/// The alpha of every layer, now (at the training's newest step, or in other weights that are looked at) and over the
/// steps. Beside it the effect of alpha: the share of the new in the input of the LayerNorm.
class AlphaPanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit AlphaPanel(Workspace *workspace, QWidget *parent = nullptr);

    void connectTo(const PanelContext &context) override;
    /// Asks for the shares; for nothing while the panel is hidden.
    void ask(Question &question) const override;
    void setExamination(std::shared_ptr<const Examination> examination) override;
    bool showsThinned() const override { return true; }
    /// Whether the weights to look at are pinned: then their alphas are shown rather than the newest.
    void setPinned(bool pinned);

    QString table() const override;
    LayerBars *alphaBars() { return m_now; }
    LayerBars *shareBars() { return m_shares; }
    TimeSeries *plot() { return m_plot; }

public slots:
    void setTraining(const samout::TrainingFacts &facts);
    void addSteps(const QList<samout::StepMetrics> &steps);

protected:
    void showEvent(QShowEvent *event) override;
    bool showsDifference() const override { return true; }

private:
    struct Point {
        qint64 step = 0;
        std::vector<float> alphas;
    };

    void addCurves(std::size_t layers);
    void drawNow();
    bool isRecorded(const Snapshot &snapshot) const;
    void showPoint(double x, int layer);
    void showLayer(int layer);

    Workspace *m_workspace;
    LayerBars *m_now;
    LayerBars *m_shares;
    TimeSeries *m_plot;
    QTimer m_timer;
    std::vector<Point> m_points;
    /// The weights that were examined last.
    std::shared_ptr<const Snapshot> m_snapshot;
    /// The alphas that the person set.
    std::vector<Interventions::Alpha> m_changed;
    bool m_pinned = false;
    /// The bars show the difference from the network as trained.
    bool m_differs = false;
    std::size_t m_layers = 0;
};

} // namespace samout
