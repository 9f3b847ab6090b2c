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

/// Shows whether a word of a sentence can still be read from the states of a layer some tokens later: a row per layer,
/// a column per distance in tokens. Below the layers, how often the network itself says the word, and how often
/// guessing is right.
class RecoverablePanel : public MeasuringPanel {
    Q_OBJECT

public:
    explicit RecoverablePanel(Workspace *workspace, QWidget *parent = nullptr);

    Heatmap *map() { return m_map; }
    QComboBox *kindChooser() { return m_kinds; }
    QString table() const override;

protected:
    QString whyNot() const override;
    void measureShown(const Measurement &measurement) override;
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
    /// For a difference, the colours go from -m_range to m_range.
    float m_range = 1;
    QString m_source;
    /// For Side::Difference the shares are differences: as changed, minus as trained.
    Recoverability m_result;
    std::optional<MeasuredOf> m_of;
    /// The kind of word that was measured.
    QString m_kind;
};

} // namespace samout
