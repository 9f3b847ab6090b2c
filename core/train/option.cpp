// SPDX-License-Identifier: GPL-3.0-only
#include "core/train/option.h"

#include "core/base/error.h"
#include "core/train/options.h"

#include <array>
#include <charconv>

namespace samout {

namespace {

std::string textOf(const std::string &value) { return value; }
std::string textOf(bool value) { return value ? "true" : "false"; }
std::string textOf(const std::optional<double> &value);

template <typename Number> std::string textOf(Number value)
{
    std::array<char, 32> text{};
    char *const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    return std::string(text.data(), end);
}

std::string textOf(const std::optional<double> &value) { return value ? textOf(*value) : std::string(); }

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view spaces = " \t\n\r";
    const std::size_t begin = text.find_first_not_of(spaces);
    return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(spaces) + 1 - begin);
}

bool readInto(std::string &value, std::string_view text)
{
    value = text;
    return true;
}

bool readInto(bool &value, std::string_view text)
{
    if (text != "true" && text != "false")
        return false;
    value = text == "true";
    return true;
}

template <typename Number> bool readInto(Number &value, std::string_view text)
{
    text = trimmed(text);
    if (text.starts_with('+'))
        text.remove_prefix(1);
    Number read{};
    const char *end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, read);
    if (problem != std::errc() || stop != end)
        return false;
    value = read;
    return true;
}

bool readInto(std::optional<double> &value, std::string_view text)
{
    if (trimmed(text).empty()) {
        value.reset();
        return true;
    }
    double read = 0;
    if (!readInto(read, text))
        return false;
    value = read;
    return true;
}

bool isIn(const OptionRange &, const std::string &) { return true; }
bool isIn(const OptionRange &range, const std::optional<double> &value) { return !value || range.contains(*value); }
template <typename Number> bool isIn(const OptionRange &range, Number value)
{
    return range.contains(static_cast<double>(value));
}

} // namespace

Text titleOf(OptionGroup group)
{
    switch (group) {
    case OptionGroup::Network:
        return Text("Network");
    case OptionGroup::Data:
        return Text("Data");
    case OptionGroup::Optimiser:
        return Text("Optimiser");
    case OptionGroup::Run:
        return Text("Run");
    }
    return {};
}

std::string TrainingOption::text(const TrainingOptions &options) const
{
    return visit(options, [](const auto &value) { return textOf(value); });
}

bool TrainingOption::read(std::string_view text, TrainingOptions &options) const
{
    if (*wordForZero && trimmed(text) == wordForZero)
        text = "0";
    return visit(options, [text](auto &value) { return readInto(value, text); });
}

void TrainingOption::check(const TrainingOptions &options) const
{
    if (!visit(options, [this](const auto &value) { return isIn(range, value); }))
        throw Error(Error::WrongValue, problemWith(text(options)));
}

Text TrainingOption::problemWith(const std::string &value) const { return Text(problem, value); }

} // namespace samout
