// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <functional>

namespace samout {

/// Told by long work now and then: the share that is done, 0 to 1.
using ShareDone = std::function<void(double share)>;

} // namespace samout
