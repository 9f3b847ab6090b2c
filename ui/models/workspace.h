// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/subject.h"
#include "core/model/interventions.h"
#include "core/model/snapshot.h"
#include "core/runs/session.h"

#include <QObject>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace samout {

/// The loss curve of another run, drawn beside that of the shown run.
struct ComparedRun {
    QString name;
    std::vector<StepMetrics> steps;
};

/// The person's choices: the one place from which panels read them and to which panels write them. A panel that shows
/// or changes a choice knows the workspace and no other panel.
class Workspace : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The training that runs, or ran last; nullptr before the first one.
    const TrainingFacts *training() const { return m_training ? &*m_training : nullptr; }
    void setTraining(TrainingFacts facts);

    /// The weights that all panels show; nullptr before the first ones.
    const std::shared_ptr<const Snapshot> &snapshot() const { return m_snapshot; }
    void setSnapshot(std::shared_ptr<const Snapshot> snapshot);
    /// The name of the weights: of the run that contains them, or of the file from which they were opened.
    const QString &snapshotName() const { return m_snapshotName; }
    /// Names weights that belong to no run; call it before setSnapshot().
    void nameSnapshot(const std::shared_ptr<const Snapshot> &snapshot, const QString &name);

    /// The network to compare with the one that is shown, and its name; nullptr: none.
    const std::shared_ptr<const Snapshot> &other() const { return m_other; }
    const QString &otherName() const { return m_otherName; }
    void compareWith(std::shared_ptr<const Snapshot> other, const QString &name);
    /// The runs whose losses are drawn beside that of the shown run.
    const std::vector<ComparedRun> &comparedRuns() const { return m_comparedRuns; }
    void setComparedRuns(std::vector<ComparedRun> runs);

    /// The text that panels examine.
    const QString &text() const { return m_text; }
    void setText(const QString &text);

    /// The interventions that panels apply: all that are switched on and fit.
    const Interventions &interventions() const { return m_interventions; }
    void setInterventions(Interventions interventions);
    /// The side that panels show if there are interventions.
    Side side() const { return m_side; }
    void setSide(Side side);

    /// The layer that panels of one layer show, counted from 0.
    int layer() const { return m_layer; }
    void setLayer(int layer);

    /// The shared cursor over the text: a token and, in panels that show channels, a channel; -1: none.
    int cursorToken() const { return m_cursorToken; }
    int cursorChannel() const { return m_cursorChannel; }
    void setCursor(int token, int channel);
    /// Panels show `tokens` tokens, one of every `every` of the text (Examination::every). The cursor keeps its
    /// position in the text.
    int shownEvery() const { return m_shownEvery; }
    int shownTokens() const { return m_shownTokens; }
    void setShownTokens(int tokens, int every);
    /// The cursor's position in the text; -1: none.
    int cursorPosition() const { return m_cursorToken < 0 ? -1 : m_cursorToken * m_shownEvery; }

    /// The training step under the pointer; 0: none.
    qint64 cursorStep() const { return m_cursorStep; }
    void setCursorStep(qint64 step);

signals:
    void trainingChanged();
    void snapshotChanged();
    /// The person chose a network or runs to compare with, perhaps the same ones again.
    void otherChanged();
    void comparedRunsChanged();
    void textChanged();
    /// The interventions or the shown side changed.
    void interventionsChanged();
    void layerChanged();
    void cursorChanged();
    void cursorStepChanged();
    /// A line for the read-out at the bottom of the window; an empty line clears it.
    void readout(const QString &text);
    /// A sentence that the person should not miss. `failed`: something could not be done.
    void informed(const QString &sentence);
    void failed(const QString &sentence);

private:
    QString nameOfTraining() const;

    std::optional<TrainingFacts> m_training;
    std::shared_ptr<const Snapshot> m_snapshot;
    QString m_snapshotName;
    std::weak_ptr<const Snapshot> m_named;
    QString m_nameOfNamed;
    std::shared_ptr<const Snapshot> m_other;
    QString m_otherName;
    std::vector<ComparedRun> m_comparedRuns;
    QString m_text;
    Interventions m_interventions;
    Side m_side = Side::AsChanged;
    int m_layer = 0;
    int m_cursorToken = -1;
    int m_shownEvery = 1;
    int m_shownTokens = 0;
    int m_cursorChannel = -1;
    qint64 m_cursorStep = 0;
};

} // namespace samout
