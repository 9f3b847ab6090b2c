// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/comparison.h"
#include "ui/panels/plot_panel.h"

#include <QString>
#include <QTimer>

#include <memory>
#include <string>

class QLabel;

namespace samout {

class Heatmap;
class TokenView;
class WorkLane;
class Workspace;

/// Compares the network to look at with Workspace::other() or, without one, the network as trained with the network as
/// changed, if there are interventions: states and their difference, alphas, how sure each network was of
/// every token of the text to look at, and how each continues the beginning of that text.
class ComparePanel : public PlotPanel {
    Q_OBJECT

public:
    explicit ComparePanel(Workspace *workspace, QWidget *parent = nullptr);
    ~ComparePanel() override;

    QString table() const override;
    bool busy() const override { return m_busy || m_due.isActive(); }

signals:
    /// The comparison is on screen.
    void shown();

protected:
    void showEvent(QShowEvent *event) override;

private:
    const std::shared_ptr<const Snapshot> &other() const;
    void takeOther();
    bool comparesSides() const;
    void askToCompare();
    void show(const std::shared_ptr<const Compared> &compared);
    void showStates();
    void showTexts();
    QString alphaLine() const;
    void readState(const Heatmap *map, int channel, int token);

    Workspace *m_workspace;
    std::unique_ptr<WorkLane> m_background;
    std::shared_ptr<const Compared> m_compared;
    /// The prompt that both networks continued.
    std::string m_prompt;
    QLabel *m_sides;
    QLabel *m_alphas;
    Heatmap *m_one, *m_two, *m_difference;
    TokenView *m_text[2], *m_written[2];
    QTimer m_due;
    bool m_busy = false;
    bool m_again = false;
};

} // namespace samout
