#pragma once

#include "core/train/edit.h"

#include <QString>

namespace samout {

/// What an edit did, as the end of a sentence: "head 2 of layer 1 is frozen".
QString editText(const Edit &edit);

} // namespace samout
