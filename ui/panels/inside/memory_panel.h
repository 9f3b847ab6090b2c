// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "ui/panels/examined_panel.h"

#include <memory>
#include <vector>

class QGridLayout;
class QLabel;
class QScrollArea;
class QToolButton;

namespace samout {

class ColorBar;
class Heatmap;
class Job;
class LayerChooser;
class TokenView;
class Workspace;
struct MeasuredInfluence;

/// What the state holds beside what matters, on the same axes: a winner map for every head of a layer, and the
/// influence of every token on every prediction. The influence takes seconds; it is measured on request, or by itself
/// while nothing trains. The row that was clicked or is under the pointer shades the text below.
class MemoryPanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit MemoryPanel(Workspace *workspace, QWidget *parent = nullptr);

    /// Also measures by itself only while nothing trains.
    void connectTo(const PanelContext &context) override;
    bool busy() const override;
    void ask(Question &question) const override;
    /// Shows the maps of thinned texts; influence needs every token.
    bool showsThinned() const override { return true; }
    QString table() const override;

    /// Whether the panel measures the influence by itself for every new answer: set while no training would be slowed
    /// down.
    void setMeasuring(bool measuring);
    /// Measures the influence for the answer that is shown.
    void measure();

    /// One map per head, then the influence.
    const std::vector<Heatmap *> &maps() const { return m_maps; }
    TokenView *text() const { return m_text; }
    bool hasInfluence() const { return !m_influence.empty(); }

signals:
    void measured();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool showsDifference() const override { return true; }
    void draw() override;

private:
    void makeMaps(int heads);
    void arrangeMaps();
    void drawInfluence();
    void drawColors();
    void measureIfDue();
    void takeInfluence(std::shared_ptr<const MeasuredInfluence> measured);
    void pointAt(int map, int row, int col);
    void showCursor();
    void showText();
    int shownRow() const;
    int firstColumn(int map) const;
    bool isInfluence(int map) const { return map + 1 == static_cast<int>(m_maps.size()); }
    QString cellText(int map, int row, int col) const;
    QString heldSince(int token) const;

    Workspace *m_workspace;
    LayerChooser *m_layers;
    QToolButton *m_measure;
    Job *m_job;
    QScrollArea *m_scroll;
    QWidget *m_sheet;
    QGridLayout *m_grid;
    std::vector<Heatmap *> m_maps;
    int m_columns = 0;
    ColorBar *m_shareBar, *m_influenceBar;
    QLabel *m_caption;
    TokenView *m_text;

    int m_shownLayer = 0;
    bool m_measuring = true;
    /// The maps have a first column for states held since an edit.
    bool m_edited = false;
    std::vector<Grid> m_shares;
    Grid m_influence;
    std::shared_ptr<const MeasuredInfluence> m_measured;
    /// The map whose row shades the text, and the row that was clicked; -1: the last row.
    int m_map = 0, m_row = -1;
    int m_pointedCol = -1;
};

} // namespace samout
