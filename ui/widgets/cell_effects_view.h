// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/cell_effects.h"
#include "ui/work/job.h"

#include <QWidget>

#include <memory>
#include <vector>

class QLabel;
class QPushButton;
class QSpinBox;
class QTreeWidget;

namespace samout {

class InterventionsList;
class Workspace;

/// The state cells of the shown layer at a token, ordered by how far they move the later predictions, the furthest
/// first.
class CellEffectsView : public QWidget {
    Q_OBJECT

public:
    CellEffectsView(Workspace *workspace, InterventionsList *list, QWidget *parent = nullptr);

    /// Measures the cells' effects in the workspace's text.
    void find();
    QSpinBox *position() { return m_position; }
    QTreeWidget *table() { return m_table; }
    const std::vector<CellEffect> &effects() const { return m_effects; }

signals:
    /// The effects are on screen.
    void found();
    /// `reason` is a sentence.
    void failed(const QString &reason);

private:
    void showText();
    void showEffects(std::vector<CellEffect> effects);
    void setCell(int row);

    Workspace *m_workspace;
    InterventionsList *m_list;
    QSpinBox *m_position;
    QPushButton *m_find;
    QLabel *m_of;
    QTreeWidget *m_table;
    CellQuestion m_question;
    std::vector<CellEffect> m_effects;
    Job m_job;
};

} // namespace samout
