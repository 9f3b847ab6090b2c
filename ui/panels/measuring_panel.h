// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/table.h"
#include "ui/panels/measured_of.h"
#include "ui/panels/plot_panel.h"
#include "ui/work/job.h"

#include <QString>

#include <functional>
#include <memory>

class QLabel;
class QToolButton;

namespace samout {

class Dataset;
class QuietLine;
class Workspace;

/// A panel whose numbers take seconds: they are measured on texts of the training's data when the person presses
/// Measure, with progress and Stop. The person chooses the network as trained, as changed, or the difference. Old
/// numbers stay until new ones arrive or another run is shown; a remark says if they come from another network than the
/// one that is shown now.
class MeasuringPanel : public PlotPanel {
    Q_OBJECT

public:
    /// Lets a measurement use all cores while no training needs them.
    void connectTo(const PanelContext &context) override;
    bool busy() const override { return m_job.running(); }
    void tryOut() override { measure(); }

    /// Measures the numbers that the panel shows.
    void measure();
    Job *job() { return &m_job; }
    QToolButton *measureButton() const { return m_button; }
    /// The line below the header: why nothing can be measured, or what was measured.
    QString note() const;
    /// The quiet line below the note: how the network on screen differs from the one to look at.
    QString remark() const;
    /// The header's mark if the numbers on screen do not come from the network as trained.
    QString mark() const;

signals:
    /// New numbers are shown.
    void measured();

protected:
    MeasuringPanel(Workspace *workspace, const QString &title, const QString &emptyText, const QString &measureTip,
                   QWidget *parent);

    /// What is measured, and on which data.
    struct Measurement {
        MeasuredOf of;
        std::shared_ptr<const Dataset> data;
    };

    /// Why nothing can be measured now; empty if it can.
    virtual QString whyNot() const;
    /// Starts the measurement by calling begin().
    virtual void measureShown(const Measurement &measurement) = 0;
    /// The network that the numbers on screen were measured on; nullptr while there are no numbers.
    virtual const MeasuredOf *shownOf() const = 0;
    /// What was measured, in a sentence; called only while there are numbers on screen.
    virtual QString sentence() const = 0;
    /// Drops all numbers, because another run is shown.
    virtual void forget() = 0;

    /// Runs `work` on another thread, then `done` on this one, and emits measured().
    void begin(Job::Work work, std::function<void()> done);
    /// Call this whenever the numbers on screen change or go.
    void showMeasured();
    /// Whether there is anything to measure, and the tooltip of Measure.
    void setMeasurable(bool measurable, const QString &tip);
    void setNote(const QString &sentence);
    /// A table of core for copying: for a difference its measured columns say so.
    QString tableText(Table table) const;
    Workspace *workspace() const { return m_workspace; }

private:
    void showRemark();
    void takeTraining();
    void showButton();

    Workspace *m_workspace;
    QLabel *m_note;
    QuietLine *m_remark;
    QToolButton *m_button;
    bool m_measurable = true;
    bool m_allCores = false;
    KnownRun m_run;
    Job m_job; // last: its destructor waits for work that may still use the members above
};

} // namespace samout
