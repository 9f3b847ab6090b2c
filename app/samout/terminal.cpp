// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/terminal.h"

#include <cstdlib>
#include <langinfo.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace samout::cli {

namespace {

bool hasColour()
{
    const char *const noColour = std::getenv("NO_COLOR");
    return isTerminal() && (noColour == nullptr || *noColour == '\0');
}

const char *code(Style style)
{
    switch (style) {
    case Style::Faint:
        return "\033[2m";
    case Style::Strong:
        return "\033[1m";
    case Style::Accent:
        return "\033[36m";
    case Style::Failure:
        return "\033[1;31m";
    }
    return "";
}

} // namespace

bool isTerminal()
{
    static const bool terminal = [] {
        const char *const kind = std::getenv("TERM");
        return isatty(STDERR_FILENO) != 0 && kind != nullptr && std::string_view(kind) != "dumb";
    }();
    return terminal;
}

bool hasUtf8() { return std::string_view(nl_langinfo(CODESET)) == "UTF-8"; }

int terminalWidth()
{
    winsize size{};
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

std::string styled(Style style, std::string_view text)
{
    return hasColour() ? code(style) + std::string(text) + "\033[0m" : std::string(text);
}

} // namespace samout::cli
