#include "ui/models/interventions_list.h"

#include "core/base/error.h"
#include "ui/models/interventions_file.h"
#include "ui/models/translated.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"

#include <QFileInfo>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace samout {

namespace {

/// Why a change cannot be done to such a network and a text of `length` tokens (negative: not known); empty: it can.
QString problemOf(const Interventions &change, const ModelConfig &config, std::int64_t length)
{
    std::int64_t layer = 0, head = 0, channels = 0, position = 0;
    const auto reach = [](std::int64_t &most, std::int64_t value) { most = std::max(most, value); };
    for (const auto &one : change.silencedHeads) {
        reach(layer, one.layer);
        reach(head, one.head);
    }
    for (const auto *layers : {&change.silencedMixers, &change.silencedFeedForwards})
        for (const int one : *layers)
            reach(layer, one);
    for (const auto &one : change.alphas)
        reach(layer, one.layer);
    for (const auto &one : change.states) {
        reach(layer, one.layer);
        reach(channels, one.channel + static_cast<std::int64_t>(one.values.size()));
        reach(position, one.position);
    }
    if (layer >= config.numLayers)
        return InterventionsList::tr("the network has only %1 layers").arg(config.numLayers);
    if (head >= config.numHeads)
        return InterventionsList::tr("its layers have only %1 heads").arg(config.numHeads);
    if (channels > config.hiddenSize)
        return InterventionsList::tr("its layers have only %1 channels").arg(config.hiddenSize);
    if (!change.states.empty() && length >= 0 && position >= length)
        return InterventionsList::tr("the text has only %1 tokens").arg(length);
    try {
        change.check(config, length);
    } catch (const Error &error) {
        return translated(error);
    }
    return {};
}

/// Whether one change of states sets all cells that another one does; both of one rectangle, position by position.
bool covers(const Interventions &change, const Interventions &other)
{
    if (change.states.empty() || other.states.empty())
        return false;
    const Interventions::States &own = change.states.front(), &its = other.states.front();
    return own.layer == its.layer && own.position <= its.position &&
           change.states.back().position >= other.states.back().position && own.channel <= its.channel &&
           own.channel + own.values.size() >= its.channel + its.values.size();
}

} // namespace

/// The whole list before and after: it is short, and nothing can be forgotten.
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

bool InterventionsList::holds(const Interventions &change) const
{
    return std::ranges::any_of(m_entries, [&](const Entry &entry) { return entry.on && entry.change == change; });
}

bool InterventionsList::isHeadSilenced(int layer, int head) const
{
    return holds({.silencedHeads = {{.layer = layer, .head = head}}});
}

bool InterventionsList::isMixerSilenced(int layer) const { return holds({.silencedMixers = {layer}}); }

bool InterventionsList::isFeedForwardSilenced(int layer) const { return holds({.silencedFeedForwards = {layer}}); }

std::optional<float> InterventionsList::alpha(int layer) const
{
    std::optional<float> value;
    for (const Entry &entry : m_entries)
        for (const Interventions::Alpha &alpha : entry.change.alphas)
            if (entry.on && alpha.layer == layer)
                value = alpha.value;
    return value;
}

void InterventionsList::set(const Interventions &change, bool wanted, const QString &text)
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
    set({.silencedHeads = {{.layer = layer, .head = head}}}, silenced,
        silenced ? tr("silence a head") : tr("let a head speak"));
}

void InterventionsList::silenceMixer(int layer, bool silenced)
{
    set({.silencedMixers = {layer}}, silenced, silenced ? tr("silence a mixer") : tr("let a mixer speak"));
}

void InterventionsList::silenceFeedForward(int layer, bool silenced)
{
    set({.silencedFeedForwards = {layer}}, silenced,
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
    const auto ofLayer = [&](const Entry &entry) {
        return !entry.change.alphas.empty() && entry.change.alphas.front().layer == layer;
    };
    const auto found = std::ranges::find_if(entries, ofLayer);
    if (alpha && found != entries.end())
        *found = {.change = {.alphas = {{.layer = layer, .value = *alpha}}}, .on = true, .problem = {}};
    else if (alpha)
        entries.append({.change = {.alphas = {{.layer = layer, .value = *alpha}}}, .on = true, .problem = {}});
    else
        entries.removeIf(ofLayer);
    become(std::move(entries), alpha ? tr("set an alpha") : tr("leave an alpha as trained"));
}

void InterventionsList::setStates(const std::vector<Interventions::States> &edits)
{
    QList<Entry> entries = m_entries;
    for (const Interventions::States &edit : edits)
        putStates(entries, {.states = {edit}});
    become(std::move(entries), tr("set states"));
}

void InterventionsList::holdStates(const Interventions::States &edit, std::int64_t last)
{
    Interventions change;
    for (Interventions::States here = edit; here.position <= last; ++here.position)
        change.states.push_back(here);
    QList<Entry> entries = m_entries;
    putStates(entries, change);
    become(std::move(entries), tr("set states"));
}

void InterventionsList::putStates(QList<Entry> &entries, const Interventions &change)
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
    file.snapshot = m_workspace->snapshotName();
    if (m_workspace->snapshot())
        file.step = m_workspace->snapshot()->step();
    for (const Entry &entry : m_entries)
        file.changes.append({entry.change, entry.on});
    writeInterventions(path, file);
}

