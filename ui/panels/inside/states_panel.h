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

/// One site of one layer as a heatmap a head: rows are channels, columns the tokens of the text to look at. Says
/// what it wants to know; whoever owns the Examiner asks it and gives the answer to setExamination().
class StatesPanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit StatesPanel(Workspace *workspace, QWidget *parent = nullptr);

    /// Adds the layer, sites and winners that it shows to a question; nothing while it is hidden.
    void addWishes(Question &question) const override;
    bool showsThinned() const override { return true; }

    void setSite(Site site);
    void setRowOrder(RowOrder order);
    void setRangeLocked(bool locked);
    void setColorMap(const ColorMap &map);
    void setChangesShown(bool shown);

    /// The range of the colours as it is drawn.
    ValueRange range() const { return m_drawnRange; }
    const std::vector<Heatmap *> &heatmaps() const { return m_heads; }
    /// The channel, of 0 to hidden - 1, in a row of a head's heatmap; -1 where there is none.
    int channelAt(int head, int row) const;
    QString table() const override;
    /// The field to type a state in; hidden while none is.
    StateEditor *editor() const { return m_editor; }
    /// What is set from the cursor's cell on.
    enum class Reach {
        Cell, ///< it alone, or the stretch of its channel that a person drew and that ends there
        Head, ///< all channels of its head at that token
        Row,  ///< its channel at that token and all later ones
    };
    /// Opens it at the cursor's cell.
    void editState(Reach reach);

signals:
    /// A person set states of the layer that is shown, the same at every position from the edit's to `last`.
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
    /// From this token to the last cell, along its channel.
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
    std::vector<SiteFacts> m_sites; // those of m_siteBox
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
    /// The token and channel that the cursor was at last: it goes when the pointer goes to a menu.
    std::pair<int, int> m_lastCell{-1, -1};
    /// What a person drew along a channel, to the last cell; where there is none that cell is alone.
    struct Stretch {
        int channel = 0, from = 0, to = 0;
    };
    std::optional<Stretch> m_stretch;
    std::vector<Heatmap *> m_heads;
    int m_headColumns = 0;
    bool m_roomy = true;

    /// As changed minus as trained, of the shown site; empty where that is not what is shown.
    Grid m_difference;
    Site m_site = Site::State;
    RowOrder m_order = RowOrder::Stored;
    const ColorMap *m_map;
    bool m_locked = false;
    bool m_changesShown = true;
    /// What the heatmaps show; it lags behind the wishes until the answer is there.
    int m_shownLayer = 0;
    Site m_shownSite = Site::State;
    std::vector<std::vector<int>> m_rows;
    std::map<std::string_view, FittedRange> m_ranges; // by site
    int m_rangedLayer = -1;
    ValueRange m_drawnRange;
    bool m_pointing = false;
};

} // namespace samout
