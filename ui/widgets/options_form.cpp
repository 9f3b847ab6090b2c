// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/options_form.h"

#include "ui/models/commands.h"
#include "ui/models/training_setup.h"
#include "ui/widgets/fold_button.h"
#include "ui/work/translated.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <string>
#include <utility>

namespace samout {

namespace {

/// A flag's value in the option table.
const char *flagText(bool on) { return on ? "true" : "false"; }

} // namespace

OptionsForm::OptionsForm(TrainingSetup *setup, QWidget *parent) : QWidget(parent), m_setup(setup)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (const OptionGroup group : optionGroups) {
        QFormLayout *form = addGroup(column, group);
        for (const TrainingOption &option : trainingOptions)
            if (option.group == group && option.inForm)
                addField(form, option);
    }
    column->addStretch(1);
    connect(setup, &TrainingSetup::changed, this, &OptionsForm::showOptions);
    connect(setup, &TrainingSetup::presetChosen, this, [this] {
        for (const Field &field : m_fields)
            if (field.edit)
                field.edit->setModified(false);
        showOptions();
    });
    showOptions();
}

QFormLayout *OptionsForm::addGroup(QVBoxLayout *column, OptionGroup group)
{
    auto *body = new QWidget(this);
    auto *form = new QFormLayout(body);
    form->setContentsMargins(8, 0, 4, 4);
    form->setHorizontalSpacing(8);
    form->setVerticalSpacing(4);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->setFormAlignment(Qt::AlignRight | Qt::AlignTop);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const bool open = group == OptionGroup::Network || group == OptionGroup::Run;
    column->addWidget(new FoldButton(translated(titleOf(group)), body, open, this));
    column->addWidget(body);
    return form;
}

void OptionsForm::addField(QFormLayout *form, const TrainingOption &option)
{
    const QString title = translated(Text(option.title));
    const QString tip = translated(Text(option.help));
    Field field{.option = &option};
    if (option.isFlag()) {
        field.box = new QCheckBox(title, this);
        field.box->setToolTip(tip);
        setCommand(field.box, "settings.set");
        form->addRow(field.box);
        connect(field.box, &QCheckBox::clicked, this, &OptionsForm::takeInput);
    } else {
        field.edit = new QLineEdit(this);
        field.edit->setAlignment(Qt::AlignRight);
        field.edit->setFixedWidth(76);
        field.edit->setToolTip(tip);
        field.edit->setAccessibleName(title);
        auto *name = new QLabel(title, this);
        name->setToolTip(tip);
        name->setBuddy(field.edit);
        name->setMinimumWidth(108);
        form->addRow(name, field.edit);
        connect(field.edit, &QLineEdit::textEdited, this, &OptionsForm::takeInput);
    }
    m_fields.push_back(field);
}

void OptionsForm::showOptions()
{
    const TrainingOptions &options = m_setup->options();
    for (const auto &[option, edit, box] : m_fields) {
        const std::string text = option->text(options);
        if (box) {
            const QSignalBlocker blocker(box);
            box->setChecked(text == flagText(true));
            continue;
        }
        // Text that a person is typing stays as typed: "0.0" on the way to "0.01" is the number 0, "-" is not a number
        // yet.
        TrainingOptions typed = options;
        const bool readable = option->read(edit->text().toStdString(), typed);
        if (readable ? option->text(typed) != text : !edit->isModified())
            edit->setText(QString::fromStdString(text));
    }
}

void OptionsForm::takeInput()
{
    TrainingOptions options = m_setup->options();
    QString problem;
    for (const auto &[option, edit, box] : m_fields) {
        if (box)
            option->read(flagText(box->isChecked()), options);
        else if (!option->read(edit->text().toStdString(), options) && problem.isEmpty())
            problem = tr("“%1” is no number for “%2”.").arg(edit->text(), edit->accessibleName());
    }
    m_setup->setInputProblem(problem);
    m_setup->setOptions(std::move(options));
}

} // namespace samout
