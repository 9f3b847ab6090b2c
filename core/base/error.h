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
        WrongValue,  ///< what a person chose or asked for cannot be
        Missing,     ///< a file, run, step or name is not there
        Damaged,     ///< a file is there, and is not what it should be
        Unsupported, ///< a file of a newer version or of a type that this program does not read
        Unreadable,  ///< the system refuses to read
        Unwritable,  ///< the system refuses to write, or the disk is full
        InUse,       ///< another program holds it
        OutOfMemory,
        NotFinite, ///< the numbers of a network are no numbers any more
    };

    Error(Kind kind, Text text) : std::runtime_error(text.english()), m_kind(kind), m_text(std::move(text)) {}
    /// A sentence of the window or of the command line, in the language of its reader. Core's are texts.
    explicit Error(const std::string &sentence) : Error(WrongValue, Text::verbatim(sentence)) {}

    Kind kind() const { return m_kind; }
    const Text &text() const { return m_text; }

private:
    Kind m_kind;
    Text m_text;
};

/// What an exception says: an Error its text, any other its what() as it is.
inline Text textOf(const std::exception &exception)
{
    const auto *error = dynamic_cast<const Error *>(&exception);
    return error ? error->text() : Text::verbatim(exception.what());
}

} // namespace samout
