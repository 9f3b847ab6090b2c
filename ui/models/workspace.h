// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"
#include "core/model/snapshot.h"
#include "core/runs/session.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>

namespace samout {

/// Which of the two networks that interventions make of one is shown.
enum class Side {
    AsChanged,
    AsTrained,
    Difference, ///< as changed, minus as trained
};

/// What the person has chosen: the one place that panels read it from and write it to. A panel that shows or
/// moves a choice knows the workspace and no other panel.
class Workspace : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The training that runs or ran last; nullptr before the first.
    const TrainingFacts *training() const { return m_training ? &*m_training : nullptr; }
    void setTraining(TrainingFacts facts);

    /// The weights that all panels look at; nullptr before the first.
    const std::shared_ptr<const Snapshot> &snapshot() const { return m_snapshot; }
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot);
    /// What a person knows them by: the run they are of, or the file that they were opened from.
    const QString &snapshotName() const { return m_snapshotName; }
    /// Of weights of no run; to be called before they are looked at.
    void nameSnapshot(const std::shared_ptr<const Snapshot> &snapshot, const QString &name);

    /// The text to look at.
    const QString &text() const { return m_text; }
    void setText(const QString &text);

    /// What is changed about the network that panels look at; all of it that is switched on.
    const Interventions &interventions() const { return m_interventions; }
    void setInterventions(Interventions interventions);
    /// What panels show where there are interventions.
    Side side() const { return m_side; }
    void setSide(Side side);

    /// The layer that layer-wise panels show, from 0 on.
    int layer() const { return m_layer; }
    void setLayer(int layer);

    /// The one cursor over the text to look at: a token that panels show, and in those that have it a channel; -1 is
    /// none.
    int cursorToken() const { return m_cursorToken; }
    int cursorChannel() const { return m_cursorChannel; }
    void setCursor(int token, int channel);
    /// Panels show so many tokens, one of `every` of the text (Examination::every). The cursor stays where it is in the
    /// text.
    int shownEvery() const { return m_shownEvery; }
    void setShownTokens(int tokens, int every);
    /// Where the cursor is in the text itself; -1 is nowhere.
    int cursorPosition() const { return m_cursorToken < 0 ? -1 : m_cursorToken * m_shownEvery; }

    /// The training step under the pointer; 0 is none.
    qint64 cursorStep() const { return m_cursorStep; }
    void setCursorStep(qint64 step);

signals:
    void trainingChanged();
    void snapshotChanged();
    void textChanged();
    /// Also of the side that is shown.
    void interventionsChanged();
    void layerChanged();
    void cursorChanged();
    void cursorStepChanged();
    /// A line for the read-out at the bottom of the window; empty clears it.
    void readout(const QString &text);

private:
    QString nameOfTraining() const;

    std::optional<TrainingFacts> m_training;
    std::shared_ptr<const Snapshot> m_snapshot;
    QString m_snapshotName;
    std::weak_ptr<const Snapshot> m_named;
    QString m_nameOfNamed;
    QString m_text;
    Interventions m_interventions;
    Side m_side = Side::AsChanged;
    int m_layer = 0;
    int m_cursorToken = -1;
    int m_shownEvery = 1;
    int m_cursorChannel = -1;
    qint64 m_cursorStep = 0;
};

} // namespace samout
