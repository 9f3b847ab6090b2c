// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/microscope_panel.h"

#include "core/inspect/cell.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/plots/staircase.h"
#include "ui/widgets/blackboard.h"
#include "ui/widgets/cell_lines.h"
#include "ui/widgets/layer_chooser.h"
#include "ui/widgets/state_rows.h"
#include "ui/widgets/text_tokens.h"

#include <QKeyEvent>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace samout {

MicroscopePanel::MicroscopePanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(tr("Microscope"),
                    tr("The computation of one channel at one token will be written out here, with its real numbers: "
                       "press Start to train."),
                    parent),
      m_workspace(workspace), m_layers(new LayerChooser), m_tokenBox(new QSpinBox), m_channelBox(new QSpinBox),
      m_staircase(new Staircase), m_board(new Blackboard)
{
    setFocusPolicy(Qt::StrongFocus);
    addControl(m_layers);
    m_tokenBox->setPrefix(tr("token "));
    m_tokenBox->setToolTip(tr("The position in the text, from 0 on. Left and Right move."));
    m_channelBox->setPrefix(tr("channel "));
    m_channelBox->setToolTip(tr("The channel of the layer, from 0 on. PageUp and PageDown move."));
    for (QSpinBox *box : {m_tokenBox, m_channelBox}) {
        box->setMaximum(0);
        box->setKeyboardTracking(false);
        addControl(box);
    }
    m_staircase->setToolTip(
        tr("This channel over the text: every token’s candidate as a dot, the state as a staircase, "
           "for it is the largest candidate so far. The large dot is the one that is held at the "
           "marked token. A click moves there."));
    m_staircase->setMinimumHeight(44);
    m_staircase->setMaximumHeight(160);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setBackgroundRole(QPalette::Base);
    m_board->setBackgroundRole(QPalette::Base);
    scroll->setWidget(m_board);
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 4);
    layout->setSpacing(4);
    layout->addWidget(m_staircase, 1);
    layout->addWidget(scroll, 4);
    scroll->setMinimumHeight(120);

    connect(m_layers, &LayerChooser::chosen, m_workspace, &Workspace::setLayer);
    connect(m_tokenBox, &QSpinBox::valueChanged, this, [this](int token) { goTo(token, m_channel); });
    connect(m_channelBox, &QSpinBox::valueChanged, this, [this](int channel) { goTo(m_token, channel); });
    connect(m_staircase, &Staircase::clicked, this, [this](int token) {
        setFocus(Qt::MouseFocusReason);
        goTo(token, m_channel);
    });
    connect(m_staircase, &Staircase::hovered, this, [this](int token) {
        emit m_workspace->readout(
            token < 0 ? QString() : cellSentence(*m_examination, m_shownLayer, Site::Candidate, m_channel, token));
    });
    connect(m_board, &Blackboard::tokenClicked, this, [this](int token) { goTo(token, m_channel); });
    connect(m_workspace, &Workspace::cursorChanged, this, &MicroscopePanel::followCursor);
    connect(m_workspace, &Workspace::layerChanged, this, [this] {
        m_layers->setCurrent(m_workspace->layer());
        emit questionChanged();
    });
}

void MicroscopePanel::ask(Question &question) const
{
    if (isVisible())
        askForCells(question, m_workspace->layer());
}

/// Follows the shared cursor to a cell; stays if the cursor leaves.
void MicroscopePanel::followCursor()
{
    if (m_workspace->cursorToken() >= 0)
        m_token = m_workspace->cursorToken();
    if (m_workspace->cursorChannel() >= 0)
        m_channel = m_workspace->cursorChannel();
    if (isVisible())
        draw();
}

