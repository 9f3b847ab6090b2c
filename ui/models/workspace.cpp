// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/workspace.h"

#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace samout {

void Workspace::setTraining(TrainingFacts facts)
{
    m_training = std::move(facts);
    emit trainingChanged();
}

void Workspace::setSnapshot(std::shared_ptr<const Snapshot> snapshot)
{
    if (snapshot == m_snapshot)
        return;
    m_snapshot = std::move(snapshot);
    m_snapshotName = m_snapshot && m_named.lock() == m_snapshot ? m_nameOfNamed : nameOfTraining();
    emit snapshotChanged();
    if (m_snapshot && m_layer >= m_snapshot->config().numLayers)
        setLayer(static_cast<int>(m_snapshot->config().numLayers) - 1);
}

void Workspace::nameSnapshot(const std::shared_ptr<const Snapshot> &snapshot, const QString &name)
{
    m_named = snapshot;
    m_nameOfNamed = name;
}

QString Workspace::nameOfTraining() const
{
    if (!m_training)
        return {};
    if (!m_training->run.empty())
        return QString::fromStdString(m_training->run.filename().string());
    return tr("a training on %1 that is not kept")
        .arg(QFileInfo(QString::fromStdString(m_training->options.data.source)).fileName());
}

void Workspace::compareWith(std::shared_ptr<const Snapshot> other, const QString &name)
{
    m_other = std::move(other);
    m_otherName = name;
    emit otherChanged();
}

void Workspace::setComparedRuns(std::vector<ComparedRun> runs)
{
    m_comparedRuns = std::move(runs);
    emit comparedRunsChanged();
}

void Workspace::setText(const QString &text)
{
    if (text == m_text)
        return;
    m_text = text;
    emit textChanged();
}

void Workspace::setInterventions(Interventions interventions)
{
    if (interventions == m_interventions)
        return;
    m_interventions = std::move(interventions);
    emit interventionsChanged();
}

void Workspace::setSide(Side side)
{
    if (side == m_side)
        return;
    m_side = side;
    emit interventionsChanged();
}

void Workspace::setLayer(int layer)
{
    if (layer == m_layer || layer < 0)
        return;
    m_layer = layer;
    emit layerChanged();
}

void Workspace::setCursor(int token, int channel)
{
    if (token == m_cursorToken && channel == m_cursorChannel)
        return;
    m_cursorToken = token;
    m_cursorChannel = channel;
    emit cursorChanged();
}

void Workspace::setShownTokens(int tokens, int every)
{
    m_shownTokens = tokens;
    if (every == m_shownEvery && m_cursorToken < tokens)
        return;
    const int position = cursorPosition();
    m_shownEvery = every;
    m_cursorToken = position < 0 ? -1 : std::min(position / every, tokens - 1);
    emit cursorChanged();
}

void Workspace::setCursorStep(qint64 step)
{
    if (step == m_cursorStep)
        return;
    m_cursorStep = step;
    emit cursorStepChanged();
}

} // namespace samout
