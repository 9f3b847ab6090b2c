// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace samout::kernels {

/// C = A B, or C += A B, in float32 on matrices with any distance between their rows. A is [rows, depth],
/// B is [depth, columns], C is [rows, columns].
///
/// B may be several matrices of this shape, multiplied by one A, with the products side by side in C. Their panels are
/// packed in turn, so that the same columns of all matrices lie together.
struct Product {
    std::int64_t rows = 0, depth = 0, columns = 0;
    /// How many matrices B consists of. One begins bPartStride floats after the one before in B, cPartStride in C.
    std::int64_t parts = 1;
    std::int64_t bPartStride = 0, cPartStride = 0;
    /// A's element (i, k) is a[i * aRowStride + k * aDepthStride]. One of the two is 1.
    const float *a = nullptr;
    std::int64_t aRowStride = 0, aDepthStride = 1;
    /// B's element (k, j) is b[k * bRowStride + j * bColumnStride]. One of the two is 1.
    const float *b = nullptr;
    std::int64_t bRowStride = 0, bColumnStride = 0;
    float *c = nullptr;
    std::int64_t cStride = 0;
    bool accumulate = false;
};

/// Whether this processor has the vectors (AVX2 or AVX-512) that multiply() was tuned for. multiply() works on any.
bool multipliesFast();
/// The widths, in bits, of the vectors that multiply() can use on this processor, the best first.
std::vector<int> vectorWidths();
/// For tests: multiplies with another of vectorWidths() from now on. Panels that were packed before become useless.
void useVectors(int bits);
/// Columns in a panel; the last one is filled with zeros.
std::int64_t panelColumns();
/// The number of panels of a matrix with `columns` columns.
std::int64_t panelCount(std::int64_t columns);
/// The number of floats in the panels of all parts of B.
std::int64_t packedFloats(const Product &);
/// Memory for panels. It starts at a cache line, so that no vector that multiply() loads spans two lines.
class Panels {
public:
    explicit Panels(std::int64_t floats = 0)
        : m_size(static_cast<std::size_t>(floats)), m_lines((m_size + floatsOfLine - 1) / floatsOfLine)
    {
    }
    /// Loses the content.
    void resize(std::int64_t floats)
    {
        m_size = static_cast<std::size_t>(floats);
        m_lines.resize((m_size + floatsOfLine - 1) / floatsOfLine);
    }
    float *data() { return reinterpret_cast<float *>(m_lines.data()); }
    const float *data() const { return reinterpret_cast<const float *>(m_lines.data()); }
    std::span<const float> all() const { return {data(), m_size}; }

private:
    static constexpr std::size_t floatsOfLine = 16;
    struct alignas(floatsOfLine * sizeof(float)) Line {
        float floats[floatsOfLine];
    };
    std::size_t m_size;
    std::vector<Line> m_lines;
};

/// Writes B in the order in which multiply() reads it: one panel after the other, [panelColumns() * depth] each; panel
/// i of every part, then panel i + 1 of every part. Packs panels [begin, end) of the parts; several threads may pack
/// different ones.
void pack(const Product &, float *packed, std::int64_t begin, std::int64_t end);
/// Computes rows [begin, end) of C if aDepthStride is 1, on the calling thread. An element's bits do not depend on the
/// other rows.
void multiply(const Product &, const float *packed, std::int64_t begin, std::int64_t end);
/// The same if aRowStride and bColumnStride are 1. Reads A and B in place, without packing.
void multiplyTransposed(const Product &, std::int64_t begin, std::int64_t end);

} // namespace samout::kernels
