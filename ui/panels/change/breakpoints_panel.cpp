// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/change/breakpoints_panel.h"

#include "core/base/error.h"
#include "core/base/text_form.h"
#include "ui/models/commands.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/panel_header.h"
#include "ui/work/live.h"
#include "ui/work/translated.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace samout {

namespace {

using Kind = Breakpoint::Kind;

enum Column { Condition, Value, Met, ColumnCount };
constexpr int mostLayers = 1000;
/// A condition wider than this many pixels is shown in two lines.
constexpr int oneLine = 120;
const QString listKey = QStringLiteral("breakpoints");
/// The entry in the list if the person switched the not-finite breakpoint off.
const QString notFiniteOff = QStringLiteral("off not-finite");

/// Lets the person edit only the column of values.
class ValueDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return index.column() == Value ? QStyledItemDelegate::createEditor(parent, option, index) : nullptr;
    }
};

QString conditionText(const Breakpoint &breakpoint)
{
    switch (breakpoint.kind) {
    case Kind::Step:
        return BreakpointsPanel::tr("At step");
    case Kind::HeldOut:
        return BreakpointsPanel::tr("Held-out loss rises, times in a row");
    case Kind::Alpha:
        return BreakpointsPanel::tr("Alpha of layer %1 crosses").arg(breakpoint.layer);
    case Kind::Gradient:
        return BreakpointsPanel::tr("Gradient norm above");
    case Kind::Changes:
        return BreakpointsPanel::tr("States change more rarely than k/(t+1)");
    }
    return {};
}

QString tipText(Kind kind)
{
    switch (kind) {
    case Kind::Step:
        return BreakpointsPanel::tr("Pauses when this step is made.");
    case Kind::HeldOut:
        return BreakpointsPanel::tr("Counted at the steps that measure the held-out loss (see Measured every in the "
                                    "settings). A rise while the training loss falls means learning by heart.");
    case Kind::Alpha:
        return BreakpointsPanel::tr("Pauses when a step takes the layer's alpha from one side of the value to the "
                                    "other.");
    case Kind::Gradient:
        return BreakpointsPanel::tr(
            "The L2 norm of the whole gradient, before clipping. Pauses when it becomes larger, "
            "not again as long as it stays so.");
    case Kind::Changes:
        return BreakpointsPanel::tr(
            "A running maximum of anything changes with chance 1/(t+1) at position t. Counted over 16 held-out "
            "sequences: the changes of a layer's states, divided by the sum of 1/(t+1). It is measured at every 20th "
            "step while this breakpoint is on, which takes less than 2 % of the training's time.");
    }
    return {};
}

} // namespace

BreakpointsPanel::BreakpointsPanel(QWidget *parent)
    : Panel(tr("Breakpoints"), parent), m_strip(new MessageStrip(this)),
      m_hint(new QLabel(tr("The training pauses where a condition comes true. Choose one below and press Add."), this)),
      m_list(new QTreeWidget(this)), m_kind(new QComboBox(this)), m_layer(new QSpinBox(this)),
      m_value(new QLineEdit(this)), m_remove(new QPushButton(tr("Remove"), this))
{
    m_list->setRootIsDecorated(false);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHeaderLabels({tr("Pause when"), tr("Value"), tr("Met")});
    m_list->header()->setStretchLastSection(false);
    m_list->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Condition, QHeaderView::Stretch);
    m_list->setItemDelegate(new ValueDelegate(m_list));
    m_list->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                            QAbstractItemView::SelectedClicked);
    m_list->setWordWrap(true);
    m_list->setAccessibleName(tr("Breakpoints"));
    m_hint->setWordWrap(true);
    setCommand(m_remove, "breakpoint.remove");
    m_remove->setToolTip(tr("Remove the chosen breakpoint"));

    auto *body = new QVBoxLayout;
    body->setContentsMargins(12, 4, 12, 12);
    body->setSpacing(8);
    body->addWidget(m_hint);
    body->addWidget(m_list, 1);
    body->addWidget(newForm());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    header()->controls()->addWidget(m_remove);
    column->addWidget(header());
    column->addWidget(m_strip);
    column->addLayout(body, 1);
    setMinimumWidth(260);
    m_list->setMinimumHeight(120);

    connect(m_list, &QTreeWidget::itemChanged, this, &BreakpointsPanel::edited);
    connect(m_list, &QTreeWidget::currentItemChanged, this,
            [this] { m_remove->setEnabled(m_list->indexOfTopLevelItem(m_list->currentItem()) > 0); });
    connect(m_remove, &QPushButton::clicked, this, &BreakpointsPanel::remove);
    showList();
    showForm();
}

void BreakpointsPanel::connectTo(const PanelContext &context)
{
    connect(context.live, &Live::prepared, this, &BreakpointsPanel::setTraining);
    connect(context.live, &Live::broke, this, &BreakpointsPanel::showHit);
    const auto watch = [this, live = context.live] {
        live->training().send(SetBreakpoints{.breakpoints = active(), .atNotFinite = breaksAtNotFinite()});
    };
    connect(this, &BreakpointsPanel::changed, context.live, watch);
    watch();
}

