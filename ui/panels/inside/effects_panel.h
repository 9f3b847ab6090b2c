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

/// What hurts when it is gone: the loss without each head and part beside random groups of channels, without each
/// channel of a layer, and which layer's state carries a word from one text into another.
class EffectsPanel : public MeasuringPanel {
    Q_OBJECT

public:
    enum class View { Parts, Channels, Patching };

    explicit EffectsPanel(Workspace *workspace, QWidget *parent = nullptr);

    void setView(View view);
    void setWord(LabelledWord word);
    /// As many tokens are measured on.
    void setTokens(std::int64_t tokens) { m_tokens = tokens; }

    EffectGrid *grid() { return m_grid; }
    QTreeWidget *channelList() { return m_channelList; }
    LayerBars *patchBars() { return m_patchBars; }
    QString table() const override;

protected:
    void measureShown(const Subject &subject) override;
    const MeasuredOf *shownOf() const override;
    QString sentence() const override;
    void forget() override;

private:
    View view() const;
    bool isDifference() const;
    void showView();
    void listChannels(int headSize);
    void measureParts(const Subject &subject);
    void measureLayer(const Subject &subject);
    void measurePatching(const Subject &subject);
    void readPart(int row, int col);
    void readPatch(int layer);

    QComboBox *m_views;
    QComboBox *m_words;
    QStackedWidget *m_pages;
    EffectGrid *m_grid;
    QTreeWidget *m_channelList;
    LayerBars *m_patchBars;
    std::int64_t m_tokens = 5000;
    // For the difference all of these are that: as changed, minus as trained.
    std::shared_ptr<const EffectTable> m_table;
    std::vector<ChannelEffect> m_channels;
    int m_channelLayer = 0;
    std::shared_ptr<const PatchTable> m_patches;
    LabelledWord m_patchedWord = LabelledWord::Name; // that m_patches is of
    /// By view: what was measured.
    struct Shown {
        std::optional<MeasuredOf> of;
        QString sentence;
    };
    Shown m_shown[3];
};

} // namespace samout
