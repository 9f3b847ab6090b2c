#include "core/train/edit.h"

#include "core/base/error.h"

#include <charconv>
#include <cmath>

namespace samout {

std::string editValue(double number)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

std::string editValue(std::int64_t number) { return std::to_string(number); }

double numberOf(const Edit &edit)
{
    double number = 0;
    const char *end = edit.value.data() + edit.value.size();
    const auto [read, error] = std::from_chars(edit.value.data(), end, number);
    if (error != std::errc() || read != end)
        throw Error("The edit \"" + edit.kind + "\" at step " + std::to_string(edit.step) + " has the value \"" +
                    edit.value + "\"; it should be a number.");
    return number;
}

void checkEdit(const Edit &edit)
{
    if (edit.kind == "learning_rate") {
        const double rate = numberOf(edit);
        if (!std::isfinite(rate) || rate <= 0)
            throw Error("The learning rate is " + edit.value + "; it should be above 0, as 0.001.");
    } else if (edit.kind == "steps") {
        const double steps = numberOf(edit);
        if (steps < 0 || steps > 9e15 || steps != std::floor(steps))
            throw Error("The number of steps is " + edit.value +
                        "; it should be at least 1, or 0 to train until stopped.");
    } else {
        throw Error("There is no edit \"" + edit.kind + "\"; a newer version may have made it.");
    }
}

} // namespace samout
