// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

namespace samout {

/// How a parameter's numbers are set before any training.
struct Initial {
    enum class Kind { Constant, Uniform, Normal };
    Kind kind = Kind::Constant;
    /// Constant: every number. Uniform: from -value to value. Normal: the standard deviation around 0.
    double value = 0;

    static Initial constant(double value) { return {.kind = Kind::Constant, .value = value}; }
    static Initial normal(double deviation) { return {.kind = Kind::Normal, .value = deviation}; }
    /// PyTorch's default for the weight and the bias of a linear layer that reads `inputs` numbers.
    static Initial linear(std::int64_t inputs)
    {
        return {.kind = Kind::Uniform, .value = 1 / std::sqrt(static_cast<double>(inputs))};
    }
};

/// One parameter in the flat arena that holds all of them.
struct Parameter {
    /// The published name: "em.weight", "decoder_layers.0.ffn.ffn1.bias", …
    std::string name;
    std::vector<std::int64_t> shape;
    Initial initial;
    /// Where the parameter begins in the arena, in floats; a multiple of 16 (64 bytes). The gaps are 0.
    std::int64_t offset = 0;

    std::int64_t count() const
    {
        std::int64_t product = 1;
        for (const std::int64_t size : shape)
            product *= size;
        return product;
    }
};

} // namespace samout
