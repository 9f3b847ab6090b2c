#include "ui/widgets/options_form.h"

#include "ui/models/training_setup.h"
#include "ui/widgets/fold_button.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <type_traits>
#include <utility>

namespace samout {

namespace {

template <typename Number> QString textOf(Number value)
{
    if constexpr (std::is_floating_point_v<Number>)
        return QString::number(value, 'g', 10);
    else
        return QString::number(value);
}

template <typename Number> bool readInto(Number &value, const QString &text)
{
    bool good = false;
    const QString trimmed = text.trimmed();
    Number read = 0;
    if constexpr (std::is_floating_point_v<Number>)
        read = trimmed.toDouble(&good);
    else if constexpr (std::is_unsigned_v<Number>)
        read = static_cast<Number>(trimmed.toULongLong(&good));
    else if constexpr (sizeof(Number) == sizeof(int))
        read = trimmed.toInt(&good);
    else
        read = static_cast<Number>(trimmed.toLongLong(&good));
    if (good)
        value = read;
    return good;
}

} // namespace

OptionsForm::OptionsForm(TrainingSetup *setup, QWidget *parent) : QWidget(parent), m_setup(setup)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    addNetwork(column);
    addData(column);
    addOptimiser(column);
    addRun(column);
    column->addStretch(1);
    connect(setup, &TrainingSetup::changed, this, &OptionsForm::showOptions);
    connect(setup, &TrainingSetup::presetChosen, this, [this] {
        for (const Field &field : m_fields)
            field.edit->setModified(false);
        showOptions();
    });
    showOptions();
}

QFormLayout *OptionsForm::addGroup(QVBoxLayout *column, const QString &title, bool open)
{
    auto *body = new QWidget(this);
    auto *form = new QFormLayout(body);
    form->setContentsMargins(8, 0, 4, 4);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->setFormAlignment(Qt::AlignRight | Qt::AlignTop);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    column->addWidget(new FoldButton(title, body, open, this));
    column->addWidget(body);
    return form;
}

void OptionsForm::addField(QFormLayout *form, const QString &label, const QString &tip, Field field)
{
    field.name = label;
    field.edit = new QLineEdit(this);
    field.edit->setAlignment(Qt::AlignRight);
    field.edit->setFixedWidth(76);
    field.edit->setToolTip(tip);
    field.edit->setAccessibleName(label);
    auto *name = new QLabel(label, this);
    name->setToolTip(tip);
    name->setBuddy(field.edit);
    name->setMinimumWidth(108);
    form->addRow(name, field.edit);
    connect(field.edit, &QLineEdit::textEdited, this, &OptionsForm::takeInput);
    m_fields.push_back(std::move(field));
}

template <typename Member>
void OptionsForm::addNumber(QFormLayout *form, const QString &label, const QString &tip,
                            Member TrainingOptions::*member)
{
    Field field;
    field.text = [member](const TrainingOptions &options) { return textOf(options.*member); };
    field.take = [member](TrainingOptions &options, const QString &text) { return readInto(options.*member, text); };
    addField(form, label, tip, std::move(field));
}

void OptionsForm::addNetwork(QVBoxLayout *column)
{
    QFormLayout *form = addGroup(column, tr("Network"), true);
    addNumber(form, tr("Hidden"),
              tr("Channels of a layer: all that the network remembers is this many numbers a layer, each the running "
                 "maximum of a candidate."),
              &TrainingOptions::hiddenSize);
    addNumber(form, tr("Heads"),
              tr("Groups of channels to look at side by side; divides hidden. The mathematics is per channel: the "
                 "number of heads changes no result."),
              &TrainingOptions::numHeads);
    addNumber(form, tr("Layers"), tr("Decoder layers, one after the other. The time of a step grows in proportion."),
              &TrainingOptions::numLayers);
}

