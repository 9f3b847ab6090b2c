// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/train/options.h"

#include <QWidget>

#include <vector>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QVBoxLayout;

namespace samout {

class TrainingSetup;

/// The training options that have no chooser elsewhere, one line each, in groups that fold, with a tooltip that
/// explains the option: the rows of the option table.
class OptionsForm : public QWidget {
    Q_OBJECT

public:
    explicit OptionsForm(TrainingSetup *setup, QWidget *parent = nullptr);

private:
    /// One line of the form: a check box for a flag, else an edit.
    struct Field {
        const TrainingOption *option = nullptr;
        QLineEdit *edit = nullptr;
        QCheckBox *box = nullptr;
    };

    QFormLayout *addGroup(QVBoxLayout *column, OptionGroup group);
    void addField(QFormLayout *form, const TrainingOption &option);
    void showOptions();
    void takeInput();

    TrainingSetup *m_setup;
    std::vector<Field> m_fields;
};

} // namespace samout
