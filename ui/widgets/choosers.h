// SPDX-License-Identifier: GPL-3.0-only
#pragma once

class QComboBox;
class QWidget;

namespace samout {

class TrainingSetup;

/// Combo boxes that show and change one choice of the training's options; several of them show the same.
QComboBox *newPresetChooser(TrainingSetup *setup, QWidget *parent);
/// Lists kinds of data, files chosen before, and entries that ask for a file.
QComboBox *newDataChooser(TrainingSetup *setup, QWidget *parent);
QComboBox *newDeviceChooser(TrainingSetup *setup, QWidget *parent);

} // namespace samout
