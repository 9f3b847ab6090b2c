#include "ui/widgets/cell_lines.h"

#include "ui/plots/number_text.h"
#include "ui/widgets/text_tokens.h"

#include <QCoreApplication>

#include <cmath>
#include <cstring>

namespace samout {

namespace {

struct CellLines {
    Q_DECLARE_TR_FUNCTIONS(CellLines)
};

/// The colours of the quantities; what is used in one group of lines has one of its own there.
enum Quantity {
    X = 0,
    Base = 1,
    Shift = 2,
    State = 3,
    Mixed = 4,
    Candidate = 5,
    Value = 6,
    Gate = 2,
    Out = 1,
    Blend = 5,
    Norm = 4
};

using Line = Blackboard::Line;
using Span = Blackboard::Span;

template <typename Number> Span number(Number value, int quantity = -1)
{
    return {.text = alignedNumber(value), .quantity = quantity, .exact = exactNumber(value)};
}

/// A number behind an operator: in brackets where it is negative.
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

QList<Blackboard::Line> cellLines(const Examination &examination, int layer, int position, const Cell &cell,
                                  const Cell *trained)
{
    const QString products =
        CellLines::tr("%1 products").arg(QString::number(examination.snapshot->config().hiddenSize));
    const QString withBias =
        CellLines::tr("%1 products and a bias").arg(QString::number(examination.snapshot->config().hiddenSize));
    const auto line = [&](const QString &name, int quantity, const QString &formula, float Cell::*value) {
        Line made{.name = name, .quantity = quantity, .formula = formula, .result = number(cell.*value, quantity)};
        if (trained && !sameBits(cell.*value, trained->*value)) {
            const double difference = static_cast<double>(cell.*value) - static_cast<double>(trained->*value);
            made.change.text = (difference > 0 ? QStringLiteral("+") : QString()) + alignedNumber(difference);
            made.change.exact = CellLines::tr("%1 as trained").arg(exactNumber(trained->*value));
        }
        return made;
    };
    QList<Line> lines;

    Line x = line(CellLines::tr("x"), X, CellLines::tr("what enters the layer"), &Cell::x);
    x.group = CellLines::tr("Reads");
    x.remark = layer == 0 ? CellLines::tr("the embedding of %1").arg(namedToken(examination, position))
                          : CellLines::tr("what layer %1 passed on").arg(layer - 1);
    lines << x;
    Line base = line(CellLines::tr("base"), Base, CellLines::tr("(Wo + Wo1) x"), &Cell::base);
    base.toolTip = CellLines::tr(
        "A row of the weights, times x, over all its channels: what the token multiplies the state with.");
    base.remark = products;
    lines << base;
    Line shift = line(CellLines::tr("shift"), Shift, CellLines::tr("Wo2 x"), &Cell::shift);
    shift.toolTip = CellLines::tr("What the token adds to base · state.");
    shift.remark = products;
    lines << shift;
    Line candidate = line(CellLines::tr("candidate"), Candidate, CellLines::tr("Wo3 x"), &Cell::candidate);
    candidate.toolTip = CellLines::tr("What the token offers to the state.");
    candidate.remark = products;
    lines << candidate;

    Line before = line(CellLines::tr("before"), State, CellLines::tr("state[t−1]"), &Cell::before);
    before.group = CellLines::tr("Remembers");
    before.toolTip = CellLines::tr("The largest candidate of this channel so far: all that the channel remembers.");
    if (std::isinf(cell.before))
        before.remark = CellLines::tr("nothing yet");
    lines << before;
    Line state = line(CellLines::tr("state"), State, CellLines::tr("max(state[t−1], candidate)"), &Cell::state);
    state.toolTip =
        CellLines::tr("The running maximum, cummax: a state never falls. A click on the token that it is from goes "
                      "there.");
    if (cell.edited) {
        state.remark = CellLines::tr("set by you");
    } else {
        state.numbers << sign("max(") << number(cell.before, State) << sign(", ") << number(cell.candidate, Candidate)
                      << sign(")");
        state.remark = cell.since < 0           ? CellLines::tr("held since an edit")
                       : cell.since == position ? CellLines::tr("new here")
                                                : CellLines::tr("from %1").arg(namedToken(examination, cell.since));
        state.token = cell.since == position ? -1 : cell.since;
        if (cell.winner != cell.since && cell.winner >= 0)
            state.toolTip +=
                '\n' + CellLines::tr("%1 offered the same again.").arg(namedToken(examination, cell.winner));
    }
    lines << state;
    Line mixed = line(CellLines::tr("mixed"), Mixed, CellLines::tr("(base · state + shift) · state"), &Cell::mixed);
    mixed.toolTip = CellLines::tr("What the layer reads out of its memory.");
    if (cell.mixedSilenced)
        mixed.remark = CellLines::tr("silenced by you");
    else
        mixed.numbers << sign("(") << number(cell.base, Base) << sign(" · ") << factor(cell.state, State)
                      << plus(cell.shift, Shift) << sign(") · ") << factor(cell.state, State);
    lines << mixed;

    Line value = line(CellLines::tr("value"), Value, CellLines::tr("ffn1(mixed)"), &Cell::value);
    value.group = CellLines::tr("Thinks");
    value.toolTip =
        CellLines::tr("Reads mixed of all channels: from here on the channel is one of the feed-forward’s.");
    value.remark = withBias;
    lines << value;
    Line gate = line(CellLines::tr("gate"), Gate, CellLines::tr("relu(ffn_gate(mixed))"), &Cell::gate);
    gate.toolTip =
        CellLines::tr("How far the value passes: 0 where the sum is negative. The sum is computed again here.");
    gate.numbers << sign("relu(") << number(cell.gateSum) << sign(")");
    lines << gate;
    Line out = line(CellLines::tr("out"), Out, CellLines::tr("ffn2(value · gate)"), &Cell::out);
    out.toolTip = CellLines::tr("Reads value · gate of all channels: what the layer has to say.");
    out.remark = cell.outSilenced ? CellLines::tr("silenced by you") : withBias;
    lines << out;

    Line blend = line(CellLines::tr("blend"), Blend, CellLines::tr("α · out + (1 − α) · x"), &Cell::blend);
    blend.group = CellLines::tr("Passes on");
    blend.toolTip = CellLines::tr("Alpha, %1, is one learnt number of the layer: how much of the new it lets in.")
                        .arg(exactNumber(cell.alpha));
    blend.numbers << number(cell.alpha) << sign(" · ") << factor(cell.out, Out) << plus(1 - cell.alpha) << sign(" · ")
                  << factor(cell.x, X);
    if (cell.otherAlpha)
        blend.toolTip += '\n' + CellLines::tr("Here it was set by you.");
    lines << blend;
    const double centred = (cell.blend - cell.mean) / cell.deviation;
    Line centre{.name = CellLines::tr("centred"),
                .quantity = -1,
                .formula = CellLines::tr("(blend − mean) / deviation"),
                .result = number(centred)};
    centre.toolTip = CellLines::tr("Mean and standard deviation of blend over all channels; computed again here.");
    centre.numbers << sign("(") << number(cell.blend, Blend) << plus(-cell.mean) << sign(") / ")
                   << number(cell.deviation);
    lines << centre;
    Line norm = line(CellLines::tr("norm"), Norm, CellLines::tr("centred · weight + bias"), &Cell::norm);
    norm.toolTip = CellLines::tr("LayerNorm, with its learnt weight and bias of the channel.");
    norm.numbers << number(centred) << sign(" · ") << factor(cell.scale) << plus(cell.offset);
    lines << norm;
    Line next = line(CellLines::tr("new x"), X, CellLines::tr("norm + x"), &Cell::next);
    next.toolTip = CellLines::tr("What the next layer reads, or the head after the last.");
    next.numbers << number(cell.norm, Norm) << plus(cell.x, X);
    lines << next;
    return lines;
}

} // namespace samout
