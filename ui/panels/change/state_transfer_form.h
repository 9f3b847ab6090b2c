// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"
#include "ui/work/worker.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace samout {

class InterventionsList;
class Workspace;

/// Takes the state of one layer or all layers after another text, and sets it in the text to look at.
class StateTransferForm : public QWidget {
    Q_OBJECT

public:
    StateTransferForm(Workspace *workspace, InterventionsList *list, QWidget *parent = nullptr);

    QLineEdit *text() { return m_text; }
    QSpinBox *from() { return m_from; }
    QSpinBox *to() { return m_to; }
    QComboBox *layers() { return m_layers; }
    QPushButton *put() { return m_put; }
    /// The line that says what the transfer does, or why the other text cannot be read.
    QLabel *words() { return m_words; }

signals:
    /// `reason`: a sentence.
    void failed(const QString &reason);

private:
    void refresh();
    void transfer();

    Workspace *m_workspace;
    InterventionsList *m_list;
    QLineEdit *m_text;
    QSpinBox *m_from, *m_to;
    QComboBox *m_layers;
    QPushButton *m_put;
    QLabel *m_words;
    WorkLane m_background{WorkKind::Short};
};

} // namespace samout
