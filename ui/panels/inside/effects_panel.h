// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/effects.h"
#include "core/inspect/patching.h"
#include "ui/panels/measuring_panel.h"

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QStackedWidget;
class QTreeWidget;

namespace samout {

class EffectGrid;
class LayerBars;

/// The effect of removing parts of the network on the loss: each head and part, beside random groups of channels; each
/// channel of a layer. Also, which layer's state carries a word from one text into another.
class EffectsPanel : public MeasuringPanel {
    Q_OBJECT

public:
    enum class View { Parts, Channels, Patching };

    explicit EffectsPanel(Workspace *workspace, QWidget *parent = nullptr);

    void setView(View view);
    void setWord(LabelledWord word);
    /// The number of tokens to measure on.
    void setTokens(std::int64_t tokens) { m_tokens = tokens; }

    EffectGrid *grid() { return m_grid; }
    QTreeWidget *channelList() { return m_channelList; }
    LayerBars *patchBars() { return m_patchBars; }
    QString table() const override;

protected:
    void measureShown(const Measurement &measurement) override;
    const MeasuredOf *shownOf() const override;
    QString sentence() const override;
    void forget() override;

private:
    View view() const;
    bool isDifference() const;
    void showView();
    void listChannels(int headSize);
    void measureParts(const Measurement &measurement);
    void measureLayer(const Measurement &measurement);
    void measurePatching(const Measurement &measurement);
    void readPart(int row, int col);
    void readPatch(int layer);

    QComboBox *m_views;
    QComboBox *m_words;
    QStackedWidget *m_pages;
    EffectGrid *m_grid;
    QTreeWidget *m_channelList;
    LayerBars *m_patchBars;
    std::int64_t m_tokens = 5000;
    // For Side::Difference all of these hold differences: as changed, minus as trained.
    std::shared_ptr<const EffectTable> m_table;
    std::vector<ChannelEffect> m_channels;
    int m_channelLayer = 0;
    std::shared_ptr<const PatchTable> m_patches;
    LabelledWord m_patchedWord = LabelledWord::Name; // the word of m_patches
    /// By view: the network that was measured, and the sentence about it.
    struct Shown {
        std::optional<MeasuredOf> of;
        QString sentence;
    };
    Shown m_shown[3];
};

} // namespace samout
