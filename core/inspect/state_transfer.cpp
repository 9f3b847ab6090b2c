#include "core/inspect/state_transfer.h"

#include "core/base/error.h"
#include "core/inspect/examination.h"

#include <string>

namespace samout {

std::vector<Interventions::States> transferredStates(const StateTransfer &transfer, const std::stop_token &stop)
{
    const auto length = static_cast<std::int64_t>(transfer.tokens.size());
    if (transfer.from < 0 || (transfer.from >= length && length > 0))
        throw Error("The other text has no position " + std::to_string(transfer.from) + "; it has the positions 0 to " +
                    std::to_string(length - 1) + ".");
    const auto examination = examine(
        {.snapshot = transfer.snapshot, .tokens = transfer.tokens, .layers = transfer.layers, .sites = {Site::State}},
        stop);
    std::vector<Interventions::States> edits;
    for (const int layer : examination ? transfer.layers : std::vector<int>()) {
        const Grid &states = *examination->find(layer, Site::State);
        const auto row = states.values.begin() + transfer.from * states.cols;
        edits.push_back({.layer = layer, .position = transfer.to, .channel = 0, .values = {row, row + states.cols}});
    }
    return edits;
}

} // namespace samout
