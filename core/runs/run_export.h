// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/run.h"

#include <filesystem>

namespace samout {

/// Every step's numbers as a line of comma-separated values, with all their digits, after a line of names; a number
/// that was not measured is empty. Throws Error if the file cannot be written.
void exportCsv(const Run &run, const std::filesystem::path &file);

/// Scalars by step, and the samples as texts, as an event file of TensorBoard (tensorflow/core/util/events_writer.cc,
/// in records as tensorflow/core/lib/io/record_writer.cc writes them). Creates the folder. Throws Error if a file
/// cannot be written.
void exportTensorBoard(const Run &run, const std::filesystem::path &folder);

} // namespace samout
