#include "ui/workspace.h"

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
    emit snapshotChanged();
    if (m_snapshot && m_layer >= m_snapshot->config().numLayers)
        setLayer(static_cast<int>(m_snapshot->config().numLayers) - 1);
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

void Workspace::setCursorStep(qint64 step)
{
    if (step == m_cursorStep)
        return;
    m_cursorStep = step;
    emit cursorStepChanged();
}

} // namespace samout