void MicroscopePanel::draw()
{
    if (!m_examination)
        return;
    if (m_examination->every > 1) {
        m_stale = false;
        m_board->setLines({});
        return showSentence(tr("The text is too long to be looked at through the microscope: one token of every %1 is "
                               "kept, and a computation needs the state of the token before. Shorten the text.")
                                .arg(m_examination->every));
    }
    const int layer = m_workspace->layer();
    const ModelConfig &config = m_examination->snapshot->config();
    const int last = static_cast<int>(m_examination->tokens.size()) - 1;
    const int token = m_token < 0 ? last : std::min(m_token, last);
    const int channel = std::min(m_channel, static_cast<int>(config.hiddenSize) - 1);
    const std::optional<Cell> cell = cellAt(*m_examination, layer, channel, token);
    if (!cell)
        return;
    m_token = token;
    m_channel = channel;
    m_shownLayer = layer;
    setEmpty(false);
    m_layers->setCount(static_cast<int>(config.numLayers));
    m_layers->setCurrent(layer);
    const auto put = [](QSpinBox *box, int most, int value) {
        const QSignalBlocker blocker(box);
        box->setMaximum(most);
        box->setValue(value);
    };
    put(m_tokenBox, last, token);
    put(m_channelBox, static_cast<int>(config.hiddenSize) - 1, channel);
    const auto size = static_cast<int>(config.headSize());
    m_channelBox->setSuffix(tr(" (head %1)").arg(channel / size));

    std::optional<Cell> trained;
    if (m_examination->trained)
        trained = cellAt(*m_examination->trained, layer, channel, token);
    m_board->setLines(cellLines(*m_examination, layer, token, *cell, trained ? &*trained : nullptr));

    const auto column = [&](Site site) {
        const Grid &grid = *m_examination->find(layer, site);
        std::vector<float> values;
        for (int t = 0; t < grid.rows; ++t)
            values.push_back(grid.at(t, channel));
        return values;
    };
    m_staircase->setValues(column(Site::Candidate), column(Site::State),
                           tokenLabels(m_examination->snapshot->vocabulary(), m_examination->tokens));
    m_staircase->setMarks(token, cell->since);
}

void MicroscopePanel::goTo(int token, int channel)
{
    if (!m_examination)
        return;
    const int last = static_cast<int>(m_examination->tokens.size()) - 1;
    const int channels = static_cast<int>(m_examination->snapshot->config().hiddenSize);
    m_workspace->setCursor(std::clamp(token, 0, last), std::clamp(channel, 0, channels - 1));
}

void MicroscopePanel::goToLayer(int layer)
{
    if (m_examination)
        m_workspace->setLayer(std::clamp(layer, 0, static_cast<int>(m_examination->snapshot->config().numLayers) - 1));
}

void MicroscopePanel::keyPressEvent(QKeyEvent *event)
{
    constexpr int far = 1 << 24;
    switch (event->key()) {
    case Qt::Key_Left:
        return goTo(m_token - 1, m_channel);
    case Qt::Key_Right:
        return goTo(m_token + 1, m_channel);
    case Qt::Key_Home:
        return goTo(0, m_channel);
    case Qt::Key_End:
        return goTo(far, m_channel);
    case Qt::Key_Up:
        return goToLayer(m_workspace->layer() + 1);
    case Qt::Key_Down:
        return goToLayer(m_workspace->layer() - 1);
    case Qt::Key_PageUp:
        return goTo(m_token, m_channel - 1);
    case Qt::Key_PageDown:
        return goTo(m_token, m_channel + 1);
    default:
        ExaminedPanel::keyPressEvent(event);
    }
}

QString MicroscopePanel::table() const
{
    QString text = QStringLiteral("layer\tchannel\ttoken\tname\tformula\tvalue\tchange\n");
    for (const Blackboard::Line &line : m_board->lines())
        text += QStringLiteral("%1\t%2\t%3\t%4\t%5\t%6\t%7\n")
                    .arg(m_shownLayer)
                    .arg(m_channel)
                    .arg(m_token)
                    .arg(line.name, line.formula, line.result.exact, line.change.text);
    return text;
}

} // namespace samout
