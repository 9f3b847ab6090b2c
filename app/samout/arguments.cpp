// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/arguments.h"

#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "core/base/error.h"

#include <algorithm>
#include <charconv>

namespace samout::cli {

std::vector<std::int64_t> parseTokens(const std::string &text, const std::string &option)
{
    const std::string wanted = option + " takes token numbers with commas between them, as in 1,2,3";
    std::vector<std::int64_t> tokens;
    const char *at = text.data();
    const char *const end = at + text.size();
    const auto skipSpaces = [&] {
        while (at != end && *at == ' ')
            ++at;
    };
    for (skipSpaces(); at != end;) {
        std::int64_t token = 0;
        const auto [next, problem] = std::from_chars(at, end, token);
        if (problem == std::errc::result_out_of_range)
            throw UsageError(wanted + "; a number in it is too large.");
        if (problem != std::errc())
            throw UsageError(wanted + "; `" + std::string(at, end) + "` is no number.");
        tokens.push_back(token);
        at = next;
        skipSpaces();
        if (at == end)
            break;
        if (*at == ',') {
            ++at;
            skipSpaces();
            if (at == end)
                throw UsageError(wanted + "; it ends in a comma.");
        } else if (*(at - 1) != ' ') {
            throw UsageError(wanted + "; `" + std::string(at, end) + "` follows a number.");
        }
    }
    if (tokens.empty())
        throw UsageError(wanted + "; there is none.");
    return tokens;
}

void requireInVocabulary(const std::vector<std::int64_t> &tokens, std::int64_t vocabularySize,
                         const std::string &origin)
{
    for (const std::int64_t token : tokens)
        if (token < 0 || token >= vocabularySize)
            throw Error(origin + ": there is no token " + std::to_string(token) +
                        " in this model; its tokens are 0 to " + std::to_string(vocabularySize - 1) + ".");
}

std::string seedProblem(const std::string &text)
{
    return text.starts_with('-') ? "the seed is " + text + "; it should be a whole number from 0 on." : "";
}

std::string unescaped(const std::string &text)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (text[i] != '\\' || (next != 'n' && next != 't' && next != '\\')) {
            plain += text[i];
            continue;
        }
        plain += next == 'n' ? '\n' : next == 't' ? '\t' : '\\';
        ++i;
    }
    return plain;
}

std::vector<std::int64_t> readTokens(const std::optional<std::string> &tokens, const std::optional<std::string> &text,
                                     const Vocabulary &vocabulary, const std::string &what)
{
    if (tokens) {
        std::vector<std::int64_t> numbers = parseTokens(*tokens, "--tokens");
        requireInVocabulary(numbers, vocabulary.size(), "--tokens");
        return numbers;
    }
    std::vector<std::int64_t> read = vocabulary.encode(unescaped(*text));
    const auto unknown = std::count(read.begin(), read.end(), vocabulary.special().unknown);
    if (unknown > 0)
        remark("samout: " + std::to_string(unknown) + (unknown == 1 ? " character" : " characters") + " of " + what +
               " are not in the model's vocabulary; they are read as unknown.");
    return read;
}

} // namespace samout::cli
