// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/models/runs_reader.h"
#include "ui/work/background.h"

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <stop_token>
#include <vector>

namespace samout {

/// The runs in runsHome(), in the order of their folders. Everything is read and written off the GUI thread, one after
/// the other; rows keep their place over a reading, only what changed is told.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Star, Name, Data, Size, Step, Loss, HeldOut, Began, State, ColumnCount };
    /// What a column is sorted by: raw numbers, infinity for a loss that is not finite, nothing where there is none.
    static constexpr int SortRole = Qt::UserRole;

    /// Empty until refresh().
    explicit RunsModel(QObject *parent = nullptr);
    /// Waits for what a person changed.
    ~RunsModel() override;

    const RunRow &run(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// -1 where there is none.
    int rowOf(const QString &folder) const;
    /// False until the runs were read once.
    bool isRead() const { return m_read; }

    void refresh();
    /// Reads them now and every two seconds.
    void setWatching(bool watching);

    void rename(const QString &folder, const QString &name);
    void setNote(const QString &folder, const QString &note);
    void setStarred(const QString &folder, bool starred);
    /// All or, where one of them is being trained, none.
    void moveToTrash(const QStringList &folders);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Renames.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    /// Something of a row is new, came or went; and after the first reading.
    void changed();
    /// What could not be done, a sentence.
    void message(const QString &sentence);

private:
    void take(const std::vector<RunRow> &rows);
    bool insertRuns(std::size_t at, std::vector<RunRow>::const_iterator first,
                    std::vector<RunRow>::const_iterator last);
    void removeRun(std::size_t at);
    bool replaceRun(std::size_t at, RunRow now);
    void change(const QString &folder, std::function<void()> work, std::function<void(RunRow &)> apply);

    std::vector<RunRow> m_rows;
    QTimer m_timer;
    bool m_read = false;
    bool m_reading = false;
    bool m_again = false;
    /// Changes that are not written yet.
    int m_writing = 0;
    std::stop_source m_end;
    RunsReader m_reader;     // touched by m_background's thread alone
    Background m_background; // last: it uses the above
};

} // namespace samout
