// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/runs_model.h"

#include "core/runs/run.h"
#include "core/runs/run_folder.h"
#include "ui/models/run_trash.h"
#include "ui/work/translated.h"

#include <QFileInfo>
#include <QFont>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLocale>
#include <QPalette>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>
#include <utility>

namespace samout {

namespace {

constexpr int watchInterval = 2000; // ms

std::filesystem::path pathOf(const QString &folder) { return folder.toStdString(); }

QString grouped(qint64 number)
{
    QLocale locale;
    locale.setNumberOptions(locale.numberOptions() & ~QLocale::OmitGroupSeparator);
    return locale.toString(number);
}

/// Four decimals, so that the decimal points of a column line up; four significant digits for very small or large
/// losses.
QString lossText(const std::optional<double> &loss)
{
    if (!loss)
        return QStringLiteral("–");
    if (std::isnan(*loss))
        return QStringLiteral("NaN");
    const bool plain = *loss == 0 || (std::abs(*loss) >= 0.001 && std::abs(*loss) < 10'000);
    return plain ? QString::number(*loss, 'f', 4) : QString::number(*loss, 'g', 4);
}

QVariant lossOrder(const std::optional<double> &loss)
{
    if (!loss)
        return {};
    return std::isfinite(*loss) ? *loss : std::numeric_limits<double>::infinity();
}

QString lossTip(const std::optional<double> &loss)
{
    return loss ? RunsModel::tr("%1 nats a token").arg(QString::number(*loss, 'g', 17))
                : RunsModel::tr("Not measured yet.");
}

QString stepText(const RunRow &run)
{
    return run.steps > 0 ? RunsModel::tr("%1 of %2").arg(grouped(run.step), grouped(run.steps)) : grouped(run.step);
}

QString stateText(RunRow::State state)
{
    switch (state) {
    case RunRow::State::Running:
        return RunsModel::tr("Running");
    case RunRow::State::Stopped:
        return RunsModel::tr("Stopped");
    case RunRow::State::Damaged:
        return RunsModel::tr("Damaged");
    }
    return {};
}

QString textOf(const RunRow &run, int column)
{
    if (column == RunsModel::Name)
        return run.name;
    if (column == RunsModel::State)
        return stateText(run.state);
    if (run.damaged())
        return {};
    switch (column) {
    case RunsModel::Star:
        return run.starred ? QStringLiteral("★") : QStringLiteral("☆");
    case RunsModel::Data:
        return run.dataName;
    case RunsModel::Size:
        return grouped(run.parameters);
    case RunsModel::Step:
        return grouped(run.step);
    case RunsModel::Loss:
        return lossText(run.loss);
    case RunsModel::HeldOut:
        return lossText(run.heldOut);
    case RunsModel::Began:
        return run.created.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    default:
        return {};
    }
}

QVariant orderOf(const RunRow &run, int column)
{
    if (column == RunsModel::Name)
        return run.name;
    if (column == RunsModel::State)
        return static_cast<int>(run.state);
    if (run.damaged())
        return {};
    switch (column) {
    case RunsModel::Star:
        return run.starred ? 0 : 1;
    case RunsModel::Data:
        return run.dataName;
    case RunsModel::Size:
        return run.parameters;
    case RunsModel::Step:
        return run.step;
    case RunsModel::Loss:
        return lossOrder(run.loss);
    case RunsModel::HeldOut:
        return lossOrder(run.heldOut);
    case RunsModel::Began:
        return run.created;
    default:
        return {};
    }
}

/// All facts of a run, for columns that are too narrow for them.
QString summaryOf(const RunRow &run)
{
    QStringList lines{run.name};
    lines += RunsModel::tr("%1, %2 parameters, step %3, began %4")
                 .arg(run.dataName, grouped(run.parameters), stepText(run), textOf(run, RunsModel::Began));
    lines += RunsModel::tr("Loss %1, held-out loss %2").arg(lossText(run.loss), lossText(run.heldOut));
    if (!run.parent.isEmpty())
        lines += RunsModel::tr("Began with step %1 of “%2”").arg(grouped(run.parentStep), run.parent);
    if (!run.note.isEmpty())
        lines += run.note;
    return lines.join(QLatin1Char('\n'));
}

QString tipOf(const RunRow &run, int column)
{
    if (run.damaged())
        return run.problem;
    switch (column) {
    case RunsModel::Star:
        return run.starred ? RunsModel::tr("A click takes the star off.") : RunsModel::tr("A click stars the run.");
    case RunsModel::Name:
        return summaryOf(run);
    case RunsModel::Data:
        return QString::fromStdString(run.options.data.source);
    case RunsModel::Step:
        return stepText(run);
    case RunsModel::Loss:
        return lossTip(run.loss);
    case RunsModel::HeldOut:
        return lossTip(run.heldOut);
    case RunsModel::State:
        return run.state == RunRow::State::Running ? RunsModel::tr("A program is training it now.") : QString();
    default:
        return {};
    }
}

/// `text` as a tooltip that wraps; markup in the text is escaped.
QString asTip(const QString &text)
{
    return text.isEmpty() ? text
                          : QStringLiteral("<p style=\"white-space: pre-wrap\">%1</p>").arg(text.toHtmlEscaped());
}

bool isNumber(int column) { return column >= RunsModel::Size && column <= RunsModel::HeldOut; }

QVariant alignmentOf(int column)
{
    if (column == RunsModel::Star)
        return QVariant::fromValue<Qt::Alignment>(Qt::AlignCenter);
    return QVariant::fromValue(Qt::AlignVCenter | (isNumber(column) ? Qt::AlignRight : Qt::AlignLeft));
}

} // namespace

RunsModel::RunsModel(QObject *parent) : QAbstractTableModel(parent)
{
    m_timer.setInterval(watchInterval);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        if (!m_reading) // a slow disk is not read again at once
            refresh();
    });
}

