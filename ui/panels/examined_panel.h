// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "ui/panels/plot_panel.h"

#include <memory>

namespace samout {

enum class Side;

/// A panel that shows an examination of the text to look at: the feed asks what the panel wants to know, and the panel
/// takes the answer. The answer includes the workspace's interventions; if Examination::trained is set, the panel shows
/// the difference from it.
class ExaminedPanel : public PlotPanel {
    Q_OBJECT

public:
    /// Takes the feed's answers, and has it ask again when questionChanged().
    void connectTo(const PanelContext &context) override;
    void ask(Question &question) const override = 0;
    /// Shows the answer; a panel may keep its picture until the answer to its newest question arrives.
    virtual void setExamination(std::shared_ptr<const Examination> examination);
    /// Whether the panel can show a thinned text, of which not every position is kept (Examination::every > 1). If not,
    /// it gets no such answers and keeps its last picture.
    virtual bool showsThinned() const { return false; }

    /// Passes the answer to setExamination(), and says in the header if the answer comes from a changed network.
    void take(const std::shared_ptr<const Examination> &examination);
    /// What mark() wrote into the header.
    QString note() const;
    /// Says in a panel's header that its numbers do not come from the network as trained; clears this for
    /// Side::AsTrained.
    static void mark(PanelHeader *header, Side side);

protected:
    using PlotPanel::PlotPanel;
    /// Draws m_examination if it answers what the panel asks now, and then clears m_stale. Called while m_examination
    /// is stale and the panel is visible.
    virtual void draw() {}
    void showEvent(QShowEvent *event) override;
    /// True if the panel shows the difference from Examination::trained, when that is set, rather than the network as
    /// changed.
    virtual bool showsDifference() const { return false; }
    /// True if the picture does not show m_examination and the panel calls mark() itself.
    virtual bool marksItself() const { return false; }

    /// The newest answer; nullptr before the first.
    std::shared_ptr<const Examination> m_examination;
    /// m_examination is not on screen yet.
    bool m_stale = false;
};

} // namespace samout
