// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"

#include <string>
#include <string_view>

namespace samout {

/// The text form of one intervention: an option of the command line with its value. The window copies the same text.
/// Layers, heads, channels and positions count from 0.
///
///     silence 1.2                layer 1's head 2
///     silence 1.mixer            all heads of layer 1
///     silence 1.feed-forward
///     alpha 1=0.5                of layer 1
///     set 1.17@4=0.5             layer 1's state in channel 17 at position 4
///     set 1.17@4=0.5:-1:0        in the channels 17 to 19
///     set 1.17@4-9=0.5           in channel 17 at the positions 4 to 9
std::string textOf(const Intervention &intervention);

/// Throws Error if the text is not an intervention. Does not check whether a network has the layer.
Intervention parseIntervention(std::string_view text);

} // namespace samout
