// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/interventions_list.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"
#include "core/files/interventions_file.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/work/translated.h"

#include <QFileInfo>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace samout {

namespace {

/// Why a change cannot be made to a network and a text of `length` tokens (negative: unknown); empty if it can.
QString problemOf(const Intervention &change, const ModelConfig &config, std::int64_t length)
{
    const auto problem = [&](const auto &made) {
        if (made.layer >= config.numLayers)
            return InterventionsList::tr("the network has only %1 layers").arg(config.numLayers);
        if constexpr (requires { made.head; })
            if (made.head >= config.numHeads)
                return InterventionsList::tr("its layers have only %1 heads").arg(config.numHeads);
        if constexpr (requires { made.values; }) {
            if (made.channel + static_cast<std::int64_t>(made.values.size()) > config.hiddenSize)
                return InterventionsList::tr("its layers have only %1 channels").arg(config.hiddenSize);
            if (length >= 0 && made.position + made.positions > length)
                return InterventionsList::tr("the text has only %1 tokens").arg(length);
        }
        return QString();
    };
    if (const QString sentence = std::visit(problem, change); !sentence.isEmpty())
        return sentence;
    try {
        Interventions alone;
        alone.add(change);
        alone.check(config, length);
    } catch (const Error &error) {
        return translated(error);
    }
    return {};
}

/// Whether `change` sets all cells that `other` sets.
bool covers(const SetStates &change, const Intervention &other)
{
    const auto *its = std::get_if<SetStates>(&other);
    return its && change.layer == its->layer && change.position <= its->position &&
           change.position + change.positions >= its->position + its->positions && change.channel <= its->channel &&
           change.channel + change.values.size() >= its->channel + its->values.size();
}

/// The alpha that a change sets in a layer, if it sets one.
std::optional<float> alphaOf(const Intervention &change, int layer)
{
    const auto *alpha = std::get_if<SetAlpha>(&change);
    return alpha && alpha->layer == layer ? std::optional(alpha->value) : std::nullopt;
}

} // namespace

/// One undo step: the whole list before and after. The list is short, and a copy misses nothing.
class InterventionsList::Step : public QUndoCommand {
public:
    Step(InterventionsList &list, QList<Entry> after, const QString &text, int drag)
        : QUndoCommand(text), m_list(list), m_before(list.m_entries), m_after(std::move(after)), m_drag(drag)
    {
    }
    void undo() override { m_list.take(m_before); }
    void redo() override { m_list.take(m_after); }
    int id() const override { return m_drag; }
    bool mergeWith(const QUndoCommand *later) override
    {
        m_after = static_cast<const Step *>(later)->m_after;
        return true;
    }

private:
    InterventionsList &m_list;
    QList<Entry> m_before, m_after;
    int m_drag;
};

InterventionsList::InterventionsList(Workspace *workspace, QObject *parent)
    : QAbstractListModel(parent), m_workspace(workspace), m_undo(std::make_unique<QUndoStack>())
{
    connect(workspace, &Workspace::snapshotChanged, this, &InterventionsList::fit);
    connect(workspace, &Workspace::textChanged, this, &InterventionsList::fit);
}

InterventionsList::~InterventionsList() = default;

bool InterventionsList::holds(const Intervention &change) const
{
    return std::ranges::any_of(m_entries, [&](const Entry &entry) { return entry.on && entry.change == change; });
}

bool InterventionsList::isHeadSilenced(int layer, int head) const
{
    return holds(SilenceHead{.layer = layer, .head = head});
}

bool InterventionsList::isMixerSilenced(int layer) const { return holds(SilenceMixer{.layer = layer}); }

bool InterventionsList::isFeedForwardSilenced(int layer) const { return holds(SilenceFeedForward{.layer = layer}); }

std::optional<float> InterventionsList::alpha(int layer) const
{
    std::optional<float> value;
    for (const Entry &entry : m_entries)
        if (const auto alpha = alphaOf(entry.change, layer); entry.on && alpha)
            value = alpha;
    return value;
}

void InterventionsList::set(const Intervention &change, bool wanted, const QString &text)
{
    if (wanted == holds(change))
        return;
    QList<Entry> entries = m_entries;
    entries.removeIf([&](const Entry &entry) { return entry.change == change; });
    if (wanted)
        entries.append({.change = change, .on = true, .problem = {}});
    become(std::move(entries), text);
}

