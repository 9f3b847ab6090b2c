// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/panels/examined_panel.h"

#include <memory>

class QSpinBox;

namespace samout {

class Blackboard;
class LayerChooser;
class Staircase;
class Workspace;

/// The computation of one channel of one layer at one token with its real numbers, below the running maximum of the
/// channel over the text. Arrow keys step by token and by layer, PageUp and PageDown by channel. Follows the shared
/// cursor and moves it.
class MicroscopePanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit MicroscopePanel(Workspace *workspace, QWidget *parent = nullptr);

    void ask(Question &question) const override;
    /// For a thinned text the panel shows a sentence: the states between two kept tokens are missing.
    bool showsThinned() const override { return true; }
    QString table() const override;

    /// The channel, 0 to hidden - 1, and the position in the text.
    int channel() const { return m_channel; }
    int token() const { return m_token; }
    const Blackboard *board() const { return m_board; }
    Staircase *staircase() const { return m_staircase; }

protected:
    void keyPressEvent(QKeyEvent *event) override;
    bool showsDifference() const override { return true; }

private:
    void followCursor();
    void draw() override;
    void goTo(int token, int channel);
    void goToLayer(int layer);

    Workspace *m_workspace;
    LayerChooser *m_layers;
    QSpinBox *m_tokenBox, *m_channelBox;
    Staircase *m_staircase;
    Blackboard *m_board;
    int m_token = -1, m_channel = 0;
    /// The layer that is drawn; it lags behind the workspace until the answer arrives.
    int m_shownLayer = -1;
};

} // namespace samout
