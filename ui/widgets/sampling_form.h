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

/// How a text is to be written: sampling, length, and what happens to the memory.
class SamplingForm : public QWidget {
    Q_OBJECT

public:
    explicit SamplingForm(QWidget *parent = nullptr);

    /// Throws Error where the options cannot be or the token to clear at is not in the vocabulary.
    GenerationOptions options(const Vocabulary &vocabulary) const;
    qint64 length() const;
    void setLength(int length);
    void setTemperature(double temperature);
    /// What suits the data: the trained length (0 where it is not known) and the token that ends a line (-1 where
    /// there are no lines).
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
