// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/watch/train_panel.h"

#include "core/base/error.h"
#include "ui/models/commands.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/widgets/choosers.h"
#include "ui/widgets/fold_button.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/options_form.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/training_controls.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"
#include "ui/work/translated.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QFontDatabase>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace samout {

namespace {

enum Row { Step, Loss, HeldOut, Rate, Norm, StepsPerSecond, TokensPerSecond, RowCount };

QString shortNumber(double value)
{
    return std::isfinite(value) ? QString::number(value, 'g', 4) : QStringLiteral("NaN");
}

QString fullNumber(double value) { return QString::number(value, 'g', 17); }

void setFaint(QLabel *label)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, palette.color(QPalette::PlaceholderText));
    label->setPalette(palette);
}

} // namespace

TrainPanel::TrainPanel(TrainingSetup *setup, TrainingControls *controls, QWidget *parent)
    : Panel(tr("Train"), parent), m_setup(setup), m_controls(controls), m_status(new QLabel(this)),
      m_strip(new MessageStrip(this)), m_teaches(new QLabel(this)), m_settings(new QScrollArea(this)),
      m_fold(new FoldButton(tr("Settings"), m_settings, true, this)), m_problem(new QLabel(this)),
      m_facts(new QLabel(this))
{
    header()->controls()->addWidget(m_status);
    m_teaches->setWordWrap(true);
    m_facts->setWordWrap(true);
    m_problem->setWordWrap(true);
    m_problem->setTextFormat(Qt::PlainText);

    auto *choice = new QFormLayout;
    choice->setHorizontalSpacing(8);
    choice->setVerticalSpacing(4);
    choice->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    choice->addRow(tr("Preset"), newPresetChooser(setup, this));
    choice->addRow(tr("Data"), newDataChooser(setup, this));
    choice->addRow(tr("Device"), newDeviceChooser(setup, this));

    m_fold->setToolTip(tr("Settings of the next training"));
    m_settings->setWidget(new OptionsForm(setup, m_settings));
    m_settings->setWidgetResizable(true);
    m_settings->setFrameShape(QFrame::NoFrame);
    m_settings->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_settings->viewport()->setAutoFillBackground(false);
    m_settings->widget()->setAutoFillBackground(false);

    auto *body = new QVBoxLayout;
    body->setContentsMargins(12, 4, 12, 12);
    body->setSpacing(8);
    body->addLayout(choice);
    body->addWidget(m_teaches);
    body->addWidget(newButtons(controls));
    body->addWidget(m_problem);
    body->addWidget(m_fold);
    body->addWidget(m_settings, 1000);
    body->addWidget(m_rateRow = newRateChange());
    body->addWidget(newNumbers());
    body->addWidget(m_facts);
    body->addStretch(1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header());
    column->addWidget(m_strip);
    column->addLayout(body);
    setMinimumWidth(260);
    for (QLabel *label : {m_teaches, m_facts, m_status})
        setFaint(label);

    connect(setup, &TrainingSetup::changed, this, &TrainPanel::showSetup);
    showSetup();
    clearNumbers();
    setStatus(SessionStatus::Idle, {});
    m_facts->setText(tr("The numbers of the last step will be here. Press Start."));
}

void TrainPanel::connectTo(const PanelContext &context)
{
    connect(context.live, &Live::prepared, this, &TrainPanel::setTraining);
    connect(context.live, &Live::stepped, this, &TrainPanel::addSteps);
    connect(context.live, &Live::statusChanged, this, &TrainPanel::setStatus);
    connect(context.live, &Live::remarked, this, &TrainPanel::showInfo);
    connect(context.shownRun, &ShownRun::problem, this, &TrainPanel::showError);
    connect(context.workspace, &Workspace::informed, this, &TrainPanel::showInfo);
    connect(context.workspace, &Workspace::failed, this, &TrainPanel::showError);
}

QWidget *TrainPanel::newButtons(TrainingControls *controls)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    for (QAction *action : {controls->start(), controls->pause(), controls->step(), controls->stop()}) {
        auto *button = new QToolButton(row);
        button->setDefaultAction(action);
        button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
        button->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        button->setFocusPolicy(Qt::TabFocus);
        layout->addWidget(button);
    }
    return row;
}

QWidget *TrainPanel::newNumbers()
{
    struct Line {
        QString name, tip;
    };
    const Line lines[RowCount] = {
        {tr("Step"), tr("Updates made so far.")},
        {tr("Loss"), tr("Mean of -ln p(next token) over the batch's tokens, in nats, before this step's update.")},
        {tr("Held-out loss"),
         tr("The same over sequences that training never sees, after the update, on the steps that measure it.")},
        {tr("Learning rate"), tr("What this step used, warm-up and cosine included.")},
        {tr("Gradient norm"), tr("The length of the whole gradient as one vector (L2), before clipping.")},
        {tr("Steps a second"), tr("From batch to update, smoothed over about twenty steps.")},
        {tr("Tokens a second"), tr("Targets that count, smoothed over about twenty steps.")},
    };
    auto *widget = new QWidget(this);
    auto *grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->setColumnStretch(0, 1);
    const QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    for (int i = 0; i < RowCount; ++i) {
        auto *name = new QLabel(lines[i].name, widget);
        name->setToolTip(lines[i].tip);
        auto *number = new QLabel(widget);
        number->setFont(fixed);
        number->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        grid->addWidget(name, i, 0);
        grid->addWidget(number, i, 1);
        m_names.append(name);
        m_numbers.append(number);
    }
    return widget;
}

