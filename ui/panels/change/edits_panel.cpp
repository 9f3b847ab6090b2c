// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/change/edits_panel.h"

#include "core/base/error.h"
#include "core/base/text_form.h"
#include "core/train/edit_text.h"
#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/widgets/layer_chooser.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/training_controls.h"
#include "ui/work/live.h"
#include "ui/work/translated.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace samout {

EditsPanel::EditsPanel(Workspace *workspace, TrainingControls *controls, QWidget *parent)
    : Panel(tr("Change"), parent), m_workspace(workspace), m_controls(controls), m_strip(new MessageStrip(this)),
      m_hint(new QLabel(this)), m_layers(new LayerChooser(this)), m_heads(new QComboBox(this)),
      m_alpha(new QLineEdit(QStringLiteral("0.5"), this)), m_rate(new QLineEdit(this)), m_fixedNow(new QLabel(this)),
      m_list(new QTreeWidget(this))
{
    m_hint->setWordWrap(true);
    m_hint->setText(tr("Here you freeze, zero or renew parts of the network while it trains. Press Start to train."));
    m_fixedNow->setWordWrap(true);
    m_fixedNow->setToolTip(
        tr("What is frozen keeps its weights and its Adam moments to the bit. It still counts in the "
           "gradient norm."));
    m_list->setRootIsDecorated(false);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformRowHeights(true);
    m_list->setHeaderLabels({tr("Step"), tr("What was changed after it")});
    m_list->header()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    // A hidden list keeps its room, or the sentences above would spread over it.
    QSizePolicy policy = m_list->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_list->setSizePolicy(policy);
    m_list->setAccessibleName(tr("Changes of this training"));
    m_list->setToolTip(tr("Kept with the run: Replay and Go on make them again at the same steps, to the same bits."));

    auto *body = new QVBoxLayout;
    body->setContentsMargins(12, 4, 12, 12);
    body->setSpacing(8);
    body->addWidget(m_hint);
    body->addWidget(m_choices = newChoices());
    body->addWidget(m_fixedNow);
    body->addWidget(m_list, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header());
    column->addWidget(m_strip);
    column->addLayout(body, 1);
    setMinimumWidth(260);

    connect(m_layers, &LayerChooser::chosen, m_workspace, &Workspace::setLayer);
    connect(m_workspace, &Workspace::layerChanged, this, &EditsPanel::showLayer);
    connect(m_heads, &QComboBox::currentIndexChanged, this, &EditsPanel::updateButtons);
    choices().add(QStringLiteral("head"), m_heads);
    choices().add(QStringLiteral("alpha"), m_alpha);
    setStatus(SessionStatus::Idle);
    showEdits();
}

void EditsPanel::connectTo(const PanelContext &context)
{
    connect(context.live, &Live::prepared, this, &EditsPanel::setTraining);
    connect(context.live, &Live::statusChanged, this, &EditsPanel::setStatus);
    connect(context.live, &Live::edited, this, &EditsPanel::addEdit);
}

template <typename Change> Change EditsPanel::chosen() const
{
    Change change;
    if constexpr (requires { change.layer; })
        change.layer = layer();
    if constexpr (requires { change.head; })
        change.head = m_heads->currentIndex();
    if constexpr (requires { change.alpha; })
        change.alpha = numberIn(m_alpha, tr("the alpha"));
    if constexpr (requires { change.rate; })
        change.rate = numberIn(m_rate, tr("the learning rate"));
    return change;
}

template <typename Change> void EditsPanel::apply()
{
    try {
        m_controls->apply(chosen<Change>());
        m_strip->clear();
    } catch (const Error &error) {
        m_strip->say(MessageStrip::Kind::Error, translated(error));
    }
}

template <typename Change>
QPushButton *EditsPanel::newButton(const QString &text, const QString &tip, const QString &name)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    setCommand(button, "training.edit", {{"kind", name.toStdString()}});
    button->setToolTip(tip);
    button->setAccessibleDescription(tip);
    connect(button, &QPushButton::clicked, this, &EditsPanel::apply<Change>);
    return button;
}

