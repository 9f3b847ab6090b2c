// SPDX-License-Identifier: GPL-3.0-only
#pragma once

// As much of LibTorch as core uses. torch/torch.h brings neural network modules, optimizers and data loaders too, and
// with them twice the time to compile a file.
#include <torch/types.h>
#include <torch/utils.h>
