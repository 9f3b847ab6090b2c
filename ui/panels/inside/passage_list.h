// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/find_alike.h"

#include <QString>
#include <QTreeWidget>

#include <vector>

namespace samout {

struct AlikeSearch;

/// The passages that a search found, with the stretch and score of each; for a difference, with the scores of both
/// networks.
class PassageList : public QTreeWidget {
    Q_OBJECT

public:
    enum Column { Change, Score, Trained, Times, Text };
    /// The roles of column Text: a passage in three parts.
    enum Role { BeforeRole = Qt::UserRole, StretchRole, AfterRole };

    explicit PassageList(QWidget *parent = nullptr);

    /// Shows the passages of `search`; nullptr: an empty list.
    void setFound(const AlikeSearch *search);
    /// The stretch of a row; for a difference, in the network that holds more channels.
    AlikePlace place(int row) const { return m_rows[static_cast<std::size_t>(row)].place; }

private:
    struct Row {
        AlikePlace place;
        double score = 0;
        /// For a difference: the score of the network as trained; `score` is that of the network as changed.
        double trained = 0;
    };

    void addRow(const AlikeSearch &search, const Row &row);

    std::vector<Row> m_rows;
};

} // namespace samout
