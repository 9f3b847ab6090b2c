// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace samout {

struct DataOptions;
struct TrainingOptions;

/// The numbers that an option may have. NaN and the infinities are never among them.
struct OptionRange {
    double least = std::numeric_limits<double>::lowest();
    double most = std::numeric_limits<double>::max();
    bool leastIsIn = true;
    bool mostIsIn = true;

    constexpr bool contains(double value) const
    {
        return (leastIsIn ? value >= least : value > least) && (mostIsIn ? value <= most : value < most);
    }
};
constexpr OptionRange atLeast(double least) { return {.least = least}; }
constexpr OptionRange above(double least) { return {.least = least, .leastIsIn = false}; }
constexpr OptionRange between(double least, double most) { return {.least = least, .most = most}; }
/// From 0 on and below 1.
constexpr OptionRange partOfOne() { return {.least = 0, .most = 1, .mostIsIn = false}; }

enum class OptionGroup { Network, Data, Optimiser, Run };
constexpr OptionGroup optionGroups[] = {OptionGroup::Network, OptionGroup::Data, OptionGroup::Optimiser,
                                        OptionGroup::Run};
Text titleOf(OptionGroup group);

/// Where an option's value stands in TrainingOptions; an optional is a number that may be left open.
using OptionMember =
    std::variant<std::int64_t TrainingOptions::*, std::uint64_t TrainingOptions::*, int TrainingOptions::*,
                 double TrainingOptions::*, bool TrainingOptions::*, std::string TrainingOptions::*,
                 std::int64_t DataOptions::*, std::string DataOptions::*, std::optional<double> DataOptions::*>;

/// A row of the option table (core/train/options.h): all that the command line, the window and runs know of an option.
/// Its default is the member's.
struct TrainingOption {
    /// The one name: "sequence-length" is --sequence-length on the command line and "sequence-length" in a run.
    const char *name;
    OptionMember member;
    OptionGroup group;
    /// What the window calls it.
    Pattern<0> title;
    Pattern<0> help;
    /// What a number may be, and the sentence about one that may not; {0} stands for it.
    OptionRange range = {};
    Pattern<1> problem = Pattern<1>("{0} cannot be.");
    /// What the value counts or names, as `samout train --help` shows it; empty for a plain number.
    const char *unit = "";
    /// The word for 0 on the command line, where it is another thing than a small number.
    const char *wordForZero = "";
    /// The weights to begin with (--init) bring their own value; this one is not looked at.
    bool replacedByInit = false;
    /// In the window's list of settings; the others have a chooser of their own there.
    bool inForm = true;
    /// The first run format that has it. A run of an older format has the member's default.
    int since = 1;

    /// Calls visit(value) with the value's own type, const if `options` are.
    template <typename Options, typename Visit> decltype(auto) visit(Options &options, Visit &&visit) const
    {
        return std::visit(
            [&](auto pointer) -> decltype(auto) {
                if constexpr (std::is_invocable_v<decltype(pointer), TrainingOptions &>)
                    return visit(options.*pointer);
                else
                    return visit(options.data.*pointer);
            },
            member);
    }

    bool isFlag() const { return std::holds_alternative<bool TrainingOptions::*>(member); }
    /// The value as people type it: "0.003", "true", a name; empty if it is left open.
    std::string text(const TrainingOptions &options) const;
    /// Sets the value from text(), or from `wordForZero`. False if the text is no such value; then nothing is changed.
    bool read(std::string_view text, TrainingOptions &options) const;
    /// Throws Error if the value is a number outside the range.
    void check(const TrainingOptions &options) const;
    /// The sentence about a value that may not be.
    Text problemWith(const std::string &value) const;
};

} // namespace samout