QWidget *EditsPanel::newChoices()
{
    const QString stays =
        tr("Its weights and its Adam moments stay as they are: with gradients of 0 the moments would still move them.");
    const QString owns =
        tr("A head owns its rows in the four blocks of the layer's combined.weight: those of base (two), "
           "shift and candidate.");
    m_freezeLayer = newButton<FreezeLayer>(tr("Freeze"), stays, QStringLiteral("freeze_layer"));
    m_unfreezeLayer = newButton<UnfreezeLayer>(tr("Unfreeze"),
                                               tr("The layer learns again, but for heads that are frozen themselves."),
                                               QStringLiteral("unfreeze_layer"));
    m_freezeHead = newButton<FreezeHead>(tr("Freeze"), stays + QLatin1Char(' ') + owns, QStringLiteral("freeze_head"));
    m_unfreezeHead = newButton<UnfreezeHead>(tr("Unfreeze"), tr("The head learns again, unless its layer is frozen."),
                                             QStringLiteral("unfreeze_head"));
    auto *zero = newButton<ZeroHead>(
        tr("Zero"),
        tr("Its weights and Adam moments become 0. mixed = (base * state + shift) * state has no slope where all three "
           "are 0, so the head stays 0 until it is re-initialised.") +
            QLatin1Char(' ') + owns,
        QStringLiteral("zero_head"));
    auto *renew = newButton<ReinitialiseHead>(
        tr("Re-initialise"),
        tr("New random weights in ±1/sqrt(hidden), as at the beginning, of the run's seed and this "
           "step; its Adam moments become 0."),
        QStringLiteral("reinitialise_head"));
    auto *hold = newButton<HoldAlpha>(tr("Hold"), tr("The layer's alpha becomes this number and stays it."),
                                      QStringLiteral("hold_alpha"));
    m_releaseAlpha = newButton<ReleaseAlpha>(tr("Release"), tr("The layer's alpha is learnt again."),
                                             QStringLiteral("release_alpha"));
    auto *rate = newButton<SetLearningRate>(
        tr("Apply"), tr("Another learning rate from the next step on; warm-up and cosine scale it."),
        QStringLiteral("learning_rate"));
    m_heads->setAccessibleName(tr("Head"));
    m_alpha->setAccessibleName(tr("Alpha to hold"));
    m_rate->setAccessibleName(tr("Learning rate"));
    for (QLineEdit *field : {m_alpha, m_rate})
        field->setAlignment(Qt::AlignRight);
    connect(m_alpha, &QLineEdit::returnPressed, hold, &QPushButton::click);
    connect(m_rate, &QLineEdit::returnPressed, rate, &QPushButton::click);

    auto *choices = new QWidget(this);
    auto *column = new QVBoxLayout(choices);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    const auto addRow = [&](const QString &name, std::initializer_list<QWidget *> widgets) {
        auto *row = new QHBoxLayout;
        row->setSpacing(4);
        if (!name.isEmpty())
            row->addWidget(new QLabel(name, choices));
        for (QWidget *widget : widgets)
            row->addWidget(widget, 1);
        column->addLayout(row);
    };
    addRow({}, {m_layers});
    addRow({}, {m_freezeLayer, m_unfreezeLayer});
    column->addSpacing(8);
    addRow(tr("Its alpha"), {m_alpha});
    addRow({}, {hold, m_releaseAlpha});
    column->addSpacing(8);
    addRow(tr("Its head"), {m_heads});
    addRow({}, {m_freezeHead, m_unfreezeHead});
    addRow({}, {zero, renew});
    column->addSpacing(8);
    addRow(tr("Learning rate"), {m_rate, rate});
    return choices;
}

