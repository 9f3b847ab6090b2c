// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/panels/measured_of.h"
#include "ui/panels/plot_panel.h"
#include "ui/work/job.h"

#include <QString>

#include <functional>
#include <memory>
#include <vector>

class QLabel;
class QToolButton;

namespace samout {

class Dataset;
class QuietLine;
class Workspace;

/// A panel whose numbers take seconds: measured on texts of the training's data when a person presses Measure, with
/// progress and Stop; of the network as trained, as changed, or the difference, as the person chose. What was measured
/// before stays until the new numbers are there or another run is shown, and says where it is of another network than
/// the one that is looked at by now.
class MeasuringPanel : public PlotPanel {
    Q_OBJECT

public:
    /// Measures what the panel shows.
    void measure();
    bool measuring() const { return m_job.running(); }
    Job *job() { return &m_job; }
    QToolButton *measureButton() const { return m_button; }
    /// Whether all cores may be used: while no training needs them.
    void setAllCores(bool all) { m_allCores = all; }
    /// The line below the header: what keeps it from measuring, or what was measured.
    QString note() const;
    /// The quiet line below it: how what is on screen differs from what is looked at.
    QString remark() const;
    /// What the header says: that the numbers on screen are not of the network as trained.
    QString mark() const;

signals:
    /// New numbers are shown.
    void measured();

protected:
    MeasuringPanel(Workspace *workspace, const QString &title, const QString &emptyText, const QString &measureTip,
                   QWidget *parent);

    /// What is measured and on what.
    struct Subject {
        MeasuredOf of;
        /// As of.networks() has them.
        std::vector<std::shared_ptr<const Snapshot>> networks;
        std::shared_ptr<const Dataset> data;

        /// `measure(network, progress)` of every network, one after the other.
        template <typename Measure> auto ofEach(const Job::Progress &progress, const Measure &measure) const
        {
            std::vector<decltype(measure(networks.front(), progress))> results;
            const auto count = static_cast<double>(networks.size());
            for (const auto &network : networks) {
                const auto done = static_cast<double>(results.size());
                results.push_back(
                    measure(network, Job::Progress([&](double share) { progress((done + share) / count); })));
            }
            return results;
        }
    };

    /// Why nothing can be measured now; empty where it can.
    virtual QString whyNot() const;
    /// Begins it: calls begin().
    virtual void measureShown(const Subject &subject) = 0;
    /// What the numbers on screen are of; nullptr while there are none.
    virtual const MeasuredOf *shownOf() const = 0;
    /// What was measured, in a sentence; asked for only where there are numbers on screen.
    virtual QString sentence() const = 0;
    /// Forgets all numbers: they are of another run.
    virtual void forget() = 0;

    /// Does `work` on another thread, then `done` here and tells measured().
    void begin(Job::Work work, std::function<void()> done);
    /// To be called whenever other numbers, or none, are on screen.
    void showMeasured();
    /// Whether there is anything that could be measured, and what Measure says of it.
    void setMeasurable(bool measurable, const QString &tip);
    void setNote(const QString &sentence);
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
    Job m_job; // last: its end waits for work that may still use the above
};

} // namespace samout
