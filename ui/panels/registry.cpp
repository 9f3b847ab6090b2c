// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/registry.h"

#include "ui/panels/change/breakpoints_panel.h"
#include "ui/panels/change/changes_panel.h"
#include "ui/panels/change/edits_panel.h"
#include "ui/panels/inside/alike_panel.h"
#include "ui/panels/inside/effects_panel.h"
#include "ui/panels/inside/memory_panel.h"
#include "ui/panels/inside/microscope_panel.h"
#include "ui/panels/inside/reading_panel.h"
#include "ui/panels/inside/recoverable_panel.h"
#include "ui/panels/inside/states_panel.h"
#include "ui/panels/inside/statistics_panel.h"
#include "ui/panels/inside/surprise_panel.h"
#include "ui/panels/inside/weights_panel.h"
#include "ui/panels/runs/compare_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/panels/watch/alpha_panel.h"
#include "ui/panels/watch/generate_panel.h"
#include "ui/panels/watch/loss_panel.h"
#include "ui/panels/watch/train_panel.h"

namespace samout {

namespace {

using Context = const PanelContext &;

/// Makes a panel that draws from the workspace alone.
template <typename P> Panel *of(Context c) { return new P(c.workspace); }

} // namespace

const std::vector<PanelEntry> &panelRegistry()
{
    using enum PanelPlace;
    static const std::vector<PanelEntry> entries = {
        {"train", Left, [](Context c) -> Panel * { return new TrainPanel(c.setup, c.controls); }},
        {"edits", Left, [](Context c) -> Panel * { return new EditsPanel(c.workspace, c.controls); }},
        {"breakpoints", Left, [](Context) -> Panel * { return new BreakpointsPanel; }},
        {"loss", MiddleTop, of<LossPanel>},
        {"states", MiddleBottom, of<StatesPanel>},
        {"alpha", RightTop, of<AlphaPanel>},
        {"generate", RightBottom, of<GeneratePanel>},
        {"runs", MiddleTop, [](Context) -> Panel * { return new RunsPanel; }},
        {"compare", MiddleBottom, of<ComparePanel>},
        {"changes", RightTop, [](Context c) -> Panel * { return new ChangesPanel(c.workspace, c.interventions); }},
        {"memory", MiddleBottom, of<MemoryPanel>},
        {"microscope", MiddleBottom, of<MicroscopePanel>},
        {"reading", MiddleBottom, of<ReadingPanel>},
        {"surprise", RightBottom, of<SurprisePanel>},
        {"recoverable", MiddleTop, of<RecoverablePanel>},
        {"weights", MiddleTop, of<WeightsPanel>},
        {"alike", MiddleBottom, of<AlikePanel>},
        {"statistics", MiddleTop, of<StatisticsPanel>},
        {"effects", RightTop, of<EffectsPanel>},
    };
    return entries;
}

Panel *newPanel(const PanelEntry &entry, const PanelContext &context)
{
    Panel *panel = entry.make(context);
    panel->setObjectName(QLatin1String(entry.id));
    panel->connectTo(context);
    return panel;
}

} // namespace samout
