// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/infer/generator.h"

#include <QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QStackedWidget;

namespace samout {

class KeptChoices;

/// A form for generating a text: sampling, length, and the memory mode.
class SamplingForm : public QWidget {
    Q_OBJECT

public:
    explicit SamplingForm(QWidget *parent = nullptr);

    /// Throws Error if the options are invalid, or if the token to clear at is not in the vocabulary.
    GenerationOptions options(const Vocabulary &vocabulary) const;
    qint64 length() const;
    /// Keeps sampling and length. How the memory is cleared depends on the data.
    void keepIn(KeptChoices &choices) const;
    void setLength(int length);
    void setTemperature(double temperature);
    /// Sets defaults that suit the data: the trained length (0: unknown) and the token that ends a line (-1: no lines).
    void setDefaults(qint64 trainedLength, qint64 lineEnd, const Vocabulary &vocabulary);

private:
    QWidget *newSampling();
    QWidget *newMemory();

    QDoubleSpinBox *m_temperature;
    QSpinBox *m_topK;
    QDoubleSpinBox *m_topP;
    QSpinBox *m_length;
    QSpinBox *m_seed;
    QComboBox *m_memory;
    QStackedWidget *m_detail;
    QLineEdit *m_clearAt;
    QSpinBox *m_context;
};

} // namespace samout
