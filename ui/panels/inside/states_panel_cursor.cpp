// SPDX-License-Identifier: GPL-3.0-only
// The cursor over the cells, the stretch of cells that the person draws along a channel, and the setting of their
// states.

#include "ui/panels/inside/states_panel.h"

#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"
#include "ui/plots/color_bar.h"
#include "ui/plots/number_text.h"
#include "ui/widgets/state_editor.h"

#include <QComboBox>
#include <QKeyEvent>

#include <algorithm>
#include <limits>

namespace samout {

void StatesPanel::connectTo(const PanelContext &context)
{
    ExaminedPanel::connectTo(context);
    connect(this, &StatesPanel::statesSet, context.interventions, &InterventionsList::holdStates);
}

void StatesPanel::pointAt(int head, int row, int col)
{
    m_pointing = col >= 0;
    m_workspace->setCursor(col, channelAt(head, row));
    readOut();
}

void StatesPanel::readOut()
{
    QString text;
    const int channel = m_workspace->cursorChannel(), token = m_workspace->cursorToken();
    if (m_pointing)
        text = cellSentence(*m_examination, m_shownLayer, m_shownSite, channel, token);
    if (!text.isEmpty() && !m_difference.empty())
        text = tr("%1; as trained %2, difference %3")
                   .arg(text,
                        shortNumber(static_cast<double>(
                            m_examination->trained->find(m_shownLayer, m_shownSite)->at(token, channel))),
                        shortNumber(static_cast<double>(m_difference.at(token, channel))));
    emit m_workspace->readout(text);
}

void StatesPanel::showCursor()
{
    if (!isVisible())
        return;
    const int channel = m_workspace->cursorChannel();
    const int token = m_workspace->cursorToken();
    // The stretch ends when the cursor leaves its last cell, but stays while its states are typed.
    if (channel >= 0 && token >= 0 && m_lastCell != std::pair(token, channel)) {
        m_lastCell = {token, channel};
        if (!m_editor->isVisible())
            dropStretch();
    }
    for (std::size_t head = 0; head < m_heads.size() && head < m_rows.size(); ++head) {
        const auto row = std::find(m_rows[head].begin(), m_rows[head].end(), channel);
        m_heads[head]->setCursor(row == m_rows[head].end() ? -1 : static_cast<int>(row - m_rows[head].begin()), token);
    }
    const Grid *values = shownGrid();
    const bool inside = values && channel >= 0 && channel < values->cols && token >= 0 && token < values->rows;
    const float value = inside ? values->at(token, channel) : std::numeric_limits<float>::quiet_NaN();
    m_bar->setMark(value);
    QStringList lines{m_siteBox->toolTip()};
    if (inside)
        lines.prepend(exactNumber(value));
    if (m_shownSite == Site::State)
        lines.append(tr("Double-click a cell, or press Enter at the cursor, to set its state. Shift+Enter sets all "
                        "channels of its head at that token, Ctrl+Enter its channel from that token on. Shift and "
                        "drag along a row to set the states of the channel at these tokens."));
    m_sheet->setToolTip(lines.join(QLatin1Char('\n')));
}

void StatesPanel::moveCursor(int tokens, int rows)
{
    const Grid *values = shownGrid();
    if (!values || m_rows.empty())
        return;
    const int token = std::clamp(m_workspace->cursorToken() + tokens, 0, values->rows - 1);
    // Rows are numbered across all heads.
    std::vector<int> channels;
    for (const std::vector<int> &head : m_rows)
        channels.insert(channels.end(), head.begin(), head.end());
    const auto found = std::find(channels.begin(), channels.end(), m_workspace->cursorChannel());
    const int row = found == channels.end() ? (rows == 0 ? -1 : 0) : static_cast<int>(found - channels.begin()) + rows;
    const int last = static_cast<int>(channels.size()) - 1;
    const int channel =
        row < 0 && found == channels.end() ? -1 : channels[static_cast<std::size_t>(std::clamp(row, 0, last))];
    m_pointing = true;
    m_workspace->setCursor(token, channel);
    readOut();
}

void StatesPanel::stretchFrom(int token)
{
    const auto [to, channel] = m_lastCell;
    m_stretch = {.channel = channel, .from = token, .to = to};
    showStretch();
    if (token != to && m_examination && m_examination->every == 1)
        emit m_workspace->readout(tr("Tokens %2 to %3 of channel %1 are chosen; Enter sets their states.")
                                      .arg(channel)
                                      .arg(std::min(token, to))
                                      .arg(std::max(token, to)));
}

void StatesPanel::dropStretch()
{
    m_stretch.reset();
    showStretch();
}

void StatesPanel::showStretch()
{
    const Stretch stretch = m_stretch.value_or(Stretch());
    for (std::size_t head = 0; head < m_heads.size() && head < m_rows.size(); ++head) {
        const auto row = std::find(m_rows[head].begin(), m_rows[head].end(), stretch.channel);
        const bool shown = stretch.from != stretch.to && row != m_rows[head].end();
        m_heads[head]->setStretch(shown ? static_cast<int>(row - m_rows[head].begin()) : -1,
                                  std::min(stretch.from, stretch.to), std::max(stretch.from, stretch.to));
    }
}

void StatesPanel::editState(Reach reach)
{
    const Grid *states = m_examination ? m_examination->find(m_shownLayer, Site::State) : nullptr;
    const auto [token, channel] = m_lastCell;
    const auto refuse = [this](const QString &sentence) {
        dropStretch();
        emit m_workspace->readout(sentence);
    };
    if (m_shownSite != Site::State || !states)
        return refuse(tr("Only states can be set: choose state at the right of the panel's header."));
    if (token < 0 || token >= states->rows || channel < 0 || channel >= states->cols)
        return refuse(tr("Point at a cell, or move to one with the arrow keys; then Enter sets its state."));
    if (reach == Reach::Head)
        dropStretch();
    else if (reach == Reach::Row)
        stretchFrom(states->rows - 1);
    // The text may be shorter than when the stretch was drawn.
    const int from = m_stretch ? std::min(m_stretch->from, states->rows - 1) : token;
    const int first = std::min(from, token), last = std::max(from, token);
    if (m_examination->every > 1 && (reach == Reach::Row || last > first))
        return refuse(
            tr("The text is too long to hold a state at all its tokens: shorten it, or press Enter to set one cell."));
    const auto size = static_cast<int>(m_examination->snapshot->config().headSize());
    const int head = channel / size;
    m_edited = {.layer = m_shownLayer,
                .position = first * m_examination->every,
                .channel = reach == Reach::Head ? head * size : channel,
                .values = {}};
    m_edited.values.resize(reach == Reach::Head ? static_cast<std::size_t>(size) : 1);
    m_lastEdited = last * m_examination->every;
    const auto &rows = m_rows[static_cast<std::size_t>(head)];
    const Heatmap *heatmap = m_heads[static_cast<std::size_t>(head)];
    const auto row = static_cast<int>(std::find(rows.begin(), rows.end(), channel) - rows.begin());
    const QRect cell = heatmap->cellRect(row, token).toAlignedRect().translated(heatmap->pos());
    const QString toolTip =
        reach == Reach::Head
            ? tr("The state of all channels of head %1 after this token; Enter sets it, Esc does not.").arg(head)
        : last > first ? tr("The state of channel %1 after each of the tokens %2 to %3; Enter sets it, Esc does not.")
                             .arg(channel)
                             .arg(first)
                             .arg(last)
                       : tr("The state of this channel after this token; Enter sets it, Esc does not.");
    m_editor->open(cell, states->at(token, channel), toolTip);
}

/// For the cells of a heatmap, 1 where the person set the state; empty if no state is set in these channels.
std::vector<std::uint8_t> StatesPanel::editedCells(const std::vector<int> &channels) const
{
    const std::size_t tokens = m_examination->tokens.size();
    std::vector<std::uint8_t> cells;
    for (const Interventions::States &edit : m_examination->interventions.states) {
        const auto token = static_cast<std::size_t>(edit.position / m_examination->every);
        if (edit.layer != m_shownLayer || edit.position % m_examination->every != 0 || token >= tokens)
            continue;
        for (std::size_t row = 0; row < channels.size(); ++row) {
            if (channels[row] < edit.channel || channels[row] >= edit.channel + static_cast<int>(edit.values.size()))
                continue;
            cells.resize(channels.size() * tokens);
            cells[row * tokens + token] = 1;
        }
    }
    return cells;
}

void StatesPanel::keyPressEvent(QKeyEvent *event)
{
    constexpr int far = 1 << 24;
    const auto moveAlong = [this, event](int tokens) {
        const int from = m_stretch ? m_stretch->from : m_workspace->cursorToken();
        moveCursor(tokens, 0);
        if (event->modifiers() & Qt::ShiftModifier && from >= 0 && m_workspace->cursorChannel() >= 0)
            stretchFrom(from);
        else
            dropStretch();
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return moveAlong(-1);
    case Qt::Key_Right:
        return moveAlong(1);
    case Qt::Key_Up:
        return moveCursor(0, -1);
    case Qt::Key_Down:
        return moveCursor(0, 1);
    case Qt::Key_Home:
        return moveAlong(-far);
    case Qt::Key_End:
        return moveAlong(far);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return editState(event->modifiers() & Qt::ControlModifier ? Reach::Row
                         : event->modifiers() & Qt::ShiftModifier ? Reach::Head
                                                                  : Reach::Cell);
    default:
        ExaminedPanel::keyPressEvent(event);
    }
}

} // namespace samout
