// SPDX-License-Identifier: GPL-3.0-only
#pragma once

class QComboBox;
class QWidget;

namespace samout {

class TrainingSetup;

/// Combo boxes that show one choice of the training's set-up and change it; any number of them stay alike.
QComboBox *newPresetChooser(TrainingSetup *setup, QWidget *parent);
/// Kinds of data, files chosen before, and entries that ask for a file.
QComboBox *newDataChooser(TrainingSetup *setup, QWidget *parent);
QComboBox *newDeviceChooser(TrainingSetup *setup, QWidget *parent);

} // namespace samout
