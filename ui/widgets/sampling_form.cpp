// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/sampling_form.h"

#include "core/base/error.h"
#include "ui/widgets/kept_choices.h"
#include "ui/widgets/text_bar.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSpinBox>
#include <QStackedWidget>

namespace samout {

namespace {

template <typename Spin> Spin *newSpin(QWidget *parent, const QString &name, const QString &tip)
{
    auto *spin = new Spin(parent);
    spin->setButtonSymbols(QAbstractSpinBox::NoButtons);
    spin->setAlignment(Qt::AlignRight);
    spin->setToolTip(tip);
    spin->setAccessibleName(name);
    spin->setMinimumWidth(48);
    return spin;
}

} // namespace

SamplingForm::SamplingForm(QWidget *parent) : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(newSampling());
    column->addWidget(newMemory());
}

QWidget *SamplingForm::newSampling()
{
    auto *widget = new QWidget(this);
    auto *grid = new QGridLayout(widget);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(0);
    const auto add = [&](int column, const QString &name, QWidget *field) {
        auto *label = new QLabel(name, widget);
        label->setBuddy(field);
        label->setToolTip(field->toolTip());
        grid->addWidget(label, 0, column);
        grid->addWidget(field, 1, column);
        grid->setColumnStretch(column, 1);
    };
    m_temperature = newSpin<QDoubleSpinBox>(widget, tr("Temperature"),
                                            tr("Divides the logits before the draw: below 1 the likely gets likelier; "
                                               "0 always takes the likeliest token."));
    m_temperature->setRange(0, 100);
    m_temperature->setSingleStep(0.1);
    m_temperature->setValue(0.8);
    m_topK = newSpin<QSpinBox>(widget, tr("Top-k"), tr("Draws only among the k likeliest tokens; 0 is all."));
    m_topK->setRange(0, 1'000'000);
    m_topP = newSpin<QDoubleSpinBox>(
        widget, tr("Top-p"),
        tr("Draws only among the likeliest tokens that together reach this probability; 1 is all."));
    m_topP->setRange(0.01, 1);
    m_topP->setSingleStep(0.05);
    m_topP->setValue(1);
    m_length = newSpin<QSpinBox>(widget, tr("Length"), tr("Tokens to write."));
    m_length->setRange(1, 100'000);
    m_length->setValue(200);
    m_seed = newSpin<QSpinBox>(
        widget, tr("Seed"),
        tr("Where the draw's randomness comes from: the same seed, weights and settings write the same text."));
    m_seed->setRange(0, 2'000'000'000);
    int column = 0;
    for (QAbstractSpinBox *spin :
         std::initializer_list<QAbstractSpinBox *>{m_temperature, m_topK, m_topP, m_length, m_seed})
        add(column++, spin->accessibleName(), spin);
    return widget;
}

QWidget *SamplingForm::newMemory()
{
    auto *widget = new QWidget(this);
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_memory = new QComboBox(widget);
    m_memory->addItem(tr("Clear after a token"), static_cast<int>(Memory::ClearAt));
    m_memory->addItem(tr("Recompute over the newest"), static_cast<int>(Memory::Recompute));
    m_memory->addItem(tr("Carry for ever"), static_cast<int>(Memory::Carry));
    m_memory->setToolTip(
        tr("What happens to the running maximum as the text grows. It never decreases by itself: carried past the "
           "trained length it holds more than the network ever met, and the text decays."));
    m_memory->setAccessibleName(tr("Memory"));
    m_memory->setCurrentIndex(2);
    m_clearAt = new QLineEdit(QString(QChar(0x23CE)), widget);
    m_clearAt->setToolTip(tr("After this token the state is empty again; ⏎ is the end of a line."));
    m_clearAt->setAccessibleName(tr("Token after which the state is cleared"));
    m_context = newSpin<QSpinBox>(widget, tr("Tokens looked back on"),
                                  tr("For every token the state is computed anew from this many of the newest tokens; "
                                     "a token costs that much more."));
    m_context->setRange(1, 100'000);
    m_context->setValue(64);
    m_context->setSuffix(tr(" tokens"));
    m_detail = new QStackedWidget(widget);
    m_detail->addWidget(m_clearAt);
    m_detail->addWidget(m_context);
    m_detail->addWidget(new QWidget(m_detail));
    m_detail->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_detail->setMaximumWidth(120);
    m_detail->setCurrentIndex(2);
    connect(m_memory, &QComboBox::currentIndexChanged, m_detail, &QStackedWidget::setCurrentIndex);
    auto *label = new QLabel(tr("Memory"), widget);
    label->setToolTip(m_memory->toolTip());
    row->addWidget(label);
    row->addWidget(m_memory, 1);
    row->addWidget(m_detail);
    return widget;
}

GenerationOptions SamplingForm::options(const Vocabulary &vocabulary) const
{
    GenerationOptions options;
    options.sampling = {.temperature = m_temperature->value(),
                        .topK = m_topK->value(),
                        .topP = m_topP->value(),
                        .seed = static_cast<std::uint64_t>(m_seed->value())};
    options.sampling.check();
    options.memory = static_cast<Memory>(m_memory->currentData().toInt());
    if (options.memory == Memory::Recompute)
        options.context = m_context->value();
    if (options.memory == Memory::ClearAt) {
        const std::string symbol = withLineEnds(m_clearAt->text()).toStdString();
        bool number = false;
        const qlonglong id = m_clearAt->text().toLongLong(&number);
        options.clearAt = !vocabulary.isNumbers()                       ? vocabulary.find(symbol)
                          : number && id >= 0 && id < vocabulary.size() ? id
                                                                        : -1;
        if (options.clearAt < 0)
            throw Error(tr("“%1” is no token of this network, so the memory cannot be cleared after it.")
                            .arg(m_clearAt->text())
                            .toStdString());
    }
    return options;
}

void SamplingForm::keepIn(KeptChoices &choices) const
{
    choices.add(QStringLiteral("temperature"), m_temperature);
    choices.add(QStringLiteral("top_k"), m_topK);
    choices.add(QStringLiteral("top_p"), m_topP);
    choices.add(QStringLiteral("length"), m_length);
    choices.add(QStringLiteral("seed"), m_seed);
}

qint64 SamplingForm::length() const { return m_length->value(); }

void SamplingForm::setLength(int length) { m_length->setValue(length); }

void SamplingForm::setTemperature(double temperature) { m_temperature->setValue(temperature); }

void SamplingForm::setDefaults(qint64 trainedLength, qint64 lineEnd, const Vocabulary &vocabulary)
{
    if (trainedLength > 0)
        m_context->setValue(static_cast<int>(trainedLength));
    if (lineEnd >= 0)
        m_clearAt->setText(QString::fromStdString(vocabulary.label(lineEnd)));
    const Memory memory = lineEnd >= 0 ? Memory::ClearAt : trainedLength > 0 ? Memory::Recompute : Memory::Carry;
    m_memory->setCurrentIndex(m_memory->findData(static_cast<int>(memory)));
}

} // namespace samout
