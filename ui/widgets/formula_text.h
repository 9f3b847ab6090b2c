// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/mixer.h"
#include "ui/widgets/blackboard.h"

#include <functional>
#include <optional>
#include <string_view>

namespace samout {

QString nameOf(Site site);

/// A formula of core as a person writes it: "(base · state + shift) · state".
QString formulaText(std::string_view formula);
/// "base = (Wo + Wo1) x"
QString equation(const SiteFacts &facts);

/// The formula of a site with numbers in place of the names for which `number` has one; negative ones in brackets or
/// taken away.
QList<Blackboard::Span>
formulaNumbers(std::string_view formula,
               const std::function<std::optional<Blackboard::Span>(const QString &name)> &number);

} // namespace samout
