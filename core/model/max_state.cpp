// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/max_state.h"

#include "core/model/running_max.h"

#include <ATen/Dispatch.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <limits>
#include <vector>

namespace samout {
namespace {

using torch::Tensor;

/// Fills `state` and `taken` (1 where the candidate became the state), both [batch, time, hidden] contiguous.
template <typename T> void scanForward(const Tensor &candidate, const Tensor &incoming, Tensor &state, Tensor &taken)
{
    const auto batch = candidate.size(0), time = candidate.size(1), hidden = candidate.size(2);
    const T *candidates = candidate.const_data_ptr<T>();
    const T *start = incoming.defined() ? incoming.const_data_ptr<T>() : nullptr;
    T *states = state.mutable_data_ptr<T>();
    std::uint8_t *marks = taken.mutable_data_ptr<std::uint8_t>();
    const auto batchStride = candidate.stride(0), timeStride = candidate.stride(1);
    const std::vector<T> fresh(start ? 0 : static_cast<std::size_t>(hidden), -std::numeric_limits<T>::infinity());
    at::parallel_for(0, batch, 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto b = begin; b < end; ++b) {
            const T *before = start ? start + b * hidden : fresh.data();
            for (std::int64_t t = 0; t < time; ++t) {
                const T *in = candidates + b * batchStride + t * timeStride;
                T *out = states + (b * time + t) * hidden;
                std::uint8_t *mark = marks + (b * time + t) * hidden;
                for (std::int64_t c = 0; c < hidden; ++c) {
                    const bool take = takes(in[c], before[c]);
                    out[c] = take ? in[c] : before[c];
                    mark[c] = take;
                }
                before = out;
            }
        }
    });
}

/// Walks time in reverse: the gradients of a held state are summed up to the position that the state was taken from.
/// The remaining sum is the gradient of the incoming state.
template <typename T>
void scanBackward(const Tensor &gradient, const Tensor &taken, Tensor &toCandidate, Tensor &toIncoming)
{
    const auto batch = gradient.size(0), time = gradient.size(1), hidden = gradient.size(2);
    const T *in = gradient.const_data_ptr<T>();
    const std::uint8_t *marks = taken.const_data_ptr<std::uint8_t>();
    T *out = toCandidate.mutable_data_ptr<T>();
    T *sums = toIncoming.mutable_data_ptr<T>();
    at::parallel_for(0, batch, 1, [&](std::int64_t begin, std::int64_t end) {
        for (auto b = begin; b < end; ++b) {
            T *sum = sums + b * hidden;
            for (auto t = time - 1; t >= 0; --t) {
                const auto row = (b * time + t) * hidden;
                for (std::int64_t c = 0; c < hidden; ++c) {
                    const T total = sum[c] + in[row + c];
                    const bool take = marks[row + c] != 0;
                    out[row + c] = take ? total : T(0);
                    sum[c] = take ? T(0) : total;
                }
            }
        }
    });
}

class MaxState : public torch::autograd::Function<MaxState> {
public:
    static Tensor forward(torch::autograd::AutogradContext *context, Tensor candidate,
                          const std::optional<Tensor> &incoming)
    {
        if (candidate.stride(2) != 1)
            candidate = candidate.contiguous();
        const Tensor before = incoming ? incoming->contiguous() : Tensor();
        Tensor state = torch::empty(candidate.sizes(), candidate.options());
        Tensor taken = torch::empty(candidate.sizes(), candidate.options().dtype(torch::kUInt8));
        AT_DISPATCH_FLOATING_TYPES(candidate.scalar_type(), "maxState",
                                   [&] { scanForward<scalar_t>(candidate, before, state, taken); });
        context->save_for_backward({taken});
        context->saved_data["incoming"] = before.defined();
        return state;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext *context,
                                                   torch::autograd::variable_list gradients)
    {
        const Tensor taken = context->get_saved_variables()[0];
        const Tensor gradient = gradients[0].contiguous();
        Tensor toCandidate = torch::empty_like(gradient);
        Tensor toIncoming = torch::zeros({gradient.size(0), gradient.size(2)}, gradient.options());
        AT_DISPATCH_FLOATING_TYPES(gradient.scalar_type(), "maxState",
                                   [&] { scanBackward<scalar_t>(gradient, taken, toCandidate, toIncoming); });
        return {toCandidate, context->saved_data["incoming"].toBool() ? toIncoming : Tensor()};
    }
};

} // namespace

Tensor maxState(const Tensor &candidate, const Tensor &incoming)
{
    if (candidate.is_cpu())
        return MaxState::apply(candidate, incoming.defined() ? std::optional(incoming) : std::nullopt);
    if (!incoming.defined())
        return std::get<0>(candidate.cummax(1));
    const Tensor joined = torch::cat({incoming.unsqueeze(1), candidate}, 1);
    return std::get<0>(joined.cummax(1)).slice(1, 1);
}

} // namespace samout
