// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/bigram.h"
#include "core/data/sources.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include <nlohmann/json.hpp>

namespace samout {

namespace {

/// More than any tokenizer has, few enough that a table of them fits into memory.
constexpr std::int64_t largestToken = (std::int64_t{1} << 20) - 1;

[[noreturn]] void failRow(const std::string &path, std::size_t line, const Text &what)
{
    throw Error(Error::Damaged, Text("\"{0}\", line {1}: {2}", path, line, what));
}

std::vector<std::int64_t> parseRow(const std::string &path, std::size_t line, std::string_view text)
{
    const nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_array())
        failRow(path, line, Text("not an array of token numbers, such as [5, 17, 4]."));
    if (json.empty())
        failRow(path, line, Text("the array is empty; a row needs tokens, such as [5, 17, 4]."));
    std::vector<std::int64_t> row;
    row.reserve(json.size());
    for (const nlohmann::json &value : json) {
        const bool fits = value.is_number_integer() &&
                          (!value.is_number_unsigned() || value.get<std::uint64_t>() <= std::uint64_t{largestToken});
        if (!fits || value.get<std::int64_t>() < 0)
            failRow(path, line,
                    Text("{0} is not a token; tokens are the whole numbers from 0 to {1}.",
                         value.dump(-1, ' ', true, nlohmann::json::error_handler_t::replace).substr(0, 40),
                         largestToken));
        row.push_back(value.get<std::int64_t>());
    }
    return row;
}

class TokenRows : public Dataset {
public:
    explicit TokenRows(const DataOptions &options) : m_seed(options.seed), m_batch(options.batch)
    {
        m_name = fileName(options.source);
        std::vector<std::vector<std::int64_t>> rows = readTokenRows(options.source);
        chooseVocabulary(options, rows);

        const double share = options.heldOut.value_or(0);
        m_split = {.rule = DataSplit::Rule::Spread, .share = share};
        std::vector<std::vector<std::int64_t>> heldOut;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const bool isHeldOut =
                std::floor(static_cast<double>(i + 1) * share) > std::floor(static_cast<double>(i) * share);
            (isHeldOut ? heldOut : m_rows).push_back(std::move(rows[i]));
        }
        if (share > 0 && heldOut.empty())
            throw Error(Error::WrongValue,
                        Text("A held-out share of {0} leaves none of the {1} rows of \"{2}\" to hold out.", share,
                             rows.size(), options.source));
        std::erase_if(m_rows,
                      [&](const auto &row) { return std::find(heldOut.begin(), heldOut.end(), row) != heldOut.end(); });
        if (m_rows.empty())
            throw Error(Error::WrongValue,
                        Text("A held-out share of {0} leaves no row of \"{1}\" to train on.", share, options.source));

        m_all = shiftedBatch(m_rows, m_vocabulary.special().padding);
        m_sequenceLength = m_all.time + 1;
        if (!heldOut.empty())
            m_heldOut = shiftedBatch(heldOut, m_vocabulary.special().padding);
        BigramModel bigrams(m_vocabulary.size());
        bigrams.count(m_all);
        m_bigramLoss = bigrams.loss(heldOut.empty() ? m_all : m_heldOut);
        const std::vector<std::int64_t> &first = m_rows.front();
        const auto start = [&](std::size_t length) {
            return m_vocabulary.decode(std::span(first).first(std::min(length, first.size())));
        };
        m_exampleText = start(50);
        m_examplePrompt = start(5);
    }

    Batch trainingBatch(std::int64_t step) const override
    {
        if (m_batch == 0)
            return m_all;
        RandomStream random(m_seed, Purpose::Order, static_cast<std::uint64_t>(step));
        std::vector<std::vector<std::int64_t>> rows;
        for (std::int64_t i = 0; i < m_batch; ++i)
            rows.push_back(m_rows[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(m_rows.size())))]);
        // A batch of rows that all have one token only: one target, which does not count.
        const bool nothing = std::all_of(rows.begin(), rows.end(), [](const auto &row) { return row.size() < 2; });
        if (nothing)
            rows.front().resize(2, m_vocabulary.filler());
        Batch batch = shiftedBatch(rows, m_vocabulary.special().padding);
        if (nothing)
            std::ranges::fill(batch.weights, 0.0F);
        return batch;
    }

private:
    void chooseVocabulary(const DataOptions &options, const std::vector<std::vector<std::int64_t>> &rows)
    {
        std::int64_t largest = 0;
        for (const std::vector<std::int64_t> &row : rows)
            largest = std::max(largest, *std::max_element(row.begin(), row.end()));
        m_vocabulary =
            options.vocabulary ? *options.vocabulary : Vocabulary::ofNumbers(std::max<std::int64_t>(largest + 1, 4));
        if (largest >= m_vocabulary.size())
            throw Error(Error::WrongValue,
                        Text("\"{0}\" has the token {1}, which the network does not know: its tokens are 0 to {2}.",
                             options.source, largest, m_vocabulary.size() - 1));
    }

    std::uint64_t m_seed;
    std::int64_t m_batch;
    std::vector<std::vector<std::int64_t>> m_rows;
    Batch m_all;
};

} // namespace

std::vector<std::vector<std::int64_t>> readTokenRows(const std::string &path)
{
    const std::string bytes = readFile(path);
    const std::string_view text = bytes;
    std::vector<std::vector<std::int64_t>> rows;
    std::size_t line = 0;
    bool hasTarget = false;
    for (std::size_t begin = 0; begin < text.size();) {
        ++line;
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view row = text.substr(begin, end - begin);
        begin = end + 1;
        if (row.find_first_not_of(" \t\r") == std::string_view::npos)
            continue;
        rows.push_back(parseRow(path, line, row));
        hasTarget = hasTarget || rows.back().size() > 1;
    }
    if (rows.empty())
        throw Error(
            Error::Damaged,
            Text("The file \"{0}\" has no rows; a row is an array of token numbers, such as [5, 17, 4].", path));
    if (!hasTarget)
        throw Error(Error::Damaged, Text("The file \"{0}\" leaves nothing to predict: no row has two tokens.", path));
    return rows;
}

std::shared_ptr<const Dataset> openTokenRows(const DataOptions &options)
{
    return std::make_shared<TokenRows>(options);
}

} // namespace samout
