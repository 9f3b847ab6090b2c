// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/cell_lines.h"

#include "core/model/mixer.h"
#include "ui/plots/number_text.h"
#include "ui/widgets/formula_text.h"
#include "ui/widgets/text_tokens.h"
#include "ui/work/translated.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <optional>

namespace samout {

namespace {

struct CellLines {
    Q_DECLARE_TR_FUNCTIONS(CellLines)
};

/// The colours of the quantities; quantities that appear in one group of lines have different colours.
enum Quantity { X = 0, State = 3, Mixed = 4, Candidate = 5, Value = 6, Gate = 2, Out = 1, Blend = 5, Norm = 4 };

/// The colours of the sites that only some mixers have, in turn.
constexpr int otherColours[] = {1, 2, 6};

int quantityOf(const Mixer &mixer, Site site)
{
    static const std::pair<Site, int> shared[] = {
        {Site::State, State}, {Site::Mixed, Mixed}, {Site::Candidate, Candidate}, {Site::Value, Value},
        {Site::Gate, Gate},   {Site::Out, Out},     {Site::Norm, Norm},           {Site::Residual, X}};
    for (const auto &[known, quantity] : shared)
        if (known == site)
            return quantity;
    std::size_t place = 0;
    for (const SiteFacts &facts : mixer.facts().sites) {
        if (facts.site == site)
            break;
        if (facts.site != Site::State && facts.site != Site::Candidate)
            ++place;
    }
    return otherColours[place % std::size(otherColours)];
}

using Line = Blackboard::Line;
using Span = Blackboard::Span;

template <typename Number> Span number(Number value, int quantity = -1)
{
    return {.text = alignedNumber(value), .quantity = quantity, .exact = exactNumber(value)};
}

/// A number after an operator: in brackets if it is negative.
template <typename Number> Span factor(Number value, int quantity = -1)
{
    Span span = number(value, quantity);
    if (value < 0)
        span.text = '(' + span.text + ')';
    return span;
}

Span sign(const char *text) { return {.text = QString::fromUtf8(text)}; }

/// " + 0.5" or " − 0.5".
template <typename Number> QList<Span> plus(Number value, int quantity = -1)
{
    Span span = number(value, quantity);
    const bool negative = std::signbit(value) && !std::isnan(value);
    if (negative)
        span.text = alignedNumber(-value);
    return {sign(negative ? " − " : " + "), span};
}

bool sameBits(float one, float other) { return std::memcmp(&one, &other, sizeof one) == 0; }

} // namespace

QString alignedNumber(double value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    const double size = std::abs(value);
    QString text = std::isinf(size)              ? QStringLiteral("∞")
                   : size != 0 && size < 0.00005 ? QString::number(size, 'g', 2)
                   : size < 10000                ? QString::number(size, 'f', 4)
                                                 : QString::number(size, 'g', 5);
    return std::signbit(value) ? QStringLiteral("−") + text : text;
}

namespace {

/// The lines of one cell.
class Lines {
public:
    Lines(const Examination &examination, int layer, int position, const Cell &cell, const Cell *trained)
        : m_examination(examination), m_mixer(*examination.snapshot->config().mixer), m_layer(layer),
          m_position(position), m_cell(cell), m_trained(trained)
    {
        const QString hidden = QString::number(examination.snapshot->config().hiddenSize);
        m_products = CellLines::tr("%1 products").arg(hidden);
        m_withBias = CellLines::tr("%1 products and a bias").arg(hidden);
    }

    QList<Line> make()
    {
        addX();
        for (const SiteFacts &facts : m_mixer.sites()) {
            if (std::ranges::find(m_cell.numbers, facts.site, &Cell::Number::site) == m_cell.numbers.end())
                continue;
            if (facts.site == Site::State)
                addBefore();
            if (facts.site == Site::Norm)
                addBlend();
            m_lines << siteLine(facts);
        }
        return m_lines;
    }

private:
    Line line(const QString &name, int quantity, const QString &formula, float value, std::optional<float> trained)
    {
        Line made{.name = name, .quantity = quantity, .formula = formula, .result = number(value, quantity)};
        if (trained && !sameBits(value, *trained)) {
            const double difference = static_cast<double>(value) - static_cast<double>(*trained);
            made.change.text = (difference > 0 ? QStringLiteral("+") : QString()) + alignedNumber(difference);
            made.change.exact = CellLines::tr("%1 as trained").arg(exactNumber(*trained));
        }
        return made;
    }
    Line line(const QString &name, int quantity, const QString &formula, float Cell::*value)
    {
        return line(name, quantity, formula, m_cell.*value,
                    m_trained ? std::optional(m_trained->*value) : std::nullopt);
    }

    void addX()
    {
        Line x = line(CellLines::tr("x"), X, CellLines::tr("what enters the layer"), &Cell::x);
        x.group = CellLines::tr("Reads");
        x.remark = m_layer == 0 ? CellLines::tr("the embedding of %1").arg(namedToken(m_examination, m_position))
                                : CellLines::tr("what layer %1 passed on").arg(m_layer - 1);
        m_lines << x;
    }

