// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "ui/panels/plot_panel.h"
#include "ui/plots/smoother.h"
#include "ui/plots/time_series.h"

#include <QList>

#include <vector>

namespace samout {

class Workspace;

/// Training and held-out loss over the steps, with lines for the loss of chance, of a bigram model and of the generator
/// itself.
class LossPanel : public PlotPanel {
    Q_OBJECT

public:
    explicit LossPanel(Workspace *workspace, QWidget *parent = nullptr);

    void connectTo(const PanelContext &context) override;
    QString table() const override;
    TimeSeries *plot() { return m_plot; }

    /// What the x axis counts.
    enum class Axis { Steps, Tokens, Time };
    void setAxis(Axis axis);

public slots:
    /// Takes a new training: starts an empty plot with the training's lines.
    void setTraining(const samout::TrainingFacts &facts);
    void addSteps(const QList<samout::StepMetrics> &steps);

private:
    /// A step on the plot; tokens and seconds count from the first step on.
    struct Point {
        qint64 step = 0;
        double tokens = 0;
        double seconds = 0;
        double loss = 0;
        double smoothed = 0;
        /// heldOut holds a measured loss, which may be NaN.
        bool measured = false;
        double heldOut = 0;
    };

    /// Another run's loss.
    struct Other {
        QString name;
        std::vector<Point> points;
        int curve = 0;
    };

    static Point pointAfter(const std::vector<Point> &points, const StepMetrics &metrics, Smoother &smoother);
    /// Draws the smoothed losses of Workspace::comparedRuns() beside this run's loss.
    void takeCompared();
    void begin();
    void addCurves();
    void drawOther(const Other &other);
    void redraw();
    double xOf(const Point &point) const;
    void showPoint(double x);
    void showCursor();
    QString sentence(const Point &point) const;

    Workspace *m_workspace;
    TimeSeries *m_plot;
    std::vector<Point> m_points;
    std::vector<Other> m_others;
    Smoother m_smoother;
    Axis m_axis = Axis::Steps;
    int m_raw = 0;
    int m_smoothed = 0;
    int m_heldOut = 0;
};

} // namespace samout
