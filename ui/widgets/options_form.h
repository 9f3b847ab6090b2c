#pragma once

#include "core/train/options.h"

#include <QWidget>

#include <functional>
#include <vector>

class QCheckBox;
class QFormLayout;
class QLineEdit;
class QVBoxLayout;

namespace samout {

class TrainingSetup;

/// Every setting of a training in groups that fold, each with a tooltip that teaches.
class OptionsForm : public QWidget {
    Q_OBJECT

public:
    explicit OptionsForm(TrainingSetup *setup, QWidget *parent = nullptr);

private:
    /// One line: how it is read out of the options and written into them.
    struct Field {
        QLineEdit *edit = nullptr;
        QString name;
        std::function<QString(const TrainingOptions &)> text;
        /// False where the text cannot be read.
        std::function<bool(TrainingOptions &, const QString &)> take;
    };

    QFormLayout *addGroup(QVBoxLayout *column, const QString &title, bool open);
    void addField(QFormLayout *form, const QString &label, const QString &tip, Field field);
    template <typename Member>
    void addNumber(QFormLayout *form, const QString &label, const QString &tip, Member TrainingOptions::*member);
    void addData(QVBoxLayout *column);
    void addNetwork(QVBoxLayout *column);
    void addOptimiser(QVBoxLayout *column);
    void addRun(QVBoxLayout *column);
    void showOptions();
    void takeInput();

    TrainingSetup *m_setup;
    std::vector<Field> m_fields;
    QCheckBox *m_cosine = nullptr;
    QCheckBox *m_bfloat16 = nullptr;
};

} // namespace samout