void EditsPanel::setTraining(const TrainingFacts &facts)
{
    m_layerCount = static_cast<int>(facts.config.numLayers);
    m_layers->setCount(m_layerCount);
    m_heads->clear();
    for (int head = 0; head < facts.config.numHeads; ++head)
        m_heads->addItem(QString::number(head));
    m_rate->setText(QString::number(facts.options.learningRate, 'g', 10));
    m_edits = facts.edits;
    m_strip->clear();
    showEdits();
    showLayer();
}

void EditsPanel::setStatus(SessionStatus status)
{
    const bool open =
        status == SessionStatus::Running || status == SessionStatus::Pausing || status == SessionStatus::Paused;
    m_choices->setEnabled(open);
    m_hint->setVisible(!open);
    if (status == SessionStatus::Stopped || status == SessionStatus::Failed)
        m_hint->setText(tr("The training is over. Start another one, or go on with its run, to change it."));
}

void EditsPanel::addEdit(const AppliedEdit &edit)
{
    m_edits.push_back(edit);
    showEdits();
}

/// The workspace's layer, limited to the training's: the network to look at may have more layers.
int EditsPanel::layer() const { return std::clamp(m_workspace->layer(), 0, std::max(0, m_layerCount - 1)); }

double EditsPanel::numberIn(const QLineEdit *field, const QString &what) const
{
    bool good = false;
    const double number = field->text().trimmed().toDouble(&good);
    if (!good)
        throw Error(tr("“%1” is no number for %2; it should be one as 0.5.").arg(field->text(), what).toStdString());
    return number;
}

void EditsPanel::showLayer()
{
    m_layers->setCurrent(layer());
    updateButtons();
}

void EditsPanel::showEdits()
{
    m_fixed = {};
    m_list->clear();
    QTreeWidgetItem *last = nullptr;
    for (const auto &[step, edit] : m_edits) {
        m_fixed.apply(edit);
        const QString text = translated(sentenceOf(edit));
        last = new QTreeWidgetItem(m_list, {QString::number(step), text});
        last->setTextAlignment(0, Qt::AlignRight);
        last->setToolTip(1, text);
    }
    if (last)
        m_list->scrollToItem(last);
    m_list->setVisible(!m_edits.empty());
    showFixed();
    updateButtons();
}

void EditsPanel::showFixed()
{
    QStringList parts;
    for (const int layer : m_fixed.layers)
        parts += tr("layer %1").arg(layer);
    for (const auto &[layer, head] : m_fixed.heads)
        parts += tr("head %1 of layer %2").arg(head).arg(layer);
    QString text = parts.isEmpty() ? tr("Nothing is frozen.") : tr("Frozen now: %1.").arg(parts.join(tr(", ")));
    QStringList alphas;
    for (const auto &[layer, alpha] : m_fixed.alphas)
        alphas += tr("layer %1 at %2").arg(QString::number(layer), QString::fromStdString(numberText(alpha)));
    text += QLatin1Char(' ');
    text += alphas.isEmpty() ? tr("No alpha is held.") : tr("Alphas held: %1.").arg(alphas.join(tr(", ")));
    m_fixedNow->setText(text);
}

void EditsPanel::updateButtons()
{
    const bool layerFrozen = m_fixed.layers.contains(layer());
    const bool headFrozen = m_fixed.heads.contains({layer(), m_heads->currentIndex()});
    m_freezeLayer->setEnabled(!layerFrozen);
    m_unfreezeLayer->setEnabled(layerFrozen);
    m_freezeHead->setEnabled(!headFrozen);
    m_unfreezeHead->setEnabled(headFrozen);
    m_releaseAlpha->setEnabled(m_fixed.alphas.contains(layer()));
}

QString EditsPanel::table() const
{
    QString text = QStringLiteral("step\tkind\tvalue\n");
    for (const auto &[step, edit] : m_edits) {
        const EditText form = textOf(edit);
        text += QStringLiteral("%1\t%2\t%3\n")
                    .arg(QString::number(step), QString::fromStdString(form.kind), QString::fromStdString(form.value));
    }
    return text;
}

} // namespace samout
