// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/recoverability.h"
#include "ui/panels/measuring_panel.h"
#include "ui/plots/color_map.h"

#include <optional>

class QComboBox;

namespace samout {

class ColorBar;
class Heatmap;
class RowNames;

/// Can a word of the sentences be read from the states of a layer, so many tokens after it? A row a layer, a column a
/// distance; below them what the network itself does with the word, and what guessing would.
class RecoverablePanel : public MeasuringPanel {
    Q_OBJECT

public:
    explicit RecoverablePanel(Workspace *workspace, QWidget *parent = nullptr);

    Heatmap *map() { return m_map; }
    QComboBox *kindChooser() { return m_kinds; }
    QString table() const override;

protected:
    QString whyNot() const override;
    void measureShown(const Subject &subject) override;
    const MeasuredOf *shownOf() const override { return m_of ? &*m_of : nullptr; }
    QString sentence() const override;
    void forget() override;
    void changeEvent(QEvent *event) override;

private:
    bool isDifference() const { return m_of && m_of->side == Side::Difference; }
    void setKinds();
    void drawColors();
    void draw();
    void readCell(int row, int col);
    const Recoverability::Recall *recallAt(int distance) const;

    QComboBox *m_kinds;
    RowNames *m_names;
    Heatmap *m_map;
    ColorBar *m_bar;
    ColorMap m_colors;
    /// The colours end here for a difference.
    float m_range = 1;
    QString m_source;
    /// For the difference the shares are that: as changed, minus as trained.
    Recoverability m_result;
    std::optional<MeasuredOf> m_of;
    /// The word that was read.
    QString m_kind;
};

} // namespace samout
