// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

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

/// What if: where a person changes the network that is looked at, and the list of what they changed.
class ChangesPanel : public QWidget {
    Q_OBJECT

public:
    ChangesPanel(Workspace *workspace, InterventionsList *list, QWidget *parent = nullptr);

    SilenceGrid *silence() { return m_silence; }
    AlphaSliders *alphas() { return m_alphas; }
    CellEffectsView *cells() { return m_cells; }
    StateTransferForm *transfer() { return m_transfer; }
    MessageStrip *message() { return m_message; }
    /// A file with the list; what cannot be is said in the panel.
    void saveTo(const QString &path);
    void openFrom(const QString &path);
    Q_INVOKABLE void copyToClipboard() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeHeader();
    void makeList();
    void arrange();
    void askWhereToSave();
    void askWhatToOpen();

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
