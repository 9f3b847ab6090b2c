// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace samout {

/// The answer to a question as named columns and rows of numbers and texts: what a panel copies and what `samout
/// examine` prints, from the same functions.
struct Table {
    /// A number with its own precision, or a text. monostate: not known, or not measured.
    using Value = std::variant<std::monostate, std::int64_t, float, double, std::string>;
    using Row = std::vector<Value>;

    struct Column {
        enum Kind {
            Key,      ///< says what the row is about, as a layer or a token
            Measured, ///< what the network does there
            Error,    ///< the standard error of the measured column before it
        };
        /// In English, the same in every language of the window.
        std::string name;
        Kind kind = Measured;
        /// "nats", "%"; empty for plain numbers and texts.
        std::string unit = {};
    };

    std::vector<Column> columns;
    /// As many values as columns each.
    std::vector<Row> rows;

    /// The index of a column; throws std::out_of_range if there is none of that name.
    std::size_t find(std::string_view name) const;
};

/// What the interventions do, row by row: rows with the same keys are matched, and stay in the order of `changed`. A
/// measured number becomes the difference, an error that of the difference; a measured text, or a row that only one of
/// the two has, is left out. Both must have the same columns.
Table difference(const Table &changed, const Table &trained);

/// The shortest text that reads back as the same number; "NaN"; a text itself; empty if the value is not known.
std::string textOf(const Table::Value &value);
/// A line for the columns' names and a line for every row, the values with tabs between them. A tab or a line end in a
/// text becomes a space.
std::string tabSeparated(const Table &table);
/// The same with commas (RFC 4180): a text with a comma, a quote or a line end is quoted.
std::string csvOf(const Table &table);

} // namespace samout
