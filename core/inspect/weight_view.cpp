// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/weight_view.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace samout {

namespace {

const Parameter *find(const Snapshot &snapshot, const std::string &name)
{
    const auto found = std::ranges::find(snapshot.parameters(), name, &Parameter::name);
    return found == snapshot.parameters().end() ? nullptr : &*found;
}

std::vector<float> numbersOf(const Snapshot &snapshot, const WeightQuestion &question, const Parameter &parameter)
{
    const std::span<const float> now = snapshot.parameter(parameter.name);
    std::vector<float> numbers(now.begin(), now.end());
    if (!question.since)
        return numbers;
    const Parameter *other = find(*question.since, parameter.name);
    if (!other || other->shape != parameter.shape)
        throw Error(Error::WrongValue,
                    Text("The weights to compare with have no {0} of this shape; they should be of the same network.",
                         parameter.name));
    const std::span<const float> then = question.since->parameter(parameter.name);
    for (std::size_t i = 0; i < numbers.size(); ++i)
        numbers[i] -= then[i];
    return numbers;
}

void fillPicture(WeightView &view, const std::vector<float> &numbers, const WeightQuestion &question)
{
    view.rowsInCell = (view.rows + question.mostRows - 1) / question.mostRows;
    view.colsInCell = (view.cols + question.mostCols - 1) / question.mostCols;
    view.picture =
        Grid((view.rows + view.rowsInCell - 1) / view.rowsInCell, (view.cols + view.colsInCell - 1) / view.colsInCell);
    const float *number = numbers.data();
    for (int row = 0; row < view.rows; ++row)
        for (int col = 0; col < view.cols; ++col, ++number) {
            float &cell = view.picture.at(row / view.rowsInCell, col / view.colsInCell);
            if (!std::isnan(cell) && (std::isnan(*number) || std::abs(*number) > std::abs(cell)))
                cell = *number;
        }
}

void fillNumbers(WeightView &view, const std::vector<float> &numbers)
{
    double sum = 0, squares = 0;
    view.smallest = std::numeric_limits<float>::infinity();
    view.largest = -view.smallest;
    for (const float number : numbers) {
        if (!std::isfinite(number))
            continue;
        ++view.finite;
        sum += number;
        squares += static_cast<double>(number) * number;
        view.smallest = std::min(view.smallest, number);
        view.largest = std::max(view.largest, number);
    }
    if (view.finite == 0) {
        view.smallest = view.largest = 0;
        return;
    }
    view.mean = sum / static_cast<double>(view.finite);
    view.norm = std::sqrt(squares);
    double distances = 0;
    for (const float number : numbers)
        if (std::isfinite(number))
            distances += (number - view.mean) * (number - view.mean);
    view.deviation = std::sqrt(distances / static_cast<double>(view.finite));
}

void fillHistogram(WeightView &view, const std::vector<float> &numbers, int bins)
{
    view.counts.assign(static_cast<std::size_t>(bins), 0);
    view.low = view.smallest;
    view.high = view.largest;
    const double width = (static_cast<double>(view.high) - view.low) / bins;
    for (const float number : numbers) {
        if (!std::isfinite(number))
            continue;
        const int bin = width > 0 ? static_cast<int>((static_cast<double>(number) - view.low) / width) : 0;
        ++view.counts[static_cast<std::size_t>(std::min(bin, bins - 1))];
    }
}

} // namespace

WeightView viewWeights(const Snapshot &snapshot, const WeightQuestion &question)
{
    const Parameter *parameter = find(snapshot, question.parameter);
    if (!parameter)
        throw Error(Error::WrongValue, Text("The network has no parameter \"{0}\".", question.parameter));
    WeightView view;
    view.rows = parameter->shape.size() < 2 ? 1 : static_cast<int>(parameter->shape[0]);
    view.cols = static_cast<int>(parameter->count() / view.rows);
    const std::vector<float> numbers = numbersOf(snapshot, question, *parameter);
    fillPicture(view, numbers, question);
    fillNumbers(view, numbers);
    fillHistogram(view, numbers, question.bins);
    return view;
}

std::optional<std::string> notFinite(const Snapshot &snapshot)
{
    for (const Parameter &parameter : snapshot.parameters())
        if (!std::ranges::all_of(snapshot.parameter(parameter.name), [](float v) { return std::isfinite(v); }))
            return parameter.name;
    return std::nullopt;
}

} // namespace samout
