#pragma once

#include <stdexcept>

namespace samout {

/// The one exception of core. Its text is a sentence for a person: it names the file or value, what is
/// wrong with it and what would be right. The window shows it, the command line prints it and exits 1.
class Error : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

} // namespace samout
