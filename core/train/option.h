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
/// From 0 (included) to 1 (excluded).
constexpr OptionRange partOfOne() { return {.least = 0, .most = 1, .mostIsIn = false}; }

enum class OptionGroup { Network, Data, Optimiser, Run };
constexpr OptionGroup optionGroups[] = {OptionGroup::Network, OptionGroup::Data, OptionGroup::Optimiser,
                                        OptionGroup::Run};
Text titleOf(OptionGroup group);

/// The member of TrainingOptions that holds an option's value; a std::optional member may be left open.
using OptionMember =
    std::variant<std::int64_t TrainingOptions::*, std::uint64_t TrainingOptions::*, int TrainingOptions::*,
                 double TrainingOptions::*, bool TrainingOptions::*, std::string TrainingOptions::*,
                 std::int64_t DataOptions::*, std::string DataOptions::*, std::optional<double> DataOptions::*>;

/// A row of the option table (core/train/options.h): everything that the command line, the window and runs know of an
/// option. The default is the member's.
struct TrainingOption {
    /// The name everywhere: "sequence-length" is --sequence-length on the command line and "sequence-length" in a run.
    const char *name;
    OptionMember member;
    OptionGroup group;
    /// The name in the window.
    Pattern<0> title;
    Pattern<0> help;
    /// The allowed numbers, and the sentence about a number that is not allowed; {0} stands for the number.
    OptionRange range = {};
    Pattern<1> problem = Pattern<1>("{0} cannot be.");
    /// The unit or kind of the value, as `samout train --help` shows it; empty for a plain number.
    const char *unit = "";
    /// The word for 0 on the command line, if 0 has a meaning of its own.
    const char *wordForZero = "";
    /// The weights to begin with (--init) bring their own value, and this option is ignored.
    bool replacedByInit = false;
    /// Whether the window's list of settings has the option; the other options have their own control in the window.
    bool inForm = true;
    /// The first run format that has the option. In a run of an older format the option has the member's default.
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
    /// Sets the value from text(), or from `wordForZero`. Returns false and changes nothing if the text is not such a
    /// value.
    bool read(std::string_view text, TrainingOptions &options) const;
    /// Throws Error if the value is a number outside the range.
    void check(const TrainingOptions &options) const;
    /// The sentence about a value that is not allowed.
    Text problemWith(const std::string &value) const;
};

} // namespace samout
