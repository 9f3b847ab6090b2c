// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/text.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <utility>

namespace samout {

namespace {

std::string filled(const std::string &pattern, const std::vector<std::string> &arguments)
{
    fmt::dynamic_format_arg_store<fmt::format_context> store;
    for (const std::string &argument : arguments)
        store.push_back(argument);
    return fmt::vformat(pattern, store);
}

} // namespace

Text Text::verbatim(std::string words)
{
    Text text;
    text.m_pattern = std::move(words);
    text.m_verbatim = true;
    return text;
}

std::string Text::numberText(float value) { return fmt::format("{}", value); }

std::string Text::numberText(double value) { return fmt::format("{}", value); }

std::string Text::english() const
{
    return in([](const std::string &english) { return english; });
}

std::string Text::in(const std::function<std::string(const std::string &english)> &translate) const
{
    if (m_verbatim)
        return m_pattern;
    std::vector<std::string> arguments;
    arguments.reserve(m_arguments.size());
    for (const Text &argument : m_arguments)
        arguments.push_back(argument.in(translate));
    try {
        return filled(translate(m_pattern), arguments);
    } catch (const fmt::format_error &) {
        return filled(m_pattern, arguments);
    }
}

} // namespace samout
