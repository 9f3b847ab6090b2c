// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/train/option.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace samout {

enum class ArgumentType { Whole, Number, Words, Choice, File, Flag };

/// One argument of a command.
struct CommandArgument {
    std::string name;
    ArgumentType type = ArgumentType::Words;
    /// The name in the window.
    Text title = {};
    /// The allowed numbers of a Whole or a Number.
    OptionRange range = {};
    /// The allowed words of a Choice.
    std::vector<std::string> choices = {};
    /// The value of an argument that is left out, as text; empty: none.
    std::string byDefault = {};
    /// Whether the argument may not be left out.
    bool needed = false;

    /// What is wrong with a value, as the end of a sentence about the argument; empty if it is allowed.
    Text problemWith(const std::string &value) const;
};

/// A state of the window. It says when a command is possible, and when it is done. The window evaluates it.
enum class CommandCondition {
    Always,  ///< as `done`: at once
    Offered, ///< a button or menu entry that carries the command can be pressed
    NoTraining,
    TrainingRuns,
    TrainingPaused,
    TrainingActive, ///< it prepares, runs or is paused
    TrainingBegan,
    TrainingHalted, ///< it is paused or over
    TrainingGoesOn,
    TrainingEnded,
    StepMade, ///< one more step is made, and the training is paused
    EditApplied,
    RunOnScreen,
    RunShown,    ///< the run that the command names is on screen
    StepReached, ///< the run on screen has the step that the command names, ended or not
    StepShown,
    ModelShown,
    Weights, ///< there are weights to look at
    TextWritten,
    PanelReady, ///< the panel that the command names measures and finds nothing any more
    PictureSaved,
    FileSaved,
    WindowClosed,
};
/// The condition in words, as a noun with an article: "a training that runs".
Text nameOf(CommandCondition condition);

/// Whether a recording of what a person does keeps the command.
enum class Recorded {
    No,
    Each,
    Last, ///< of the same command several times in a row, only the last is kept
};

struct CommandCall;

/// The declaration of something that a person can do. Its deed is the window's (ui/window/deeds.cpp).
struct Command {
    /// thing.verb
    std::string id;
    /// What it does, as an order: the name in the list of commands.
    Text title;
    std::vector<CommandArgument> arguments = {};
    CommandCondition possible = CommandCondition::Offered;
    CommandCondition done = CommandCondition::Always;
    /// Whether a lesson may use it: it neither ends the program nor writes, opens or removes files that a person names.
    bool lesson = true;
    Recorded recorded = Recorded::Each;
    /// Throws Error if values that are allowed one by one do not go together.
    void (*checkTogether)(const CommandCall &call) = nullptr;

    /// nullptr if the command has no such argument.
    const CommandArgument *argument(std::string_view name) const;
};

/// A command with its arguments: a line of a command list.
struct CommandCall {
    std::string id;
    /// By name, each as the text of its value: "60", "0.5", "true", "the cat".
    std::map<std::string, std::string> arguments = {};

    bool has(const std::string &name) const { return arguments.contains(name); }
    /// The value of an argument; empty, 0 or false if it is left out and has no default. For checked calls.
    std::string text(const std::string &name) const;
    std::int64_t whole(const std::string &name) const;
    double number(const std::string &name) const;

    bool operator==(const CommandCall &) const = default;
};

/// Throws Error if there is no such command, it has no such argument, or an argument is missing or not allowed.
void check(const CommandCall &call);

} // namespace samout