RunsModel::~RunsModel()
{
    m_end.request_stop();
    if (m_writing > 0)
        m_lane.finish();
}

int RunsModel::rowOf(const QString &folder) const
{
    const auto found = std::ranges::lower_bound(m_rows, folder, {}, &RunRow::folder);
    return found != m_rows.end() && found->folder == folder ? static_cast<int>(found - m_rows.begin()) : -1;
}

void RunsModel::refresh()
{
    m_again = m_reading;
    if (m_reading)
        return;
    m_reading = true;
    auto rows = std::make_shared<std::vector<RunRow>>();
    m_lane.run(
        [reader = &m_reader, rows, home = runsHome(), end = m_end.get_token()] { *rows = reader->read(home, end); },
        [this, rows](const QString &error) {
            m_reading = false;
            if (error.isEmpty())
                take(*rows);
            else
                emit message(error);
            if (m_again)
                refresh();
        });
}

void RunsModel::setWatching(bool watching)
{
    if (watching == m_timer.isActive())
        return;
    if (!watching)
        return m_timer.stop();
    m_timer.start();
    refresh();
}

void RunsModel::take(const std::vector<RunRow> &rows)
{
    bool news = !std::exchange(m_read, true);
    std::size_t at = 0;
    const auto removeUpTo = [&](const QString *folder) {
        while (at < m_rows.size() && (!folder || m_rows[at].folder < *folder)) {
            removeRun(at);
            news = true;
        }
    };
    for (auto next = rows.begin(); next != rows.end();) {
        removeUpTo(&next->folder);
        const auto known = std::find_if(
            next, rows.end(), [&](const RunRow &row) { return at < m_rows.size() && row.folder >= m_rows[at].folder; });
        if (known == next) {
            news |= replaceRun(at++, *next++);
            continue;
        }
        news |= insertRuns(at, next, known);
        at += static_cast<std::size_t>(known - next);
        next = known;
    }
    removeUpTo(nullptr);
    if (news)
        emit changed();
}

bool RunsModel::insertRuns(std::size_t at, std::vector<RunRow>::const_iterator first,
                           std::vector<RunRow>::const_iterator last)
{
    beginInsertRows({}, static_cast<int>(at), static_cast<int>(at) + static_cast<int>(last - first) - 1);
    m_rows.insert(m_rows.begin() + static_cast<std::ptrdiff_t>(at), first, last);
    endInsertRows();
    return true;
}

void RunsModel::removeRun(std::size_t at)
{
    beginRemoveRows({}, static_cast<int>(at), static_cast<int>(at));
    m_rows.erase(m_rows.begin() + static_cast<std::ptrdiff_t>(at));
    endRemoveRows();
}

bool RunsModel::replaceRun(std::size_t at, RunRow now)
{
    RunRow &row = m_rows[at];
    if (row == now)
        return false;
    const RunRow before = std::exchange(row, std::move(now));
    // Signals only the changed cells: a name that is being edited keeps the typed text.
    for (int column = 0; column < ColumnCount; ++column) {
        const bool noted = column == Star && before.note != row.note; // the note has no column
        if (noted || orderOf(before, column) != orderOf(row, column)) {
            const QModelIndex cell = index(static_cast<int>(at), column);
            emit dataChanged(cell, cell);
        }
    }
    return true;
}

