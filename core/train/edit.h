#pragma once

#include <cstdint>
#include <string>

namespace samout {

/// A change that a person made to a training while it ran, so that it can be made again at the same place. Making
/// one twice at its place is making it once.
struct Edit {
    /// Updates made when it was applied: it counts from step `step` + 1 on.
    std::int64_t step = 0;
    /// "learning_rate": value is the new rate before warm-up and cosine. "steps": value is the step to reach.
    std::string kind;
    std::string value;

    bool operator==(const Edit &) const = default;
};

/// A number as an edit's value: the shortest text that reads back as the same number.
std::string editValue(double number);
std::string editValue(std::int64_t number);
/// Throws Error where the edit is of no known kind, or its value is not what that takes.
void checkEdit(const Edit &edit);
/// The number of a checked edit.
double numberOf(const Edit &edit);

} // namespace samout
