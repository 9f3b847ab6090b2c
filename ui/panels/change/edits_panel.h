// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "core/train/fixed_parts.h"
#include "ui/panels/panel.h"

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace samout {

class LayerChooser;
class MessageStrip;
class TrainingControls;
class Workspace;

/// Edits the training while it runs: freezes a layer or a head, holds an alpha, begins a head anew, sets the learning
/// rate. Below, the parts that are fixed now and all edits of this training.
class EditsPanel : public Panel {
    Q_OBJECT

public:
    EditsPanel(Workspace *workspace, TrainingControls *controls, QWidget *parent = nullptr);

    void connectTo(const PanelContext &context) override;
    /// The edits, one per line.
    QString table() const override;

private:
    /// Take the state of the window's own training, whatever run is shown.
    void setTraining(const TrainingFacts &facts);
    void setStatus(SessionStatus status);
    void addEdit(const AppliedEdit &edit);
    QWidget *newChoices();
    /// A button that makes an edit of type `Change`.
    template <typename Change> QPushButton *newButton(const QString &text, const QString &tip, const QString &name);
    template <typename Change> void apply();
    /// The edit that the fields describe. Throws Error if a field that it needs holds no number.
    template <typename Change> Change chosen() const;
    int layer() const;
    double numberIn(const QLineEdit *field, const QString &what) const;
    void showLayer();
    void showEdits();
    void showFixed();
    void updateButtons();

    Workspace *m_workspace;
    TrainingControls *m_controls;
    MessageStrip *m_strip;
    QLabel *m_hint;
    QWidget *m_choices;
    LayerChooser *m_layers;
    QComboBox *m_heads;
    QLineEdit *m_alpha;
    QLineEdit *m_rate;
    QLabel *m_fixedNow;
    QTreeWidget *m_list;
    QPushButton *m_freezeHead = nullptr, *m_unfreezeHead = nullptr;
    QPushButton *m_freezeLayer = nullptr, *m_unfreezeLayer = nullptr;
    QPushButton *m_releaseAlpha = nullptr;

    std::vector<AppliedEdit> m_edits;
    FixedParts m_fixed;
    int m_layerCount = 0;
};

} // namespace samout