QWidget *BreakpointsPanel::newForm()
{
    for (const Kind kind : {Kind::Step, Kind::HeldOut, Kind::Alpha, Kind::Gradient, Kind::Changes}) {
        const QString text = kind == Kind::Alpha ? tr("Alpha of a layer crosses") : conditionText({.kind = kind});
        m_kind->addItem(text, static_cast<int>(kind));
        m_kind->setItemData(m_kind->count() - 1, tipText(kind), Qt::ToolTipRole);
    }
    m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_kind->setAccessibleName(tr("Condition"));
    m_layer->setRange(0, mostLayers - 1);
    m_layer->setPrefix(tr("Layer "));
    m_layer->setAccessibleName(tr("Layer"));
    m_value->setAlignment(Qt::AlignRight);
    m_value->setAccessibleName(tr("Value"));
    auto *button = new QPushButton(tr("Add"), this);
    setCommand(button, "breakpoint.add");
    button->setToolTip(tr("Add this breakpoint, switched on"));

    auto *form = new QWidget(this);
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_kind);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    row->addWidget(m_layer);
    row->addWidget(m_value, 1);
    row->addWidget(button);
    column->addLayout(row);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &BreakpointsPanel::showForm);
    connect(button, &QPushButton::clicked, this, &BreakpointsPanel::add);
    connect(m_value, &QLineEdit::returnPressed, this, &BreakpointsPanel::add);
    return form;
}

void BreakpointsPanel::showForm()
{
    const auto kind = static_cast<Kind>(m_kind->currentData().toInt());
    m_layer->setVisible(kind == Kind::Alpha);
    m_kind->setToolTip(tipText(kind));
    switch (kind) {
    case Kind::Step:
        return m_value->setText(QStringLiteral("100"));
    case Kind::HeldOut:
        return m_value->setText(QStringLiteral("3"));
    case Kind::Alpha:
        return m_value->setText(QStringLiteral("0.4"));
    case Kind::Gradient:
        return m_value->setText(QStringLiteral("10"));
    case Kind::Changes:
        return m_value->setText(QStringLiteral("0.5"));
    }
}

std::vector<Breakpoint> BreakpointsPanel::active() const
{
    std::vector<Breakpoint> breakpoints;
    for (const Entry &entry : m_entries)
        if (entry.on)
            breakpoints.push_back(entry.breakpoint);
    return breakpoints;
}

void BreakpointsPanel::setState(const QJsonObject &state)
{
    if (!state.contains(listKey))
        return;
    m_notFinite.on = true;
    const std::vector<Entry> before = std::exchange(m_entries, {});
    for (const QJsonValue &value : state[listKey].toArray()) {
        const QString text = value.toString();
        if (text == notFiniteOff) {
            m_notFinite.on = false;
            continue;
        }
        try {
            Entry entry{.breakpoint = parseBreakpoint(text.section(QLatin1Char(' '), 1).toStdString())};
            const auto same = std::ranges::find(before, entry.breakpoint, &Entry::breakpoint);
            if (same != before.end())
                entry = *same; // and where it was met
            entry.on = text.startsWith(QLatin1String("on "));
            m_entries.push_back(entry);
        } catch (const Error &) {
            // Written by a newer version.
        }
    }
    showList();
    emit changed();
}

QJsonObject BreakpointsPanel::state() const
{
    QJsonArray texts;
    if (!m_notFinite.on)
        texts += notFiniteOff;
    for (const Entry &entry : m_entries)
        texts += (entry.on ? QStringLiteral("on ") : QStringLiteral("off ")) +
                 QString::fromStdString(breakpointText(entry.breakpoint));
    return {{listKey, texts}};
}

QString BreakpointsPanel::table() const
{
    QString table = QStringLiteral("state\tbreakpoint\tmet at step\n");
    const auto add = [&table](const Entry &entry, const QString &text) {
        table += QStringLiteral("%1\t%2\t%3\n")
                     .arg(entry.on ? QStringLiteral("on") : QStringLiteral("off"), text,
                          entry.met > 0 ? QString::number(entry.met) : QString());
    };
    add(m_notFinite, QStringLiteral("not-finite"));
    for (const Entry &entry : m_entries)
        add(entry, QString::fromStdString(breakpointText(entry.breakpoint)));
    return table;
}

void BreakpointsPanel::keep()
{
    emit stateChanged();
    emit changed();
}

QTreeWidgetItem *BreakpointsPanel::newLine(const QString &condition, const Entry &entry)
{
    auto *line = new QTreeWidgetItem(m_list, {condition});
    line->setCheckState(Condition, entry.on ? Qt::Checked : Qt::Unchecked);
    if (fontMetrics().horizontalAdvance(condition) > oneLine)
        line->setSizeHint(Condition, QSize(0, 2 * fontMetrics().lineSpacing() + 2));
    line->setTextAlignment(Value, Qt::AlignRight | Qt::AlignVCenter);
    line->setTextAlignment(Met, Qt::AlignRight | Qt::AlignVCenter);
    if (entry.met > 0)
        line->setText(Met, tr("step %1").arg(entry.met));
    line->setToolTip(Met, entry.sentence);
    return line;
}