void InterventionsList::silenceHead(int layer, int head, bool silenced)
{
    set(SilenceHead{.layer = layer, .head = head}, silenced, silenced ? tr("silence a head") : tr("let a head speak"));
}

void InterventionsList::silenceMixer(int layer, bool silenced)
{
    set(SilenceMixer{.layer = layer}, silenced, silenced ? tr("silence a mixer") : tr("let a mixer speak"));
}

void InterventionsList::silenceFeedForward(int layer, bool silenced)
{
    set(SilenceFeedForward{.layer = layer}, silenced,
        silenced ? tr("silence a feed-forward") : tr("let a feed-forward speak"));
}

void InterventionsList::beginDrag()
{
    m_dragging = true;
    ++m_drag;
}

void InterventionsList::setAlpha(int layer, std::optional<float> alpha)
{
    if (alpha == this->alpha(layer))
        return;
    QList<Entry> entries = m_entries;
    const auto ofLayer = [&](const Entry &entry) { return alphaOf(entry.change, layer).has_value(); };
    const auto found = std::ranges::find_if(entries, ofLayer);
    if (alpha) {
        const Entry entry{.change = SetAlpha{.layer = layer, .value = *alpha}, .on = true, .problem = {}};
        if (found != entries.end())
            *found = entry;
        else
            entries.append(entry);
    } else {
        entries.removeIf(ofLayer);
    }
    become(std::move(entries), alpha ? tr("set an alpha") : tr("leave an alpha as trained"));
}

void InterventionsList::setStates(const std::vector<Interventions::States> &edits)
{
    QList<Entry> entries = m_entries;
    for (const auto &[layer, position, channel, values] : edits)
        putStates(entries, {.layer = layer, .position = position, .channel = channel, .values = values});
    become(std::move(entries), tr("set states"));
}

void InterventionsList::holdStates(const Interventions::States &edit, std::int64_t last)
{
    QList<Entry> entries = m_entries;
    putStates(entries, {.layer = edit.layer,
                        .position = edit.position,
                        .positions = last - edit.position + 1,
                        .channel = edit.channel,
                        .values = edit.values});
    become(std::move(entries), tr("set states"));
}

void InterventionsList::putStates(QList<Entry> &entries, const SetStates &change)
{
    entries.removeIf([&](const Entry &entry) { return covers(change, entry.change); });
    entries.append({.change = change, .on = true, .problem = {}});
}

void InterventionsList::setOn(int row, bool on)
{
    if (row < 0 || row >= m_entries.size() || m_entries[row].on == on)
        return;
    QList<Entry> entries = m_entries;
    entries[row].on = on;
    become(std::move(entries), on ? tr("switch on") : tr("switch off"));
}

void InterventionsList::remove(int row)
{
    if (row < 0 || row >= m_entries.size())
        return;
    QList<Entry> entries = m_entries;
    entries.removeAt(row);
    become(std::move(entries), tr("remove"));
}

void InterventionsList::clear()
{
    if (!m_entries.isEmpty())
        become({}, tr("clear"));
}

void InterventionsList::save(const QString &path) const
{
    InterventionsFile file;
    file.snapshot = m_workspace->snapshotName().toStdString();
    if (m_workspace->snapshot())
        file.step = m_workspace->snapshot()->step();
    for (const Entry &entry : m_entries)
        file.entries.push_back({.intervention = entry.change, .on = entry.on});
    writeInterventions(path.toStdString(), file);
}

void InterventionsList::open(const QString &path)
{
    const InterventionsFile file = readInterventions(path.toStdString());
    QList<Entry> entries;
    for (const auto &[intervention, on] : file.entries)
        entries.append({.change = intervention, .on = on, .problem = {}});
    const QString step = QString::number(file.step);
    m_openedFrom = file.snapshot.empty() ? tr("step %1").arg(step)
                                         : tr("%1, step %2").arg(QString::fromStdString(file.snapshot), step);
    become(std::move(entries), tr("open %1").arg(QFileInfo(path).fileName()));
}

