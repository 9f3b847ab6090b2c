// SPDX-License-Identifier: GPL-3.0-only
#pragma once

// The part of LibTorch that core uses. torch/torch.h also brings neural network modules, optimizers and data loaders,
// and doubles the time to compile a file.
#include <torch/types.h>
#include <torch/utils.h>
