// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/mixer.h"
#include "ui/widgets/blackboard.h"

#include <functional>
#include <optional>
#include <string_view>

namespace samout {

QString nameOf(Site site);

/// A core formula as a person writes it: "(base · state + shift) · state".
QString formulaText(std::string_view formula);
/// "base = (Wo + Wo1) x"
QString equation(const SiteFacts &facts);

/// The formula of a site with a number for every name that `number` knows. Negative numbers stand in brackets, or turn
/// a plus into a minus.
QList<Blackboard::Span>
formulaNumbers(std::string_view formula,
               const std::function<std::optional<Blackboard::Span>(const QString &name)> &number);

} // namespace samout
