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

/// Pulls snapshots out of the training and has them examined, no more often than a few per cent of the time
/// allow, and not at all while nobody looks. What a person changes is examined at once.
class SnapshotFeed : public QObject {
    Q_OBJECT

public:
    /// Adds what the visible panels want to know.
    using Wishes = std::function<void(Question &)>;
    using Receiver = std::function<void(std::shared_ptr<const Snapshot>)>;

    SnapshotFeed(Live *live, Workspace *workspace, Wishes wishes, QObject *parent = nullptr);

    /// Gives the newest weights there are, after the step that runs; nullptr where there are none.
    void newest(Receiver receiver);
    /// Looks at these weights rather than at the training's, until backToLive() or the next training.
    void pin(std::shared_ptr<const Snapshot> snapshot);
    bool pinned() const { return m_pinned; }
    void backToLive();
    /// Asks again about the same weights: the text, the layer or what is visible changed.
    void look(Pace pace = Pace::Prompt);
    /// The long text that was asked about may be computed, as long as it stays the same.
    void allowLength();
    /// Nor is it read any more; it is asked about again.
    void stopReading();

    /// Longer texts are asked about first, and kept thinned to so many rows.
    static constexpr qsizetype longText = 10'000;
    static constexpr int mostRows = 1024;

signals:
    void examined(std::shared_ptr<const samout::Examination> answer);
    /// Why there is no new picture, a sentence; empty: there is one.
    void problem(const QString &sentence);
    /// Of a long text: the share that is read, 0 to 1.
    void progressed(double share);
    /// The text has so many tokens: it is not computed before allowLength().
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
    /// For what a person asks, and for pictures of a training that nobody waits for. One of them is busy at a time.
    Examiner m_prompt{Pace::Prompt};
    Examiner m_patient{Pace::Patient};
    std::vector<Receiver> m_receivers;
    /// Of the last step and of the last snapshot that came out of the training.
    qint64 m_step = 0;
    qint64 m_snapshotStep = -1;
    bool m_requested = false;
    bool m_pinned = false;
    /// What is wished now was not asked, and a sentence says why; an answer to an older question does not clear it.
    bool m_inTrouble = false;
    /// The long text that may be computed, and the one whose reading a person stopped.
    QString m_allowed, m_stopped;
    /// Milliseconds of processor time: the GUI thread's before the answer was drawn; what the weights and the answer
    /// took.
    double m_before = 0;
    double m_copyCost = 0, m_examinationCost = 0;
    /// First while the answer is drawn, then until the next request is due.
    QTimer m_rest;
    bool m_drawing = false;
};

} // namespace samout
