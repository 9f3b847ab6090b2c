// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "tests/support/tiny.h"
#include "ui/panels/examined_panel.h"

#include <memory>
#include <string>

namespace samout {

/// The answer to the panel's wishes about a text.
inline std::shared_ptr<const Examination> examined(const ExaminedPanel &panel,
                                                   std::shared_ptr<const Snapshot> snapshot = tiny::snapshot(),
                                                   const std::string &text = "the quick fox\n",
                                                   const Interventions &interventions = {}, bool besideTrained = false,
                                                   std::int64_t mostRows = 0)
{
    Question question{.snapshot = std::move(snapshot)};
    question.tokens = question.snapshot->vocabulary().encode(text);
    question.interventions = interventions;
    question.besideTrained = besideTrained;
    question.mostRows = mostRows;
    panel.ask(question);
    return examine(question);
}

} // namespace samout