void InterventionsList::become(QList<Entry> entries, const QString &text)
{
    m_undo->push(new Step(*this, std::move(entries), text, m_dragging ? m_drag : -1));
}

void InterventionsList::take(QList<Entry> entries)
{
    // If the number of rows is the same, the selection stays; fit() emits that all rows may have changed.
    const bool asMany = entries.size() == m_entries.size();
    if (!asMany)
        beginResetModel();
    m_entries = std::move(entries);
    if (!asMany)
        endResetModel();
    fit();
}

void InterventionsList::fit()
{
    const auto &snapshot = m_workspace->snapshot();
    Interventions all;
    std::int64_t length = -1;
    if (snapshot && !m_entries.isEmpty()) {
        try {
            length = static_cast<std::int64_t>(snapshot->vocabulary().encode(m_workspace->text().toStdString()).size());
        } catch (const Error &) {
            // The text bar reports a text that cannot be read; positions are then not checked.
        }
    }
    for (Entry &entry : m_entries) {
        entry.problem = snapshot ? problemOf(entry.change, snapshot->config(), length) : QString();
        if (entry.works())
            all.add(entry.change);
    }
    if (!m_entries.isEmpty())
        emit dataChanged(index(0), index(static_cast<int>(m_entries.size()) - 1));
    m_workspace->setInterventions(std::move(all));
    emit changed();
}

int InterventionsList::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant InterventionsList::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_entries.size())
        return {};
    const Entry &entry = m_entries[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return entry.problem.isEmpty() ? sentence(entry.change)
                                       : tr("%1 (off: %2)").arg(sentence(entry.change), entry.problem);
    case Qt::ToolTipRole:
        return entry.problem.isEmpty() ? tr("Untick it to see the network without it; Delete takes it away.")
                                       : tr("Switched off, since %1; it comes back where it fits.").arg(entry.problem);
    case Qt::CheckStateRole:
        return entry.works() ? Qt::Checked : Qt::Unchecked;
    default:
        return {};
    }
}

bool InterventionsList::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (!index.isValid() || role != Qt::CheckStateRole)
        return false;
    setOn(index.row(), value.toInt() == Qt::Checked);
    return true;
}

Qt::ItemFlags InterventionsList::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
    if (index.isValid() && m_entries[index.row()].problem.isEmpty())
        flags |= Qt::ItemIsEnabled | Qt::ItemIsUserCheckable;
    return flags;
}

QString InterventionsList::sentence(const Intervention &change)
{
    return std::visit(
        Overloaded{
            [](const SilenceHead &made) { return tr("Layer %1, head %2: silenced").arg(made.layer).arg(made.head); },
            [](const SilenceMixer &made) { return tr("Layer %1: mixer silenced").arg(made.layer); },
            [](const SilenceFeedForward &made) { return tr("Layer %1: feed-forward silenced").arg(made.layer); },
            [](const SetAlpha &made) {
                return tr("Layer %1: alpha %2").arg(QString::number(made.layer), shortNumber(made.value));
            },
            [](const SetStates &made) { return statesSentence(made); },
        },
        change);
}

QString InterventionsList::statesSentence(const SetStates &change)
{
    const std::size_t count = change.values.size();
    const QString value = count > 0 ? shortNumber(change.values.front()) : QString();
    if (change.positions > 1)
        return tr("Layer %1, channel %2 at tokens %3 to %4: state %5")
            .arg(change.layer)
            .arg(change.channel)
            .arg(change.position)
            .arg(change.position + change.positions - 1)
            .arg(value);
    if (count == 1)
        return tr("Layer %1, channel %2 at token %3: state %4")
            .arg(QString::number(change.layer), QString::number(change.channel), QString::number(change.position),
                 value);
    const bool same = std::ranges::adjacent_find(change.values, std::not_equal_to()) == change.values.end();
    const QString channels = tr("Layer %1, channels %2 to %3 at token %4")
                                 .arg(change.layer)
                                 .arg(change.channel)
                                 .arg(change.channel + static_cast<int>(count) - 1)
                                 .arg(change.position);
    return same && count > 0 ? tr("%1: states %2").arg(channels, value) : tr("%1: states put in").arg(channels);
}

} // namespace samout
