// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/change/state_transfer_form.h"

#include "core/base/error.h"
#include "core/inspect/state_transfer.h"
#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"
#include "ui/widgets/text_bar.h"
#include "ui/work/translated.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>

#include <algorithm>
#include <memory>
#include <numeric>

namespace samout {

namespace {

/// The tokens of a text; if it cannot be read, none, and the reason in `problem`.
std::vector<std::int64_t> tokensOf(const Snapshot *snapshot, const QString &text, QString *problem = nullptr)
{
    try {
        return snapshot ? snapshot->vocabulary().encode(withLineEnds(text).toStdString()) : std::vector<std::int64_t>();
    } catch (const Error &error) {
        if (problem)
            *problem = translated(error);
        return {};
    }
}

/// Lets the spin box choose a token of a text, and shows the token beside its number.
void offer(QSpinBox *spin, const Snapshot *snapshot, const std::vector<std::int64_t> &tokens)
{
    spin->setRange(0, std::max(0, static_cast<int>(tokens.size()) - 1));
    const auto at = static_cast<std::size_t>(spin->value());
    spin->setSuffix(at < tokens.size()
                        ? QStringLiteral(" “%1”").arg(QString::fromStdString(snapshot->vocabulary().label(tokens[at])))
                        : QString());
}

} // namespace

StateTransferForm::StateTransferForm(Workspace *workspace, InterventionsList *list, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_list(list), m_text(new QLineEdit(this)), m_from(new QSpinBox(this)),
      m_to(new QSpinBox(this)), m_layers(new QComboBox(this)), m_put(new QPushButton(tr("Put it in"), this)),
      m_words(new QLabel(this))
{
    m_text->setPlaceholderText(tr("The other text, from its beginning"));
    m_text->setAccessibleName(tr("The other text"));
    m_text->setToolTip(tr("The network reads it from an empty state, as trained. ⏎ is the end of a line."));
    m_from->setToolTip(tr("The state after this token of the other text is taken."));
    m_to->setToolTip(
        tr("The state after this token of the text to look at becomes it; the maximum goes on from there."));
    m_put->setToolTip(
        tr("Sets all channels of the layer; where the prediction follows, the layer carried what differs."));
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setSpacing(4);
    m_words->setWordWrap(true);
    form->addRow(m_words);
    form->addRow(tr("Other text"), m_text);
    form->addRow(tr("State after token"), m_from);
    form->addRow(tr("of"), m_layers);
    form->addRow(tr("into this text at"), m_to);
    form->addRow(QString(), m_put);

    connect(m_text, &QLineEdit::textChanged, this, [this] {
        // Starts at the end of the other text, until the person chooses.
        const auto tokens = tokensOf(m_workspace->snapshot().get(), m_text->text());
        m_from->setRange(0, std::max(0, static_cast<int>(tokens.size()) - 1));
        m_from->setValue(m_from->maximum());
        refresh();
    });
    for (QSpinBox *spin : {m_from, m_to})
        connect(spin, &QSpinBox::valueChanged, this, &StateTransferForm::refresh);
    setCommand(m_put, "intervention.transfer");
    connect(m_put, &QPushButton::clicked, this, &StateTransferForm::transfer);
    connect(workspace, &Workspace::snapshotChanged, this, &StateTransferForm::refresh);
    connect(workspace, &Workspace::textChanged, this, &StateTransferForm::refresh);
    connect(workspace, &Workspace::cursorChanged, this, [this] {
        if (m_workspace->cursorPosition() >= 0)
            m_to->setValue(m_workspace->cursorPosition());
    });
    refresh();
}

void StateTransferForm::refresh()
{
    const Snapshot *snapshot = m_workspace->snapshot().get();
    QString problem;
    const auto there = tokensOf(snapshot, m_text->text(), &problem), here = tokensOf(snapshot, m_workspace->text());
    m_words->setText(problem.isEmpty() ? tr("Take the state from another text") : problem);
    offer(m_from, snapshot, there);
    offer(m_to, snapshot, here);
    const int layers = snapshot ? static_cast<int>(snapshot->config().numLayers) : 0;
    if (m_layers->count() != (layers > 0 ? layers + 1 : 0)) {
        m_layers->clear();
        if (layers > 0)
            m_layers->addItem(tr("all layers"));
        for (int layer = 0; layer < layers; ++layer)
            m_layers->addItem(tr("layer %1").arg(layer));
    }
    m_put->setEnabled(!there.empty() && !here.empty());
}

void StateTransferForm::transfer()
{
    StateTransfer transfer{.snapshot = m_workspace->snapshot(), .from = m_from->value(), .to = m_to->value()};
    transfer.tokens = tokensOf(transfer.snapshot.get(), m_text->text());
    if (m_layers->currentIndex() > 0) {
        transfer.layers = {m_layers->currentIndex() - 1};
    } else {
        transfer.layers.resize(static_cast<std::size_t>(transfer.snapshot->config().numLayers));
        std::iota(transfer.layers.begin(), transfer.layers.end(), 0);
    }
    auto edits = std::make_shared<std::vector<Interventions::States>>();
    m_background.run([transfer, edits] { *edits = transferredStates(transfer); },
                     [this, edits](const QString &error) {
                         if (!error.isEmpty())
                             return emit failed(error);
                         m_list->setStates(*edits);
                     });
}

} // namespace samout
