// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/panels/panel.h"

class QListView;
class QSplitter;
class QTabWidget;

namespace samout {

class AlphaSliders;
class CellEffectsView;
class InterventionsList;
class MessageStrip;
class SilenceGrid;
class StateTransferForm;
class Workspace;

/// The What if panel: where the person changes the network to look at, and the list of the interventions.
class ChangesPanel : public Panel {
    Q_OBJECT

public:
    ChangesPanel(Workspace *workspace, InterventionsList *list, QWidget *parent = nullptr);

    /// The interventions, one per line: the sentence and the text form.
    QString table() const override;
    bool busy() const override;
    /// Silences a head, sets an alpha, and finds the alphas' curves.
    void tryOut() override;

    SilenceGrid *silence() { return m_silence; }
    AlphaSliders *alphas() { return m_alphas; }
    CellEffectsView *cells() { return m_cells; }
    StateTransferForm *transfer() { return m_transfer; }
    MessageStrip *message() { return m_message; }
    /// Write and read a file with the list; the panel's message says why if that fails.
    void saveTo(const QString &path);
    void openFrom(const QString &path);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeHeader();
    void makeList();
    void arrange();
    void askWhereToSave();
    void askWhatToOpen();

    Workspace *m_workspace;
    InterventionsList *m_list;
    SilenceGrid *m_silence;
    AlphaSliders *m_alphas;
    CellEffectsView *m_cells;
    StateTransferForm *m_transfer;
    MessageStrip *m_message;
    QTabWidget *m_tabs;
    QListView *m_view;
    QWidget *m_sides;
    QSplitter *m_split;
};

} // namespace samout
