// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/compute/devices.h"
#include "core/train/options.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace samout {

/// The options of the training that a person is about to start; the toolbar and the Train panel both show and change
/// them.
class TrainingSetup : public QObject {
    Q_OBJECT

public:
    /// Begins with the Classroom preset.
    explicit TrainingSetup(QObject *parent = nullptr);

    const TrainingOptions &options() const { return m_options; }
    void setOptions(TrainingOptions options);

    /// "article", "classroom", or empty if the options are no preset's. Data, steps, seed, device and threads do not
    /// count.
    QString preset() const;
    /// Takes a preset's options; device and threads stay.
    void choosePreset(const QString &name);

    QString source() const { return QString::fromStdString(m_options.data.source); }
    /// `source`: a kind of data, or a file. Resets the held-out share if the source changes.
    void setSource(const QString &source);
    /// The files that were chosen, the newest last.
    const QStringList &files() const { return m_files; }

    QString device() const { return QString::fromStdString(m_options.device); }
    void setDevice(const QString &device);
    /// The devices of this machine; empty until they are known.
    const std::vector<Device> &devices() const { return m_devices; }
    void setDevices(std::vector<Device> devices);

    /// What is wrong with the options, as a sentence; empty if they can be trained.
    QString problem() const;
    /// What is wrong with a field's typed text, as a sentence; problem() returns it before all else.
    void setInputProblem(const QString &problem);

signals:
    void changed();
    /// A preset was chosen; fields drop what was typed.
    void presetChosen();
    void devicesChanged();

private:
    TrainingOptions m_options;
    std::vector<Device> m_devices;
    QStringList m_files;
    QString m_inputProblem;
};

} // namespace samout
