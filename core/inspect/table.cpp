// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/table.h"

#include "core/inspect/subject.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <stdexcept>
#include <type_traits>

namespace samout {

namespace {

template <typename Number> std::string numberText(Number number)
{
    if constexpr (std::is_floating_point_v<Number>)
        if (std::isnan(number))
            return "NaN";
    std::array<char, 48> text{};
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
    return {text.data(), end};
}

/// The values of the key columns.
Table::Row keysOf(const Table &table, const Table::Row &row)
{
    Table::Row keys;
    for (std::size_t i = 0; i < row.size(); ++i)
        if (table.columns[i].kind == Table::Column::Key)
            keys.push_back(row[i]);
    return keys;
}

Table::Value differenceOf(Table::Column::Kind kind, const Table::Value &changed, const Table::Value &trained)
{
    if (kind == Table::Column::Key)
        return changed;
    return std::visit(
        [kind](const auto &one, const auto &other) -> Table::Value {
            using One = std::decay_t<decltype(one)>;
            if constexpr (std::is_arithmetic_v<One> && std::is_same_v<One, std::decay_t<decltype(other)>>) {
                if (kind == Table::Column::Error)
                    return errorOfDifference(static_cast<double>(one), static_cast<double>(other));
                return static_cast<One>(one - other);
            } else {
                return {};
            }
        },
        changed, trained);
}

/// `columns` and `rows` with `separator` between the values, each as `written` gives it.
template <typename Written> std::string linesOf(const Table &table, char separator, const Written &written)
{
    std::string text;
    for (const Table::Column &column : table.columns)
        text += (&column == &table.columns.front() ? "" : std::string(1, separator)) + written(column.name);
    text += '\n';
    for (const Table::Row &row : table.rows) {
        for (const Table::Value &value : row)
            text += (&value == &row.front() ? "" : std::string(1, separator)) + written(textOf(value));
        text += '\n';
    }
    return text;
}

} // namespace

std::size_t Table::find(std::string_view name) const
{
    const auto column = std::ranges::find(columns, name, &Column::name);
    if (column == columns.end())
        throw std::out_of_range("There is no column " + std::string(name) + ".");
    return static_cast<std::size_t>(column - columns.begin());
}

Table difference(const Table &changed, const Table &trained)
{
    Table result{.columns = changed.columns, .rows = {}};
    std::map<std::string, const Table::Row *> known;
    const auto nameOf = [](const Table::Row &keys) {
        std::string name;
        for (const Table::Value &key : keys)
            name += textOf(key) + '\n';
        return name;
    };
    for (const Table::Row &row : trained.rows)
        known.emplace(nameOf(keysOf(trained, row)), &row);
    for (const Table::Row &row : changed.rows) {
        const auto other = known.find(nameOf(keysOf(changed, row)));
        if (other == known.end())
            continue;
        Table::Row values;
        for (std::size_t i = 0; i < row.size(); ++i)
            values.push_back(differenceOf(changed.columns[i].kind, row[i], (*other->second)[i]));
        result.rows.push_back(std::move(values));
    }
    return result;
}

std::string textOf(const Table::Value &value)
{
    return std::visit(
        [](const auto &one) -> std::string {
            using One = std::decay_t<decltype(one)>;
            if constexpr (std::is_arithmetic_v<One>)
                return numberText(one);
            else if constexpr (std::is_same_v<One, std::string>)
                return one;
            else
                return {};
        },
        value);
}

std::string tabSeparated(const Table &table)
{
    return linesOf(table, '\t', [](std::string text) {
        std::ranges::replace_if(
            text, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
        return text;
    });
}

std::string csvOf(const Table &table)
{
    return linesOf(table, ',', [](const std::string &text) {
        if (text.find_first_of(",\"\n\r") == text.npos)
            return text;
        std::string quoted = "\"";
        for (const char c : text)
            quoted += c == '"' ? "\"\"" : std::string(1, c);
        return quoted + '"';
    });
}

} // namespace samout
