// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "ui/work/examiner.h"

#include <QObject>
#include <QString>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace samout {

class Live;
class Workspace;

/// Takes snapshots from the training and has them examined, within a few per cent of the time, and not at all while no
/// panel is visible. A person's change is examined at once.
class SnapshotFeed : public QObject {
    Q_OBJECT

public:
    /// Adds what the visible panels ask to the question.
    using Wishes = std::function<void(Question &)>;
    using Receiver = std::function<void(std::shared_ptr<const Snapshot>)>;

    SnapshotFeed(Live *live, Workspace *workspace, Wishes wishes, QObject *parent = nullptr);

    /// Passes the newest weights, after the running step, to `receiver`; nullptr if there are none.
    void newest(Receiver receiver);
    /// Shows these weights instead of the training's, until backToLive() or the next training.
    void pin(std::shared_ptr<const Snapshot> snapshot);
    bool pinned() const { return m_pinned; }
    void backToLive();
    /// True while newer weights were requested, or an examination is computed.
    bool busy() const;
    /// Examines the same weights again, because the text, the layer or the set of visible panels changed.
    void look(Pace pace = Pace::Prompt);
    /// The user confirmed this long text; valid until it changes.
    void allowLength();
    /// Stops reading the long text; lengthAsked() is emitted again.
    void stopReading();

    /// A text of more than `longText` tokens is examined only after allowLength(), and its examination keeps at most
    /// `mostRows` rows.
    static constexpr qsizetype longText = 10'000;
    static constexpr int mostRows = 1024;

signals:
    void examined(std::shared_ptr<const samout::Examination> answer);
    /// Why there is no new examination, a sentence; empty if there is one.
    void problem(const QString &sentence);
    /// The share of a long text that is read, 0 to 1.
    void progressed(double share);
    /// The text has `tokens` tokens and is not examined before allowLength().
    void lengthAsked(qsizetype tokens);
    void pinnedChanged();

private:
    void request();
    void requestIfDue();
    void takeSnapshot(const std::shared_ptr<const Snapshot> &snapshot, double milliseconds);
    void takeAnswer(const std::shared_ptr<const Examination> &answer, double milliseconds);
    void takeStatus();
    void answerReceivers(const std::shared_ptr<const Snapshot> &snapshot);
    Question question() const;
    bool ask(Pace pace);
    void cancel();

    Live *m_live;
    Workspace *m_workspace;
    Wishes m_wishes;
    /// `m_prompt` answers a person, `m_patient` draws a running training. At most one of them is busy.
    Examiner m_prompt{Pace::Prompt};
    Examiner m_patient{Pace::Patient};
    std::vector<Receiver> m_receivers;
    /// Steps of the newest metrics and of the last snapshot taken from the training.
    qint64 m_step = 0;
    qint64 m_snapshotStep = -1;
    bool m_requested = false;
    bool m_pinned = false;
    /// The current question was not asked, and a sentence says why; an answer to an older question does not clear it.
    bool m_inTrouble = false;
    /// The long text that was confirmed, and the one whose reading was stopped.
    QString m_allowed, m_stopped;
    /// Milliseconds of processor time: `m_before` is the GUI thread's before the answer was drawn, the others are the
    /// costs of copying the weights and of examining them.
    double m_before = 0;
    double m_copyCost = 0, m_examinationCost = 0;
    /// Runs while the answer is drawn, then until the next request is due.
    QTimer m_rest;
    bool m_drawing = false;
};

} // namespace samout
