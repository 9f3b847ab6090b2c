// SPDX-License-Identifier: GPL-3.0-only
#include "core/train/edit.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"
#include "core/train/edit_text.h"

#include <cmath>

namespace samout {

void checkEdit(const Edit &edit)
{
    std::visit(Overloaded{
                   [](const SetLearningRate &change) {
                       if (!std::isfinite(change.rate) || change.rate <= 0)
                           throw Error(Error::WrongValue,
                                       Text("The learning rate is {0}; it should be above 0, as 0.001.", change.rate));
                   },
                   [](const SetSteps &change) {
                       if (change.steps < 0)
                           throw Error(
                               Error::WrongValue,
                               Text("The number of steps is {0}; it should be at least 1, or 0 to train until stopped.",
                                    change.steps));
                   },
                   [](const HoldAlpha &change) {
                       if (!std::isfinite(static_cast<float>(change.alpha)))
                           throw Error(
                               Error::WrongValue,
                               Text("The alpha to hold is {0}; it should be a finite number, as 0.5.", change.alpha));
                   },
                   [](const UnknownEdit &unknown) { (void)parseEdit(unknown.kind, unknown.value); }, // throws
                   [](const auto &) {},
               },
               edit);
}

void checkEdit(const Edit &edit, const ModelConfig &config)
{
    checkEdit(edit);
    const auto refuse = [&edit](const Text &what, std::int64_t count) {
        throw Error(Error::WrongValue,
                    Text("The edit \"{0}\" names {1}, which the network does not have; it should be 0 to {2}.",
                         textOf(edit).kind, what, count - 1));
    };
    std::visit(
        [&](const auto &change) {
            if constexpr (requires { change.layer; })
                if (change.layer < 0 || change.layer >= config.numLayers)
                    refuse(Text("layer {0}", change.layer), config.numLayers);
            if constexpr (requires { change.head; })
                if (change.head < 0 || change.head >= config.numHeads)
                    refuse(Text("head {0}", change.head), config.numHeads);
        },
        edit);
}

} // namespace samout
