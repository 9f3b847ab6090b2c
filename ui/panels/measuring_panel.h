#pragma once

#include "ui/job.h"
#include "ui/panels/plot_panel.h"

#include <QString>

#include <functional>
#include <memory>

class QLabel;
class QToolButton;

namespace samout {

class Dataset;
class Snapshot;
class Workspace;

/// A panel whose numbers take seconds: measured on the training's data when a person presses Measure, with progress
/// and Stop. What was measured before stays until the new numbers are there.
class MeasuringPanel : public PlotPanel {
    Q_OBJECT

public:
    /// Measures what the panel shows, of the network that is looked at, as changed.
    void measure();
    bool measuring() const { return m_job.running(); }
    /// Whether all cores may be used: while no training needs them.
    void setAllCores(bool all) { m_allCores = all; }
    /// The line below the header: what keeps it from measuring, or what was measured.
    QString note() const;

signals:
    /// New numbers are shown.
    void measured();

protected:
    MeasuringPanel(Workspace *workspace, const QString &title, const QString &emptyText, const QString &measureTip,
                   QWidget *parent);

    /// What is measured and on what.
    struct Subject {
        std::shared_ptr<const Snapshot> snapshot;
        std::shared_ptr<const Dataset> data;
    };
    /// Begins it: calls begin().
    virtual void measureShown(const Subject &subject) = 0;
    /// Does `work` on another thread, then `done` here and tells measured().
    void begin(Job::Work work, std::function<void()> done);
    void setNote(const QString &sentence);
    Workspace *workspace() const { return m_workspace; }

private:
    QString whyNot() const;

    Workspace *m_workspace;
    QLabel *m_note;
    bool m_allCores = false;
    Job m_job; // last: its end waits for work that may still use the above
};

} // namespace samout
