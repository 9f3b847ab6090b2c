// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/silence_grid.h"

#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"

#include <QGridLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

namespace samout {

SilenceGrid::SilenceGrid(Workspace *workspace, InterventionsList *list, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_list(list)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addStretch(1);
    connect(workspace, &Workspace::snapshotChanged, this, &SilenceGrid::setNetwork);
    connect(list, &InterventionsList::changed, this, &SilenceGrid::refresh);
    setNetwork();
}

QToolButton *SilenceGrid::head(int layer, int head) const { return m_heads.value(layer * m_headCount + head); }

QToolButton *SilenceGrid::newButton(const QString &toolTip)
{
    auto *button = new QToolButton(m_sheet);
    button->setCheckable(true);
    button->setToolTip(toolTip);
    button->setAccessibleName(toolTip);
    button->setFixedHeight(24);
    button->setMinimumWidth(24);
    button->setSizePolicy(QSizePolicy::Minimum, QSizePolicy::Fixed);
    return button;
}

void SilenceGrid::setNetwork()
{
    const auto &snapshot = m_workspace->snapshot();
    const int layers = snapshot ? static_cast<int>(snapshot->config().numLayers) : 0;
    const int heads = snapshot ? static_cast<int>(snapshot->config().numHeads) : 0;
    if (layers == m_mixers.size() && heads == m_headCount)
        return;
    delete m_sheet;
    m_heads.clear();
    m_mixers.clear();
    m_feedForwards.clear();
    m_headCount = heads;
    m_sheet = new QWidget(this);
    static_cast<QVBoxLayout *>(layout())->insertWidget(0, m_sheet);
    auto *grid = new QGridLayout(m_sheet);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(2);
    const auto word = [&](const QString &text, int row, int col) {
        auto *label = new QLabel(text, m_sheet);
        label->setAlignment(col == 0 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignCenter);
        grid->addWidget(label, row, col);
    };
    word(tr("Head"), 0, 0);
    for (int head = 0; head < heads; ++head)
        word(QString::number(head), 0, 1 + head);
    word(tr("Mixer"), 0, 1 + heads);
    word(tr("Feed-forward"), 0, 2 + heads);
    for (int layer = 0; layer < layers; ++layer) {
        word(tr("Layer %1").arg(layer), 1 + layer, 0);
        for (int head = 0; head < heads; ++head) {
            QToolButton *button =
                newButton(tr("Silence head %1 of layer %2: mixed is 0 in its channels.").arg(head).arg(layer));
            setCommand(button, "intervention.add",
                       {{"kind", "head"}, {"layer", std::to_string(layer)}, {"head", std::to_string(head)}});
            connect(button, &QToolButton::clicked, this,
                    [this, layer, head](bool on) { m_list->silenceHead(layer, head, on); });
            grid->addWidget(button, 1 + layer, 1 + head);
            m_heads << button;
        }
        QToolButton *mixer =
            newButton(tr("Silence the mixer of layer %1: mixed is 0 in all of its channels, so that the "
                         "layer remembers nothing.")
                          .arg(layer));
        setCommand(mixer, "intervention.add", {{"kind", "mixer"}, {"layer", std::to_string(layer)}});
        connect(mixer, &QToolButton::clicked, this, [this, layer](bool on) { m_list->silenceMixer(layer, on); });
        grid->addWidget(mixer, 1 + layer, 1 + heads);
        m_mixers << mixer;
        QToolButton *feedForward = newButton(
            tr("Silence the feed-forward of layer %1: out is 0, and only (1 - alpha) * x enters the LayerNorm.")
                .arg(layer));
        setCommand(feedForward, "intervention.add", {{"kind", "feed-forward"}, {"layer", std::to_string(layer)}});
        connect(feedForward, &QToolButton::clicked, this,
                [this, layer](bool on) { m_list->silenceFeedForward(layer, on); });
        grid->addWidget(feedForward, 1 + layer, 2 + heads);
        m_feedForwards << feedForward;
    }
    grid->setColumnStretch(3 + heads, 1);
    refresh();
}

void SilenceGrid::refresh()
{
    const auto set = [](QToolButton *button, bool silenced) {
        button->setChecked(silenced);
        button->setText(silenced ? QStringLiteral("✕") : QString());
    };
    for (int layer = 0; layer < m_mixers.size(); ++layer) {
        for (int i = 0; i < m_headCount; ++i)
            set(head(layer, i), m_list->isHeadSilenced(layer, i));
        set(m_mixers[layer], m_list->isMixerSilenced(layer));
        set(m_feedForwards[layer], m_list->isFeedForwardSilenced(layer));
    }
}

} // namespace samout