void RunsModel::change(const QString &folder, std::function<void()> work, std::function<void(RunRow &)> apply)
{
    ++m_writing;
    m_lane.run(std::move(work), [this, folder, apply = std::move(apply)](const QString &error) {
        --m_writing;
        if (!error.isEmpty())
            return emit message(error);
        const int row = rowOf(folder);
        if (row < 0)
            return;
        RunRow now = run(row);
        apply(now);
        if (replaceRun(static_cast<std::size_t>(row), std::move(now)))
            emit changed();
    });
}

void RunsModel::rename(const QString &folder, const QString &name)
{
    change(
        folder, [folder, name] { renameRun(pathOf(folder), name.toStdString()); },
        [name](RunRow &run) { run.name = name; });
}

void RunsModel::setNote(const QString &folder, const QString &note)
{
    change(
        folder, [folder, note] { noteRun(pathOf(folder), note.toStdString()); },
        [note](RunRow &run) { run.note = note; });
}

void RunsModel::setStarred(const QString &folder, bool starred)
{
    change(
        folder, [folder, starred] { starRun(pathOf(folder), starred); },
        [starred](RunRow &run) { run.starred = starred; });
}

void RunsModel::moveToTrash(const QStringList &folders)
{
    QStringList names;
    for (const QString &folder : folders)
        names += rowOf(folder) >= 0 ? run(rowOf(folder)).name : QFileInfo(folder).fileName();
    ++m_writing;
    m_lane.run([folders, names] { moveRunsToTrash(folders, names); },
               [this](const QString &error) {
                   --m_writing;
                   if (!error.isEmpty())
                       emit message(error);
                   refresh();
               });
}

int RunsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int RunsModel::columnCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant RunsModel::data(const QModelIndex &index, int role) const
{
    const RunRow &row = run(index.row());
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
    case Qt::EditRole:
        return textOf(row, column);
    case SortRole:
        return orderOf(row, column);
    case Qt::ToolTipRole:
        return asTip(tipOf(row, column));
    case Qt::AccessibleTextRole:
        if (column == Star)
            return row.starred ? tr("Starred") : tr("Not starred");
        return textOf(row, column);
    case Qt::TextAlignmentRole:
        return alignmentOf(column);
    case Qt::FontRole:
        return isNumber(column) || column == Began ? QFontDatabase::systemFont(QFontDatabase::FixedFont) : QVariant();
    case Qt::ForegroundRole:
        if (row.damaged() || (column == Star && !row.starred))
            return QGuiApplication::palette().brush(QPalette::PlaceholderText);
        return {};
    default:
        return {};
    }
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    const std::array<std::pair<QString, QString>, ColumnCount> texts = {{
        {QStringLiteral("★"), tr("The runs that you starred.")},
        {tr("Name"), tr("A run is renamed with F2.")},
        {tr("Data"), tr("What the network learns from.")},
        {tr("Size"), tr("Parameters: the numbers that are learnt.")},
        {tr("Step"), tr("Updates made so far.")},
        {tr("Loss"), tr("Of the last step's batch, in nats a token.")},
        {tr("Held-out loss"), tr("The last that was measured on sequences that training never sees, in nats a token.")},
        {tr("Began"), tr("When the run was begun.")},
        {tr("State"), tr("Whether it is being trained now, by whatever program.")},
    }};
    const auto &[title, tip] = texts[static_cast<std::size_t>(section)];
    if (role == Qt::DisplayRole)
        return title;
    if (role == Qt::ToolTipRole)
        return tip;
    if (role == Qt::AccessibleTextRole)
        return section == Star ? tr("Star") : title;
    return {};
}

Qt::ItemFlags RunsModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractTableModel::flags(index);
    if (index.isValid() && index.column() == Name && !run(index.row()).damaged())
        flags |= Qt::ItemIsEditable;
    return flags;
}

bool RunsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !(flags(index) & Qt::ItemIsEditable))
        return false;
    const RunRow &row = run(index.row());
    const QString name = value.toString().trimmed();
    if (name == row.name)
        return true;
    if (name.isEmpty()) {
        emit message(tr("A run needs a name; “%1” keeps its own.").arg(row.name));
        return false;
    }
    rename(row.folder, name);
    return true;
}

} // namespace samout
