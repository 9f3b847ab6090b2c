// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/mixer.h"
#include "ui/panels/examined_panel.h"
#include "ui/plots/fitted_range.h"
#include "ui/widgets/state_rows.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QAction;
class QActionGroup;
class QComboBox;
class QGridLayout;
class QScrollArea;

namespace samout {

class ColorBar;
class LayerChooser;
class QuietLine;
class StateEditor;
class Workspace;

/// One site of one layer, as one heatmap per head: rows are channels, columns the tokens of the text to look at.
class StatesPanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit StatesPanel(Workspace *workspace, QWidget *parent = nullptr);

    /// Also has the interventions hold the states that the person sets.
    void connectTo(const PanelContext &context) override;
    /// Adds the layer, sites and winners that the panel shows to `question`; nothing while the panel is hidden.
    void ask(Question &question) const override;
    bool showsThinned() const override { return true; }

    void setSite(Site site);
    void setRowOrder(RowOrder order);
    void setRangeLocked(bool locked);
    void setColorMap(const ColorMap &map);
    void setChangesShown(bool shown);

    /// The range of the colours on screen.
    ValueRange range() const { return m_drawnRange; }
    const std::vector<Heatmap *> &heatmaps() const { return m_heads; }
    /// The channel, 0 to hidden - 1, in a row of a head's heatmap; -1 if there is no such row.
    int channelAt(int head, int row) const;
    QString table() const override;
    /// The field for typing a state; hidden while no state is typed.
    StateEditor *editor() const { return m_editor; }
    /// The cells to set, starting from the cursor's cell.
    enum class Reach {
        Cell, ///< the cell alone, or the stretch that the person drew along its channel and that ends there
        Head, ///< all channels of its head at that token
        Row,  ///< its channel at that token and all later ones
    };
    /// Opens the editor at the cursor's cell.
    void editState(Reach reach);

signals:
    /// The person set states of the layer that is shown, the same at every position from the edit's to `last`.
    void statesSet(const samout::Interventions::States &edit, std::int64_t last);

protected:
    bool showsDifference() const override { return true; }
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void draw() override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void makeControls();
    void makeViewMenu();
    void nameControls();
    void setLayers();
    void setMixer(const Mixer &mixer);
    void layerChanged();
    void drawColors();
    void makeHeads(int count);
    void arrangeHeads();
    void showCursor();
    void pointAt(int head, int row, int col);
    void readOut();
    void moveCursor(int tokens, int rows);
    /// Sets the stretch from this token to m_lastCell, along the channel of m_lastCell.
    void stretchFrom(int token);
    void dropStretch();
    void showStretch();
    const Grid *shownGrid() const;
    Grid differenceFromTrained(const Grid &values) const;
    std::vector<std::uint8_t> editedCells(const std::vector<int> &channels) const;

    Workspace *m_workspace;
    LayerChooser *m_layers = nullptr;
    QComboBox *m_siteBox = nullptr;
    const Mixer *m_mixer = nullptr;
    std::vector<SiteFacts> m_sites; // the choices of m_siteBox
    QComboBox *m_rangeBox = nullptr;
    QActionGroup *m_orderActions = nullptr;
    QAction *m_changesAction = nullptr;
    QScrollArea *m_scroll = nullptr;
    QWidget *m_sheet = nullptr;
    QGridLayout *m_grid = nullptr;
    ColorBar *m_bar = nullptr;
    StateEditor *m_editor = nullptr;
    QuietLine *m_thinned = nullptr;
    Interventions::States m_edited;
    std::int64_t m_lastEdited = 0;
    /// The last token and channel of the cursor, which is gone while the pointer is in a menu.
    std::pair<int, int> m_lastCell{-1, -1};
    /// The tokens that the person drew along a channel, to m_lastCell; without a stretch, edits set that cell alone.
    struct Stretch {
        int channel = 0, from = 0, to = 0;
    };
    std::optional<Stretch> m_stretch;
    std::vector<Heatmap *> m_heads;
    int m_headColumns = 0;
    bool m_roomy = true;

    /// As changed minus as trained, for the shown site; empty if no difference is shown.
    Grid m_difference;
    Site m_site = Site::State;
    RowOrder m_order = RowOrder::Stored;
    const ColorMap *m_map;
    bool m_locked = false;
    bool m_changesShown = true;
    /// The layer and site that the heatmaps show; they lag behind the question until the answer arrives.
    int m_shownLayer = 0;
    Site m_shownSite = Site::State;
    std::vector<std::vector<int>> m_rows;
    std::map<std::string_view, FittedRange> m_ranges; // by site
    int m_rangedLayer = -1;
    ValueRange m_drawnRange;
    bool m_pointing = false;
};

} // namespace samout