QWidget *TrainPanel::newRateChange()
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    m_rate = new QLineEdit(row);
    m_rate->setAlignment(Qt::AlignRight);
    const QString tip =
        tr("Another learning rate for this training, from the next step on; warm-up and cosine scale it.");
    m_rate->setToolTip(tip);
    m_rate->setAccessibleName(tr("Learning rate from the next step on"));
    auto *label = new QLabel(tr("Learning rate"), row);
    label->setToolTip(tip);
    auto *apply = new QPushButton(tr("Apply"), row);
    apply->setToolTip(tip);
    setCommand(apply, "training.edit", {{"kind", "learning_rate"}});
    layout->addWidget(label);
    layout->addWidget(m_rate, 1);
    layout->addWidget(apply);
    connect(apply, &QPushButton::clicked, this, &TrainPanel::applyRate);
    connect(m_rate, &QLineEdit::returnPressed, this, &TrainPanel::applyRate);
    return row;
}

void TrainPanel::applyRate()
{
    bool good = false;
    const double rate = m_rate->text().trimmed().toDouble(&good);
    if (!good)
        return showError(
            tr("“%1” is no number for the learning rate; it should be above 0, as 0.001.").arg(m_rate->text()));
    try {
        m_controls->apply(SetLearningRate{rate});
        showInfo(tr("The learning rate is %1 from the next step on.").arg(rate, 0, 'g', 6));
    } catch (const Error &error) {
        showError(translated(error));
    }
}

void TrainPanel::setTraining(const TrainingFacts &facts)
{
    clearNumbers();
    m_rate->setText(QString::number(facts.options.learningRate, 'g', 10));
    m_facts->setText(
        tr("%1 parameters, trained on %2.")
            .arg(QLocale().toString(static_cast<qlonglong>(facts.parameters)), QString::fromStdString(facts.device)));
}

void TrainPanel::addSteps(const QList<StepMetrics> &steps)
{
    if (steps.isEmpty())
        return;
    for (const StepMetrics &metrics : steps) {
        const double weight = m_secondsPerStep > 0 ? 0.05 : 1;
        m_secondsPerStep += weight * (metrics.seconds - m_secondsPerStep);
        if (metrics.heldOutLoss) {
            m_heldOut = *metrics.heldOutLoss;
            m_heldOutStep = metrics.step;
        }
    }
    m_last = steps.last();
    showNumbers();
}

void TrainPanel::setStatus(SessionStatus status, const QString &reason)
{
    m_status->setText(statusName(status));
    const bool active = status == SessionStatus::Preparing || status == SessionStatus::Running ||
                        status == SessionStatus::Pausing || status == SessionStatus::Paused;
    m_rateRow->setVisible(active && status != SessionStatus::Preparing);
    if (status == SessionStatus::Preparing) {
        m_strip->clear();
        m_fold->setOpen(false);
    } else if (status == SessionStatus::Failed || (status == SessionStatus::Stopped && m_last.step == 0)) {
        m_fold->setOpen(true);
    }
    if (reason.isEmpty())
        return;
    if (status == SessionStatus::Failed || status == SessionStatus::Paused)
        showError(reason);
    else
        showInfo(reason);
}

void TrainPanel::showError(const QString &sentence) { m_strip->say(MessageStrip::Kind::Error, sentence); }

void TrainPanel::showInfo(const QString &sentence) { m_strip->say(MessageStrip::Kind::Info, sentence); }

QString TrainPanel::message() const { return m_strip->text(); }

void TrainPanel::showSetup()
{
    const QString problem = m_setup->problem();
    m_problem->setText(problem.isEmpty() ? problem : QStringLiteral("⚠ ") + problem);
    m_problem->setVisible(!problem.isEmpty());
    QString teaches;
    for (const DataKind &kind : dataKinds())
        if (m_setup->source() == QString::fromStdString(kind.name))
            teaches = translated(kind.teaches);
    m_teaches->setText(teaches.isEmpty() ? m_setup->source() : teaches);
}

void TrainPanel::showNumbers()
{
    const double rate = m_secondsPerStep > 0 ? 1 / m_secondsPerStep : 0;
    const auto set = [this](Row row, const QString &text, const QString &full) {
        m_numbers[row]->setText(text);
        m_numbers[row]->setToolTip(full);
    };
    set(Step, QString::number(m_last.step), {});
    set(Loss, shortNumber(m_last.loss), tr("%1 nats a token").arg(fullNumber(m_last.loss)));
    if (m_heldOutStep > 0)
        set(HeldOut, shortNumber(m_heldOut),
            tr("%1 nats a token, measured at step %2").arg(fullNumber(m_heldOut)).arg(m_heldOutStep));
    set(Rate, shortNumber(m_last.learningRate), fullNumber(m_last.learningRate));
    set(Norm, shortNumber(m_last.gradientNorm), fullNumber(m_last.gradientNorm));
    set(StepsPerSecond, shortNumber(rate), tr("%1 s for the last step").arg(fullNumber(m_last.seconds)));
    set(TokensPerSecond, QLocale::c().toString(std::round(rate * static_cast<double>(m_last.tokens)), 'f', 0), {});
}

void TrainPanel::clearNumbers()
{
    m_last = {};
    m_heldOutStep = 0;
    m_secondsPerStep = 0;
    for (QLabel *number : m_numbers) {
        number->setText(QStringLiteral("–"));
        number->setToolTip({});
    }
}

QString TrainPanel::table() const
{
    QStringList lines;
    for (int i = 0; i < RowCount; ++i)
        lines += m_names[i]->text() + QLatin1Char('\t') + m_numbers[i]->text();
    return lines.join(QLatin1Char('\n'));
}

void TrainPanel::changeEvent(QEvent *event)
{
    Panel::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    for (QLabel *label : {m_teaches, m_facts, m_status}) {
        label->setPalette(palette());
        setFaint(label);
    }
}

} // namespace samout
