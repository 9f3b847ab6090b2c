// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "ui/widgets/token_view.h"

#include <QString>

namespace samout {

/// The tokens of a text as a TokenView shows them.
QList<TokenView::Token> textTokens(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens);
/// A token and its position as sentences name them: `“e” (17)`.
QString namedToken(const Vocabulary &vocabulary, std::int64_t token, std::int64_t position);
/// The same for a row of an examination.
QString namedToken(const Examination &examination, int row);
/// A space and a sentence that says that the examination is thinned; empty if it is not.
QString thinnedNote(const Examination &examination);
/// The labels of `tokens`, for axes.
QStringList tokenLabels(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens);

} // namespace samout
