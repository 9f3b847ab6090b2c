// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/training_setup.h"

#include "core/base/error.h"
#include "ui/work/translated.h"

#include <algorithm>
#include <utility>

namespace samout {

TrainingSetup::TrainingSetup(QObject *parent) : QObject(parent), m_options(classroomPreset()) {}

void TrainingSetup::setOptions(TrainingOptions options)
{
    if (options == m_options)
        return;
    m_options = std::move(options);
    const QString file = source();
    if (!isDataKind(file.toStdString()) && !m_files.contains(file))
        m_files.append(file);
    emit changed();
}

QString TrainingSetup::preset() const
{
    for (const char *name : {"article", "classroom"}) {
        TrainingOptions options = presetNamed(name);
        options.device = m_options.device;
        options.threads = m_options.threads;
        options.steps = m_options.steps;
        options.seed = m_options.seed;
        options.data.source = m_options.data.source;
        options.data.heldOut = m_options.data.heldOut;
        if (options == m_options)
            return QString::fromLatin1(name);
    }
    return {};
}

void TrainingSetup::choosePreset(const QString &name)
{
    TrainingOptions options = presetNamed(name.toStdString());
    options.device = m_options.device;
    options.threads = m_options.threads;
    emit presetChosen();
    setInputProblem({});
    setOptions(std::move(options));
}

void TrainingSetup::setSource(const QString &source)
{
    TrainingOptions options = m_options;
    options.data.source = source.toStdString();
    if (options.data.source != m_options.data.source)
        options.data.heldOut.reset();
    setOptions(std::move(options));
}

void TrainingSetup::setDevice(const QString &device)
{
    TrainingOptions options = m_options;
    options.device = device.toStdString();
    setOptions(std::move(options));
}

void TrainingSetup::setDevices(std::vector<Device> devices)
{
    m_devices = std::move(devices);
    emit devicesChanged();
}

void TrainingSetup::setInputProblem(const QString &problem)
{
    if (problem == m_inputProblem)
        return;
    m_inputProblem = problem;
    emit changed();
}

QString TrainingSetup::problem() const
{
    if (!m_inputProblem.isEmpty())
        return m_inputProblem;
    try {
        m_options.check();
    } catch (const Error &error) {
        return translated(error);
    }
    return {};
}

} // namespace samout
