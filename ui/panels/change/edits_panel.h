// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "core/train/fixed_parts.h"

#include <QWidget>

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

/// Changes the network while it trains: freezes a layer or a head, holds an alpha, begins a head anew, sets the
/// learning rate. Below, what is fixed now and all that was changed of this training.
class EditsPanel : public QWidget {
    Q_OBJECT

public:
    EditsPanel(Workspace *workspace, TrainingControls *controls, QWidget *parent = nullptr);

    /// Of the window's own training, whatever run is looked at.
    void setTraining(const TrainingFacts &facts);
    void setStatus(SessionStatus status);
    void addEdit(const AppliedEdit &edit);

    /// What was changed, a line an edit.
    Q_INVOKABLE void copyToClipboard() const;

private:
    QWidget *newChoices();
    /// Of the edit that it makes.
    template <typename Change> QPushButton *newButton(const QString &text, const QString &tip, const QString &name);
    template <typename Change> void apply();
    /// As the fields say. Throws Error if one that it needs holds no number.
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
