// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/examined_panel.h"

#include "ui/models/workspace.h"
#include "ui/widgets/panel_header.h"
#include "ui/work/snapshot_feed.h"

#include <utility>

namespace samout {

void ExaminedPanel::connectTo(const PanelContext &context)
{
    connect(context.feed, &SnapshotFeed::examined, this, [this](const std::shared_ptr<const Examination> &answer) {
        if (answer->every == 1 || showsThinned())
            take(answer);
    });
    connect(this, &Panel::questionChanged, context.feed, [feed = context.feed] { feed->look(); });
}

void ExaminedPanel::take(const std::shared_ptr<const Examination> &examination)
{
    if (!examination)
        return;
    if (!marksItself())
        mark(header(), examination->interventions.empty()          ? Side::AsTrained
                       : examination->trained && showsDifference() ? Side::Difference
                                                                   : Side::AsChanged);
    setExamination(examination);
}

void ExaminedPanel::mark(PanelHeader *header, Side side)
{
    switch (side) {
    case Side::AsTrained:
        return header->setNote({});
    case Side::Difference:
        return header->setNote(tr("difference"),
                               tr("As changed, minus as trained: what the interventions of the What if panel do."));
    case Side::AsChanged:
        return header->setNote(tr("as changed"),
                               tr("The network with the interventions of the What if panel; D shows it as trained."));
    }
}

void ExaminedPanel::setExamination(std::shared_ptr<const Examination> examination)
{
    if (!examination)
        return;
    m_examination = std::move(examination);
    m_stale = true;
    if (isVisible())
        draw();
}

void ExaminedPanel::showEvent(QShowEvent *event)
{
    PlotPanel::showEvent(event);
    if (m_stale)
        draw();
    emit questionChanged();
}

QString ExaminedPanel::note() const { return header()->note(); }

} // namespace samout