void InterventionsList::open(const QString &path)
{
    const InterventionsFile file = readInterventions(path);
    QList<Entry> entries;
    for (const auto &[change, on] : file.changes)
        entries.append({.change = change, .on = on, .problem = {}});
    m_openedFrom = file.snapshot.isEmpty() ? tr("step %1").arg(file.step)
                                           : tr("%1, step %2").arg(file.snapshot, QString::number(file.step));
    become(std::move(entries), tr("open %1").arg(QFileInfo(path).fileName()));
}

void InterventionsList::become(QList<Entry> entries, const QString &text)
{
    m_undo->push(new Step(*this, std::move(entries), text, m_dragging ? m_drag : -1));
}

void InterventionsList::take(QList<Entry> entries)
{
    // With as many rows the chosen one stays; fit() tells that all may have changed.
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
    const auto append = [](auto &to, const auto &from) { to.insert(to.end(), from.begin(), from.end()); };
    std::int64_t length = -1;
    if (snapshot && !m_entries.isEmpty()) {
        try {
            length = static_cast<std::int64_t>(snapshot->vocabulary().encode(m_workspace->text().toStdString()).size());
        } catch (const Error &) {
            // A text that cannot be read is said elsewhere; positions are not looked at.
        }
    }
    for (Entry &entry : m_entries) {
        entry.problem = snapshot ? problemOf(entry.change, snapshot->config(), length) : QString();
        if (!entry.works())
            continue;
        append(all.silencedHeads, entry.change.silencedHeads);
        append(all.silencedMixers, entry.change.silencedMixers);
        append(all.silencedFeedForwards, entry.change.silencedFeedForwards);
        append(all.alphas, entry.change.alphas);
        append(all.states, entry.change.states);
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

QString InterventionsList::sentence(const Interventions &change)
{
    if (!change.silencedHeads.empty())
        return tr("Layer %1, head %2: silenced")
            .arg(change.silencedHeads.front().layer)
            .arg(change.silencedHeads.front().head);
    if (!change.silencedMixers.empty())
        return tr("Layer %1: mixer silenced").arg(change.silencedMixers.front());
    if (!change.silencedFeedForwards.empty())
        return tr("Layer %1: feed-forward silenced").arg(change.silencedFeedForwards.front());
    if (!change.alphas.empty())
        return tr("Layer %1: alpha %2")
            .arg(QString::number(change.alphas.front().layer), shortNumber(change.alphas.front().value));
    if (change.states.empty())
        return {};
    const Interventions::States &edit = change.states.front();
    if (change.states.size() > 1)
        return tr("Layer %1, channel %2 at tokens %3 to %4: state %5")
            .arg(edit.layer)
            .arg(edit.channel)
            .arg(edit.position)
            .arg(change.states.back().position)
            .arg(shortNumber(edit.values.front()));
    if (edit.values.size() == 1)
        return tr("Layer %1, channel %2 at token %3: state %4")
            .arg(QString::number(edit.layer), QString::number(edit.channel), QString::number(edit.position),
                 shortNumber(edit.values.front()));
    const bool same = std::ranges::adjacent_find(edit.values, std::not_equal_to()) == edit.values.end();
    const QString channels = tr("Layer %1, channels %2 to %3 at token %4")
                                 .arg(edit.layer)
                                 .arg(edit.channel)
                                 .arg(edit.channel + static_cast<int>(edit.values.size()) - 1)
                                 .arg(edit.position);
    return same && !edit.values.empty() ? tr("%1: states %2").arg(channels, shortNumber(edit.values.front()))
                                        : tr("%1: states put in").arg(channels);
}

} // namespace samout