void BreakpointsPanel::showList()
{
    m_showing = true;
    m_list->clear();
    newLine(tr("Loss or gradient not finite"), m_notFinite)
        ->setToolTip(Condition,
                     tr("Such a step is not made, and the last good weights stay. Switched off, the training "
                        "does not pause there: it passes the step over and goes on with the next data. This "
                        "breakpoint cannot be removed."));
    for (const Entry &entry : m_entries) {
        QTreeWidgetItem *line = newLine(conditionText(entry.breakpoint), entry);
        line->setFlags(line->flags() | Qt::ItemIsEditable);
        line->setText(Value, QString::fromStdString(numberText(entry.breakpoint.value)));
        for (const int column : {Condition, Value})
            line->setToolTip(column, tipText(entry.breakpoint.kind));
        if (const QString why = whyNever(entry.breakpoint); !why.isEmpty()) {
            line->setText(Met, tr("never"));
            line->setToolTip(Met, why);
        }
    }
    m_hint->setVisible(m_entries.empty());
    m_remove->setEnabled(false);
    m_showing = false;
}

void BreakpointsPanel::add()
{
    const QString value = m_value->text().trimmed();
    Breakpoint breakpoint{.kind = static_cast<Kind>(m_kind->currentData().toInt())};
    if (breakpoint.kind == Kind::Alpha)
        breakpoint.layer = m_layer->value();
    bool good = false;
    breakpoint.value = value.toDouble(&good);
    try {
        if (!good)
            throw Error(tr("“%1” is no number for the breakpoint; it should be one as 10.").arg(value).toStdString());
        checkBreakpoint(breakpoint);
    } catch (const Error &error) {
        return m_strip->say(MessageStrip::Kind::Error, translated(error));
    }
    m_strip->clear();
    m_entries.push_back({.breakpoint = breakpoint});
    showList();
    keep();
}

void BreakpointsPanel::remove()
{
    const int line = m_list->indexOfTopLevelItem(m_list->currentItem());
    if (line < 1)
        return;
    m_entries.erase(m_entries.begin() + (line - 1));
    showList();
    keep();
}

/// Called when a box was switched or a value typed.
void BreakpointsPanel::edited(QTreeWidgetItem *item, int column)
{
    const int line = m_list->indexOfTopLevelItem(item);
    if (m_showing || line < 0 || column == Met)
        return;
    if (line == 0) { // the not-finite breakpoint has no value
        m_notFinite.on = item->checkState(Condition) == Qt::Checked;
        return keep();
    }
    Entry &entry = m_entries[static_cast<std::size_t>(line - 1)];
    if (column == Condition) {
        entry.on = item->checkState(Condition) == Qt::Checked;
        return keep();
    }
    Breakpoint other = entry.breakpoint;
    bool good = false;
    other.value = item->text(Value).toDouble(&good);
    try {
        if (!good)
            throw Error(tr("“%1” is no number for the breakpoint; it should be one as 10.")
                            .arg(item->text(Value))
                            .toStdString());
        checkBreakpoint(other);
        entry.breakpoint = other;
        m_strip->clear();
        keep();
    } catch (const Error &error) {
        m_strip->say(MessageStrip::Kind::Error, translated(error));
    }
    m_showing = true;
    item->setText(Value, QString::fromStdString(numberText(entry.breakpoint.value)));
    m_showing = false;
}

void BreakpointsPanel::showHit(const BreakpointHit &hit)
{
    for (Entry &entry : m_entries)
        if (hit.breakpoint == entry.breakpoint) {
            entry.met = hit.step;
            entry.sentence = translated(hit.sentence);
        }
    if (!hit.breakpoint)
        m_notFinite = {.on = m_notFinite.on, .met = hit.step, .sentence = translated(hit.sentence)};
    m_strip->say(MessageStrip::Kind::Info, translated(hit.sentence));
    showList();
}

void BreakpointsPanel::setTraining(const TrainingFacts &facts)
{
    m_strip->clear();
    m_facts = facts;
    for (Entry &entry : m_entries)
        entry = {.breakpoint = entry.breakpoint, .on = entry.on};
    m_notFinite = {.on = m_notFinite.on};
    showList();
}

/// A sentence if this training cannot meet the breakpoint; else empty.
QString BreakpointsPanel::whyNever(const Breakpoint &breakpoint) const
{
    using NeverMet = TrainingFacts::NeverMet;
    switch (m_facts ? m_facts->neverMet(breakpoint) : NeverMet::MayBeMet) {
    case NeverMet::NoSuchLayer:
        return tr("There is no such layer; the layers of this network are 0 to %1.").arg(m_facts->config.numLayers - 1);
    case NeverMet::NoHeldOutLoss:
        return tr("This training measures no held-out loss.");
    case NeverMet::NoHeldOutData:
        return tr("The data of this training has no held-out sequences.");
    case NeverMet::StepNotReached: // the person may still move the end
    case NeverMet::MayBeMet:
        break;
    }
    return {};
}

} // namespace samout