    void addBefore()
    {
        Line before = line(CellLines::tr("before"), State, QStringLiteral("state[t−1]"), &Cell::before);
        before.group = CellLines::tr("Remembers");
        before.toolTip = CellLines::tr("All that the channel remembers of the tokens before.");
        if (std::isinf(m_cell.before))
            before.remark = CellLines::tr("nothing yet");
        m_lines << before;
    }

    /// The line of a site. The formula has numbers if they belong to this channel and the result follows from them.
    Line siteLine(const SiteFacts &facts)
    {
        const Site site = facts.site;
        Line made = line(site == Site::Residual ? CellLines::tr("new x") : nameOf(site), quantityOf(m_mixer, site),
                         formulaText(facts.formula), m_cell.at(site),
                         m_trained ? std::optional(m_trained->at(site)) : std::nullopt);
        made.toolTip = translated(facts.meaning);
        if (site == Site::Value)
            made.group = CellLines::tr("Thinks");
        const bool changed = (site == Site::State && m_cell.edited) || (site == Site::Mixed && m_cell.mixedSilenced) ||
                             (site == Site::Out && m_cell.outSilenced);
        if (changed)
            made.remark = site == Site::State ? CellLines::tr("set by you") : CellLines::tr("silenced by you");
        else if (facts.byChannel)
            made.numbers = formulaNumbers(facts.formula, [this](const QString &name) { return numberOf(name); });
        else if (facts.from.empty())
            made.remark = m_products;
        else if (site == Site::Value || site == Site::Out)
            made.remark = m_withBias;
        if (site == Site::State && !m_cell.edited)
            addHolder(made);
        if (site == Site::Gate) {
            made.toolTip += ' ' + CellLines::tr("The sum is computed again here.");
            made.numbers << sign("relu(") << number(m_cell.gateSum) << sign(")");
        }
        if (site == Site::Norm) {
            made.formula = CellLines::tr("centred · weight + bias");
            made.numbers << number(centred()) << sign(" · ") << factor(m_cell.scale) << plus(m_cell.offset);
        }
        return made;
    }

    std::optional<Span> numberOf(const QString &name) const
    {
        if (name == QLatin1String("x"))
            return number(m_cell.x, X);
        if (name == QStringLiteral("state[t−1]"))
            return number(m_cell.before, State);
        for (const auto &[site, value] : m_cell.numbers)
            if (nameOf(site) == name)
                return number(value, quantityOf(m_mixer, site));
        return std::nullopt;
    }

    /// Adds the position that the state was held since, if the examination has winners.
    void addHolder(Line &state) const
    {
        if (!m_examination.findWinners(m_layer))
            return;
        state.toolTip += ' ' + CellLines::tr("A click on the token that it is from goes there.");
        state.remark = m_cell.since < 0 ? CellLines::tr("held since an edit")
                       : m_cell.since == m_position
                           ? CellLines::tr("new here")
                           : CellLines::tr("from %1").arg(namedToken(m_examination, m_cell.since));
        state.token = m_cell.since == m_position ? -1 : m_cell.since;
        if (m_cell.winner != m_cell.since && m_cell.winner >= 0)
            state.toolTip +=
                '\n' + CellLines::tr("%1 offered the same again.").arg(namedToken(m_examination, m_cell.winner));
    }

    double centred() const { return (m_cell.blend - m_cell.mean) / m_cell.deviation; }

    void addBlend()
    {
        Line blend = line(CellLines::tr("blend"), Blend, formulaText(blendFormula), &Cell::blend);
        blend.group = CellLines::tr("Passes on");
        blend.toolTip = CellLines::tr("Alpha, %1, is one learnt number of the layer: how much of the new it lets in.")
                            .arg(exactNumber(m_cell.alpha));
        blend.numbers << number(m_cell.alpha) << sign(" · ") << factor(m_cell.at(Site::Out), Out)
                      << plus(1 - m_cell.alpha) << sign(" · ") << factor(m_cell.x, X);
        if (m_cell.otherAlpha)
            blend.toolTip += '\n' + CellLines::tr("Here it was set by you.");
        m_lines << blend;
        Line centre{.name = CellLines::tr("centred"),
                    .quantity = -1,
                    .formula = CellLines::tr("(blend − mean) / deviation"),
                    .result = number(centred())};
        centre.toolTip = CellLines::tr("Mean and standard deviation of blend over all channels; computed again here.");
        centre.numbers << sign("(") << number(m_cell.blend, Blend) << plus(-m_cell.mean) << sign(") / ")
                       << number(m_cell.deviation);
        m_lines << centre;
    }

    const Examination &m_examination;
    const Mixer &m_mixer;
    int m_layer, m_position;
    const Cell &m_cell;
    const Cell *m_trained;
    QString m_products, m_withBias;
    QList<Line> m_lines;
};

} // namespace

QList<Blackboard::Line> cellLines(const Examination &examination, int layer, int position, const Cell &cell,
                                  const Cell *trained)
{
    return Lines(examination, layer, position, cell, trained).make();
}

} // namespace samout