void OptionsForm::addData(QVBoxLayout *column)
{
    QFormLayout *form = addGroup(column, tr("Data"), false);
    Field batch;
    batch.text = [](const TrainingOptions &options) { return textOf(options.data.batch); };
    batch.take = [](TrainingOptions &options, const QString &text) { return readInto(options.data.batch, text); };
    addField(form, tr("Batch"),
             tr("Sequences that go through the network in one step; 0 is all of them (article and .jsonl only)."),
             std::move(batch));
    Field length;
    length.text = [](const TrainingOptions &options) { return textOf(options.data.sequenceLength); };
    length.take = [](TrainingOptions &options, const QString &text) {
        return readInto(options.data.sequenceLength, text);
    };
    addField(
        form, tr("Sequence length"),
        tr("Most tokens in a sequence. Past this length the network has never been trained, and carried text decays."),
        std::move(length));
    Field heldOut;
    heldOut.text = [](const TrainingOptions &options) {
        return options.data.heldOut ? textOf(*options.data.heldOut) : QString();
    };
    heldOut.take = [](TrainingOptions &options, const QString &text) {
        if (text.trimmed().isEmpty()) {
            options.data.heldOut.reset();
            return true;
        }
        double share = 0;
        const bool good = readInto(share, text);
        if (good)
            options.data.heldOut = share;
        return good;
    };
    addField(form, tr("Held-out share"),
             tr("Share of a file that training never sees, to measure what was understood rather than learnt by heart. "
                "Empty: what suits the data (text 0.1, .jsonl 0)."),
             std::move(heldOut));
    addNumber(form, tr("Measured every"),
              tr("Steps between two measurements of the held-out loss; 0 is never. Each costs about the time of a "
                 "step's forward pass."),
              &TrainingOptions::heldOutEvery);
    addNumber(form, tr("Seed"),
              tr("Where all randomness comes from: weights, data, dropout. The same seed gives the same training, bit "
                 "for bit."),
              &TrainingOptions::seed);
}

void OptionsForm::addOptimiser(QVBoxLayout *column)
{
    QFormLayout *form = addGroup(column, tr("Optimiser"), false);
    addNumber(form, tr("Learning rate"),
              tr("How far Adam moves every weight in a step, about. Too large and the loss jumps or turns NaN; too "
                 "small and nothing happens."),
              &TrainingOptions::learningRate);
    addNumber(form, tr("Gradient clipping"),
              tr("The largest norm of the whole gradient; a larger one is scaled down to it. 0 is off."),
              &TrainingOptions::clipNorm);
    addNumber(form, tr("Warm-up steps"), tr("Steps over which the learning rate rises from 0; 0 is off."),
              &TrainingOptions::warmupSteps);
    m_cosine = new QCheckBox(tr("Cosine decay"), this);
    m_cosine->setToolTip(tr("The learning rate falls along half a cosine to 0 at the last step."));
    form->addRow(m_cosine);
    connect(m_cosine, &QCheckBox::clicked, this, &OptionsForm::takeInput);
    addNumber(form, tr("Weight decay"),
              tr("Share of every weight that is taken away at a step, times the learning rate (decoupled, as in "
                 "AdamW). 0 is off."),
              &TrainingOptions::weightDecay);
    addNumber(form, tr("Dropout"),
              tr("Share of the feed-forward output that is dropped at random in training, against learning by heart."),
              &TrainingOptions::dropout);
}

void OptionsForm::addRun(QVBoxLayout *column)
{
    QFormLayout *form = addGroup(column, tr("Run"), true);
    addNumber(form, tr("Steps"), tr("Updates to make; 0 trains until you press Stop."), &TrainingOptions::steps);
    addNumber(form, tr("Threads"),
              tr("Threads of the processor; 0 is one a core. Another number gives other last bits."),
              &TrainingOptions::threads);
    addNumber(form, tr("Snapshots (MB)"),
              tr("What the run keeps at most, of the weights at its steps; then those between others go, but never a "
                 "starred one, the first or the last."),
              &TrainingOptions::snapshotMegabytes);
    m_bfloat16 = new QCheckBox(tr("Products in bfloat16"), this);
    m_bfloat16->setToolTip(tr("On a GPU: faster and less exact. The state and all else stay float32."));
    form->addRow(m_bfloat16);
    connect(m_bfloat16, &QCheckBox::clicked, this, &OptionsForm::takeInput);
}

void OptionsForm::showOptions()
{
    const TrainingOptions &options = m_setup->options();
    for (const Field &field : m_fields) {
        // What a person is typing stays as typed: "0.0" on the way to "0.01" is the number 0, "-" is none yet.
        TrainingOptions typed = options;
        const bool readable = field.take(typed, field.edit->text());
        if (readable ? field.text(typed) != field.text(options) : !field.edit->isModified())
            field.edit->setText(field.text(options));
    }
    const QSignalBlocker blocker(m_cosine);
    m_cosine->setChecked(options.cosine);
    const QSignalBlocker bfloat16Blocker(m_bfloat16);
    m_bfloat16->setChecked(options.bfloat16);
}

void OptionsForm::takeInput()
{
    TrainingOptions options = m_setup->options();
    options.cosine = m_cosine->isChecked();
    options.bfloat16 = m_bfloat16->isChecked();
    QString problem;
    for (const Field &field : m_fields)
        if (!field.take(options, field.edit->text()) && problem.isEmpty())
            problem = tr("“%1” is no number for “%2”.").arg(field.edit->text(), field.name);
    m_setup->setInputProblem(problem);
    m_setup->setOptions(std::move(options));
}

} // namespace samout
