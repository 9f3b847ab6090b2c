// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/train/edit.h"

#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// The text form of an edit, as a run's table `edits` stores it (see core/runs/RUN_FORMAT.md) and the window copies it:
/// {"freeze_head", "1.2"} (layer.head), {"hold_alpha", "1=0.5"} (layer=alpha), {"steps", "800"}.
struct EditText {
    std::string kind;
    std::string value;
    bool operator==(const EditText &) const = default;
};
EditText textOf(const Edit &edit);
/// The kinds that parseEdit() knows.
std::vector<std::string> editKinds();

/// The edit of a text form. Throws Error if there is no such kind or the kind does not allow the value. Does not check
/// whether a network has the layer.
Edit parseEdit(std::string_view kind, std::string_view value);
/// The same for a run's row, with an UnknownEdit instead of an Error, so that a run that a newer version trained can be
/// opened.
Edit storedEdit(const std::string &kind, const std::string &value);

/// The effect of an edit, as the end of a sentence: "head 2 of layer 1 is frozen".
Text sentenceOf(const Edit &edit);

} // namespace samout
