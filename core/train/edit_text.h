// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/train/edit.h"

#include <string>
#include <string_view>

namespace samout {

/// The text form of an edit: a row of a run's table `edits`, which core/runs/RUN_FORMAT.md describes, and what the
/// window copies: {"freeze_head", "1.2"} (layer.head), {"hold_alpha", "1=0.5"} (layer=alpha), {"steps", "800"}.
struct EditText {
    std::string kind;
    std::string value;
    bool operator==(const EditText &) const = default;
};
EditText textOf(const Edit &edit);

/// The edit of a text form. Throws Error if there is no such kind or the value is not what it takes; whether a network
/// has the layer is not looked at.
Edit parseEdit(std::string_view kind, std::string_view value);
/// The same for a run's row: an UnknownEdit instead of an error, so that a run that a newer version trained opens.
Edit storedEdit(const std::string &kind, const std::string &value);

/// What an edit did, as the end of a sentence: "head 2 of layer 1 is frozen".
Text sentenceOf(const Edit &edit);

} // namespace samout
