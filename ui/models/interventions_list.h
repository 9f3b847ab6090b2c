// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"

#include <QAbstractListModel>
#include <QList>
#include <QString>

#include <functional>
#include <memory>
#include <optional>

class QUndoStack;

namespace samout {

class Workspace;

/// The interventions that a person made, in order. Each can be switched off and on, removed, undone and redone.
/// Workspace::interventions() holds the entries that are on and fit the network and the text. An entry that does not
/// fit says why, and works again when it fits.
class InterventionsList : public QAbstractListModel {
    Q_OBJECT

public:
    struct Entry {
        Intervention change;
        bool on = true;
        /// Why the change cannot be made to the shown network or text, a sentence; empty if it can.
        QString problem;

        bool works() const { return on && problem.isEmpty(); }
    };

    explicit InterventionsList(Workspace *workspace, QObject *parent = nullptr);
    ~InterventionsList() override;

    const QList<Entry> &entries() const { return m_entries; }
    /// Every change of the list is one step of this stack.
    QUndoStack *undoStack() { return m_undo.get(); }

    /// True if the part is in the list and switched on.
    bool isHeadSilenced(int layer, int head) const;
    bool isMixerSilenced(int layer) const;
    bool isFeedForwardSilenced(int layer) const;
    /// The value that the list sets a layer's alpha to; empty if none.
    std::optional<float> alpha(int layer) const;

    void silenceHead(int layer, int head, bool silenced);
    void silenceMixer(int layer, bool silenced);
    void silenceFeedForward(int layer, bool silenced);
    /// Without a value: the trained alpha. One drag of a slider, between beginDrag() and endDrag(), is one undo step.
    void setAlpha(int layer, std::optional<float> alpha);
    void beginDrag();
    void endDrag() { m_dragging = false; }
    /// Replaces entries whose cells these edits cover.
    void setStates(const std::vector<Interventions::States> &edits);
    /// Sets the same values at every position from the edit's to `last`, as one entry.
    void holdStates(const Interventions::States &edit, std::int64_t last);

    void setOn(int row, bool on);
    void remove(int row);
    void clear();

    /// Saves and opens the list as JSON, with the name and the step of the shown network. Both throw Error if the file
    /// cannot be written or read, or is not such a list; the list is then unchanged.
    void save(const QString &path) const;
    void open(const QString &path);
    /// The network and step that the last opened file names, to be shown; empty if no file was opened.
    const QString &openedFrom() const { return m_openedFrom; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// The sentence that describes a change.
    static QString sentence(const Intervention &change);

signals:
    /// The list changed, or which of its entries work.
    void changed();

private:
    class Step;

    static QString statesSentence(const SetStates &change);

    bool holds(const Intervention &change) const;
    void set(const Intervention &change, bool wanted, const QString &text);
    static void putStates(QList<Entry> &entries, const SetStates &change);
    /// Replaces the list, as a new step of the undo stack.
    void become(QList<Entry> entries, const QString &text);
    void take(QList<Entry> entries);
    /// Finds out which entries fit now, and tells the workspace.
    void fit();

    Workspace *m_workspace;
    std::unique_ptr<QUndoStack> m_undo;
    QList<Entry> m_entries;
    QString m_openedFrom;
    bool m_dragging = false;
    int m_drag = 0;
};

} // namespace samout
