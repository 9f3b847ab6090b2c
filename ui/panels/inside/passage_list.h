// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/find_alike.h"

#include <QString>
#include <QTreeWidget>

#include <vector>

namespace samout {

struct AlikeSearch;

/// The passages that a search found, with the stretch of each and its score; of a difference the scores of both
/// networks.
class PassageList : public QTreeWidget {
    Q_OBJECT

public:
    enum Column { Change, Score, Trained, Times, Text };
    /// Of Text: a passage in three parts.
    enum Role { BeforeRole = Qt::UserRole, StretchRole, AfterRole };

    explicit PassageList(QWidget *parent = nullptr);

    /// nullptr: none.
    void setFound(const AlikeSearch *search);
    /// The stretch of a row; of a difference that of the network which holds more.
    AlikePlace place(int row) const { return m_rows[static_cast<std::size_t>(row)].place; }
    /// Tab-separated, full precision, with a header line.
    QString table() const;

private:
    struct Row {
        AlikePlace place;
        double score = 0;
        /// Of a difference, where the other is that of the network as changed.
        double trained = 0;
    };

    void addRow(const AlikeSearch &search, const Row &row);

    std::vector<Row> m_rows;
};

} // namespace samout
