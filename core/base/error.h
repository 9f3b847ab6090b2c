// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <exception>
#include <stdexcept>
#include <string>
#include <utility>

namespace samout {

/// The one exception of core. Its text is a sentence for a person: it names the file or value, what is wrong with it
/// and what would be right. The window shows it in its own language; the command line prints what(), which is
/// English, and exits 1.
class Error : public std::runtime_error {
public:
    enum Kind {
        WrongValue,  ///< a value that a person chose is not allowed
        Missing,     ///< a file, run, step or name does not exist
        Damaged,     ///< a file exists, but its content is wrong
        Unsupported, ///< a file of a newer version or of a type that this program does not read
        Unreadable,  ///< the system refuses to read
        Unwritable,  ///< the system refuses to write, or the disk is full
        InUse,       ///< another program has locked the run
        OutOfMemory,
        NotFinite, ///< a number in a network is NaN or infinite
    };

    Error(Kind kind, Text text) : std::runtime_error(text.english()), m_kind(kind), m_text(std::move(text)) {}
    /// For the window and the command line, whose sentences are in the reader's language already. Core throws a Text.
    explicit Error(const std::string &sentence) : Error(WrongValue, Text::verbatim(sentence)) {}

    Kind kind() const { return m_kind; }
    const Text &text() const { return m_text; }

private:
    Kind m_kind;
    Text m_text;
};

/// The sentence of an exception: the text of an Error, the what() of any other exception.
inline Text textOf(const std::exception &exception)
{
    const auto *error = dynamic_cast<const Error *>(&exception);
    return error ? error->text() : Text::verbatim(exception.what());
}

} // namespace samout
