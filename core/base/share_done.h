// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <functional>

namespace samout {

/// Progress of long work: called now and then with the share that is done, 0 to 1.
using ShareDone = std::function<void(double share)>;

} // namespace samout
