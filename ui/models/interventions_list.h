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

/// What a person changed about the network that is looked at, in the order they did: each can be switched off and on,
/// taken away, undone and redone. What is on and fits the network and the text is what Workspace::interventions() is.
/// What does not fit says why, and comes back by itself where it fits again.
class InterventionsList : public QAbstractListModel {
    Q_OBJECT

public:
    struct Entry {
        Intervention change;
        bool on = true;
        /// Why it cannot be done to the network or the text that is looked at, a sentence; empty: it can.
        QString problem;

        bool works() const { return on && problem.isEmpty(); }
    };

    explicit InterventionsList(Workspace *workspace, QObject *parent = nullptr);
    ~InterventionsList() override;

    const QList<Entry> &entries() const { return m_entries; }
    /// Every change of the list is one step of it.
    QUndoStack *undoStack() { return m_undo.get(); }

    /// True where the part is in the list and switched on.
    bool isHeadSilenced(int layer, int head) const;
    bool isMixerSilenced(int layer) const;
    bool isFeedForwardSilenced(int layer) const;
    /// What a layer's alpha is set to, if it is.
    std::optional<float> alpha(int layer) const;

    void silenceHead(int layer, int head, bool silenced);
    void silenceMixer(int layer, bool silenced);
    void silenceFeedForward(int layer, bool silenced);
    /// Nothing: as it was trained. One drag of a slider, between beginDrag() and endDrag(), is undone at once.
    void setAlpha(int layer, std::optional<float> alpha);
    void beginDrag();
    void endDrag() { m_dragging = false; }
    /// In place of others at the same cells.
    void setStates(const std::vector<Interventions::States> &edits);
    /// The same at every position from the edit's to `last`, as one entry; of one channel where there are several.
    void holdStates(const Interventions::States &edit, std::int64_t last);

    void setOn(int row, bool on);
    void remove(int row);
    void clear();

    /// As JSON, with the name and the step of the network that is looked at. Throw Error where a file cannot be
    /// written, or read, or is not such a list; the list stays then.
    void save(const QString &path) const;
    void open(const QString &path);
    /// Of what network and step the file that was opened last is, for reading; empty where none was.
    const QString &openedFrom() const { return m_openedFrom; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

    /// What a person reads of a change.
    static QString sentence(const Intervention &change);

signals:
    /// Of the list, or of what of it works.
    void changed();

private:
    class Step;

    static QString statesSentence(const SetStates &change);

    bool holds(const Intervention &change) const;
    void set(const Intervention &change, bool wanted, const QString &text);
    static void putStates(QList<Entry> &entries, const SetStates &change);
    /// The list as a new step of the undo stack.
    void become(QList<Entry> entries, const QString &text);
    void take(QList<Entry> entries);
    /// Looks which entries fit now, and tells the workspace.
    void fit();

    Workspace *m_workspace;
    std::unique_ptr<QUndoStack> m_undo;
    QList<Entry> m_entries;
    QString m_openedFrom;
    bool m_dragging = false;
    int m_drag = 0;
};

} // namespace samout
