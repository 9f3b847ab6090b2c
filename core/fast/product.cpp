#include "core/fast/product.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

// The scheme is that of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): a tile of C
// stays in registers while a panel of B, which stays in the first cache, meets one row of A after the other.

namespace samout::kernels {
namespace {

/// Rows of A that meet a panel before the next panel comes: so many stay in the second cache.
constexpr std::int64_t rowsAtOnce = 168;
/// Of a transposed A, so much of the depth is put in order at once.
constexpr std::int64_t depthAtOnce = 320;

template <int Width> struct Vector {
    typedef float Type __attribute__((vector_size(Width * sizeof(float)), aligned(sizeof(float)), may_alias));
};

/// C[Rows, 2 vectors] (+)= A[Rows, depth] panel[depth, 2 vectors]. Ordered: A is [depth, Rows] without gaps.
template <int Width, int Rows, bool Ordered>
inline __attribute__((always_inline)) void tile(std::int64_t depth, const float *a, std::int64_t aStride,
                                                const float *panel, float *c, std::int64_t cStride, bool accumulate)
{
    using V = typename Vector<Width>::Type;
    V left[Rows], right[Rows];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
        left[r] = right[r] = V{};
    for (std::int64_t k = 0; k < depth; ++k) {
        const V b0 = *reinterpret_cast<const V *>(panel), b1 = *reinterpret_cast<const V *>(panel + Width);
        panel += 2 * Width;
#pragma GCC unroll 16
        for (int r = 0; r < Rows; ++r) {
            const float factor = Ordered ? a[k * Rows + r] : a[r * aStride + k];
            left[r] += factor * b0;
            right[r] += factor * b1;
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
        V *to = reinterpret_cast<V *>(c + r * cStride);
        V *next = reinterpret_cast<V *>(c + r * cStride + Width);
        *to = accumulate ? *to + left[r] : left[r];
        *next = accumulate ? *next + right[r] : right[r];
    }
}

/// AVX-512 has registers for a tile of so many rows; others for fewer.
constexpr int mostRows = 14, fewerRows = 6;

using Tile = void (*)(std::int64_t depth, const float *a, std::int64_t aStride, const float *panel, float *c,
                      std::int64_t cStride, bool accumulate);

/// How one kind of processor multiplies: tiles of up to `rows` rows, as many as its registers hold.
struct Kind {
    int rows = 0;
    int columns = 0;
    bool fast = false;
    std::array<Tile, mostRows> tiles{}, ordered{}; // [r]: with r + 1 rows
};

template <int Rows, bool Ordered>
void tile128(std::int64_t depth, const float *a, std::int64_t aStride, const float *panel, float *c,
             std::int64_t cStride, bool accumulate)
{
    tile<4, Rows, Ordered>(depth, a, aStride, panel, c, cStride, accumulate);
}

template <int... Index> constexpr Kind kind128(std::integer_sequence<int, Index...>)
{
    return {.rows = sizeof...(Index),
            .columns = 8,
            .fast = false,
            .tiles = {tile128<Index + 1, false>...},
            .ordered = {tile128<Index + 1, true>...}};
}

#ifdef __x86_64__

template <int Rows, bool Ordered>
__attribute__((target("avx512f"))) void tile512(std::int64_t depth, const float *a, std::int64_t aStride,
                                                const float *panel, float *c, std::int64_t cStride, bool accumulate)
{
    tile<16, Rows, Ordered>(depth, a, aStride, panel, c, cStride, accumulate);
}

template <int... Index> constexpr Kind kind512(std::integer_sequence<int, Index...>)
{
    return {.rows = sizeof...(Index),
            .columns = 32,
            .fast = true,
            .tiles = {tile512<Index + 1, false>...},
            .ordered = {tile512<Index + 1, true>...}};
}

template <int Rows, bool Ordered>
__attribute__((target("avx2,fma"))) void tile256(std::int64_t depth, const float *a, std::int64_t aStride,
                                                 const float *panel, float *c, std::int64_t cStride, bool accumulate)
{
    tile<8, Rows, Ordered>(depth, a, aStride, panel, c, cStride, accumulate);
}

template <int... Index> constexpr Kind kind256(std::integer_sequence<int, Index...>)
{
    return {.rows = sizeof...(Index),
            .columns = 16,
            .fast = true,
            .tiles = {tile256<Index + 1, false>...},
            .ordered = {tile256<Index + 1, true>...}};
}

#endif

Kind findKind()
{
#ifdef __x86_64__
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f"))
        return kind512(std::make_integer_sequence<int, mostRows>());
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        return kind256(std::make_integer_sequence<int, fewerRows>());
#endif
    return kind128(std::make_integer_sequence<int, fewerRows>());
}

const Kind &kind()
{
    static const Kind found = findKind();
    return found;
}

} // namespace

bool multipliesFast()
{
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    return false; // watched word by word it would be the slowest there is
#else
    return kind().fast;
#endif
}

std::int64_t panelColumns() { return kind().columns; }
std::int64_t panelCount(std::int64_t columns) { return (columns + kind().columns - 1) / kind().columns; }

void pack(const Product &p, float *packed, std::int64_t begin, std::int64_t end)
{
    const std::int64_t width = kind().columns;
    for (auto panel = begin; panel < end; ++panel) {
        const std::int64_t first = panel * width, count = std::min(width, p.columns - first);
        float *to = packed + panel * width * p.depth;
        const float *from = p.b + first * p.bColumnStride;
        if (p.bColumnStride == 1) {
            for (std::int64_t k = 0; k < p.depth; ++k)
                std::copy_n(from + k * p.bRowStride, count, to + k * width);
        } else {
            for (std::int64_t j = 0; j < count; ++j)
                for (std::int64_t k = 0; k < p.depth; ++k)
                    to[k * width + j] = from[j * p.bColumnStride + k];
        }
        for (std::int64_t k = 0; count < width && k < p.depth; ++k)
            std::fill_n(to + k * width + count, width - count, 0.0F);
    }
}

namespace {

/// Of a transposed A, rows [begin, end) in the order in which tiles of `Tall` rows read them, one after the other.
template <int Tall>
void order(const Product &p, std::int64_t begin, std::int64_t end, std::int64_t depth, std::int64_t count, float *to)
{
    const auto whole = begin + (end - begin) / Tall * Tall, rest = end - whole;
    for (std::int64_t k = 0; k < count; ++k) {
        const float *from = p.a + (depth + k) * p.aDepthStride;
        for (auto row = begin; row < whole; row += Tall)
            std::copy_n(from + row, Tall, to + (row - begin) * count + k * Tall); // of a size that the compiler knows
        std::copy_n(from + whole, rest, to + (whole - begin) * count + k * rest);
    }
}

/// One tile at the right edge of C, where a panel has more columns than there are.
void multiplyEdge(const Product &p, Tile tile, std::int64_t depth, const float *a, const float *panel, float *c,
                  std::int64_t rows, std::int64_t columns, bool accumulate)
{
    const std::int64_t width = kind().columns;
    alignas(64) std::array<float, mostRows * 32> whole;
    tile(depth, a, p.aRowStride, panel, whole.data(), width, false);
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t j = 0; j < columns; ++j) {
            float &to = c[r * p.cStride + j];
            const float value = whole[static_cast<std::size_t>(r * width + j)];
            to = accumulate ? to + value : value;
        }
}

} // namespace

void multiply(const Product &p, const float *packed, std::int64_t begin, std::int64_t end)
{
    const Kind &kind = samout::kernels::kind();
    const bool transposed = p.aDepthStride != 1;
    const auto most = transposed ? depthAtOnce : std::max<std::int64_t>(1, p.depth);
    std::vector<float> ordered(transposed ? static_cast<std::size_t>(rowsAtOnce * most) : 0);
    for (auto block = begin; block < end; block += rowsAtOnce) {
        const auto blockEnd = std::min(block + rowsAtOnce, end);
        for (std::int64_t first = 0; first == 0 || first < p.depth; first += most) {
            const auto depth = std::min(most, p.depth - first);
            const bool accumulate = p.accumulate || first > 0;
            if (transposed)
                (kind.rows == mostRows ? order<mostRows> : order<fewerRows>)(p, block, blockEnd, first, depth,
                                                                             ordered.data());
            for (std::int64_t column = 0; column < p.columns; column += kind.columns) {
                const float *panel = packed + column * p.depth + first * kind.columns;
                const auto columns = std::min<std::int64_t>(kind.columns, p.columns - column);
                for (auto row = block; row < blockEnd; row += kind.rows) {
                    const auto rows = std::min<std::int64_t>(kind.rows, blockEnd - row);
                    const Tile tile = (transposed ? kind.ordered : kind.tiles)[static_cast<std::size_t>(rows - 1)];
                    const float *a = transposed ? ordered.data() + (row - block) * depth : p.a + row * p.aRowStride;
                    float *c = p.c + row * p.cStride + column;
                    if (columns == kind.columns)
                        tile(depth, a, p.aRowStride, panel, c, p.cStride, accumulate);
                    else
                        multiplyEdge(p, tile, depth, a, panel, c, rows, columns, accumulate);
                }
            }
        }
    }
}

} // namespace samout::kernels
