// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/alpha_sweep.h"
#include "core/model/interventions.h"
#include "ui/work/job.h"
#include "ui/work/mailbox.h"

#include <QList>
#include <QWidget>

#include <memory>

class QDoubleSpinBox;
class QGridLayout;
class QPushButton;
class QToolButton;

namespace samout {

class AlphaSlider;
class InterventionsList;
class Workspace;

/// A slider for the alpha of every layer. Behind each slider stands the held-out loss for alphas from -0.5 to 1.5, once
/// the person asks for these curves.
class AlphaSliders : public QWidget {
    Q_OBJECT

public:
    AlphaSliders(Workspace *workspace, InterventionsList *list, QWidget *parent = nullptr);

    AlphaSlider *slider(int layer) const { return m_rows[layer].slider; }
    QDoubleSpinBox *spin(int layer) const { return m_rows[layer].spin; }
    QToolButton *reset(int layer) const { return m_rows[layer].reset; }
    /// Measures the loss curves of all layers, one after the other.
    void findCurves();
    Job *job() { return &m_job; }

signals:
    /// `reason`: a sentence that says why there are no curves.
    void failed(const QString &reason);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Row {
        AlphaSlider *slider = nullptr;
        QDoubleSpinBox *spin = nullptr;
        QToolButton *reset = nullptr;
    };
    void setNetwork();
    void refresh();
    void showCurve(const AlphaSweep &sweep);
    Row newRow(int layer);

    Workspace *m_workspace;
    InterventionsList *m_list;
    QPushButton *m_find;
    QWidget *m_sheet = nullptr;
    QList<Row> m_rows;
    /// The weights and interventions that the curves in m_sweeps were measured with.
    std::shared_ptr<const Snapshot> m_swept;
    Interventions m_sweptWith;
    QList<AlphaSweep> m_sweeps;
    Mailbox m_mailbox;
    Job m_job; // last: its work posts to m_mailbox
};

} // namespace samout
