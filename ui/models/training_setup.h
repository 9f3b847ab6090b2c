// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/compute/devices.h"
#include "core/train/options.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <vector>

namespace samout {

/// The training that a person is about to start: one set of options that the toolbar and the Train panel both
/// show and change.
class TrainingSetup : public QObject {
    Q_OBJECT

public:
    /// With the Classroom preset.
    explicit TrainingSetup(QObject *parent = nullptr);

    const TrainingOptions &options() const { return m_options; }
    void setOptions(TrainingOptions options);

    /// "article", "classroom", or empty where the options are no preset's. Its data, steps, seed, device and
    /// threads may be any.
    QString preset() const;
    /// Takes over a preset's options; device and threads stay.
    void choosePreset(const QString &name);

    QString source() const { return QString::fromStdString(m_options.data.source); }
    /// A kind of data or a file. A held-out share of another source is dropped.
    void setSource(const QString &source);
    /// Files that were chosen, the newest last.
    const QStringList &files() const { return m_files; }

    QString device() const { return QString::fromStdString(m_options.device); }
    void setDevice(const QString &device);
    /// Those there are; empty until they are known.
    const std::vector<Device> &devices() const { return m_devices; }
    void setDevices(std::vector<Device> devices);

    /// What is wrong with the options, as a sentence; empty where they can be trained.
    QString problem() const;
    /// What cannot be read in a field that a person types into, as a sentence; stands before all else.
    void setInputProblem(const QString &problem);

signals:
    void changed();
    /// Everything that was typed is void.
    void presetChosen();
    void devicesChanged();

private:
    TrainingOptions m_options;
    std::vector<Device> m_devices;
    QStringList m_files;
    QString m_inputProblem;
};

} // namespace samout
