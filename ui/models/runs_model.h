// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/models/runs_reader.h"
#include "ui/work/worker.h"

#include <QAbstractTableModel>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <functional>
#include <stop_token>
#include <vector>

namespace samout {

/// The runs in runsHome(), ordered by folder. Everything is read and written off the GUI thread, one task after the
/// other. Rows keep their place when the folder is read again, and only changes are signalled.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Star, Name, Data, Size, Step, Loss, HeldOut, Began, State, ColumnCount };
    /// The value that a column is sorted by: a raw number, infinity for a loss that is not finite, an invalid QVariant
    /// if there is no value.
    static constexpr int SortRole = Qt::UserRole;

    /// Empty until refresh().
    explicit RunsModel(QObject *parent = nullptr);
    /// Waits until the user's changes are written.
    ~RunsModel() override;

    const RunRow &run(int row) const { return m_rows[static_cast<std::size_t>(row)]; }
    /// The row of a run folder; -1 if it is not in the list.
    int rowOf(const QString &folder) const;
    /// False until the runs were read once.
    bool isRead() const { return m_read; }

    void refresh();
    /// Reads the runs now and every two seconds.
    void setWatching(bool watching);

    void rename(const QString &folder, const QString &name);
    void setNote(const QString &folder, const QString &note);
    void setStarred(const QString &folder, bool starred);
    /// Moves all the folders or, if one of the runs is being trained, none.
    void moveToTrash(const QStringList &folders);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    /// Renames.
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;

signals:
    /// A row was added, removed or changed; also emitted after the first reading.
    void changed();
    /// A sentence that says what could not be done.
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
    /// The number of changes that are not written yet.
    int m_writing = 0;
    std::stop_source m_end;
    RunsReader m_reader;              // used in m_lane's work alone
    WorkLane m_lane{WorkKind::Short}; // last: its work uses m_reader
};

} // namespace samout
