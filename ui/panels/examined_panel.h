// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "ui/panels/plot_panel.h"

#include <memory>

namespace samout {

enum class Side;

/// A panel that shows numbers of the network at work on the text to look at. It says what it wants to know; whoever
/// owns the Examiner asks it and gives the answer. The answer is as the workspace's interventions want it; where
/// Examination::trained is there, the difference from that is to be shown.
class ExaminedPanel : public PlotPanel {
    Q_OBJECT

public:
    /// Adds what it shows to a question; nothing while it is hidden.
    virtual void addWishes(Question &question) const = 0;
    /// Shows the answer, or keeps what it shows until the answer to its newest wishes comes.
    virtual void setExamination(std::shared_ptr<const Examination> examination);
    /// Whether it can show a long text of which not every position is kept (Examination::every > 1). Else it gets none
    /// of such and keeps its last picture.
    virtual bool showsThinned() const { return false; }

    /// Gives it the answer, and says in the header where it is of a changed network.
    void take(const std::shared_ptr<const Examination> &examination);
    /// What the header says of it.
    QString note() const;
    /// Says in a panel's header that its numbers are not of the network as trained; for Side::AsTrained nothing.
    static void mark(PanelHeader *header, Side side);

signals:
    /// addWishes() now adds something else.
    void questionChanged();

protected:
    using PlotPanel::PlotPanel;
    /// Draws m_examination, which is there, where it is what is wished; then it is no longer stale. Called when it is
    /// new and the panel is seen.
    virtual void draw() {}
    void showEvent(QShowEvent *event) override;
    /// True where it shows the difference from Examination::trained, when that is there, rather than what is changed.
    virtual bool showsDifference() const { return false; }
    /// True where what is on screen is not the answer's, and the panel marks it itself.
    virtual bool marksItself() const { return false; }

    /// The newest answer; nullptr before the first.
    std::shared_ptr<const Examination> m_examination;
    /// It is not on screen yet.
    bool m_stale = false;
};

} // namespace samout
