// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/cpu/product.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>
#include <vector>

// The scheme is that of Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication" (2008): a tile of C
// stays in registers while a panel of B, which stays in a cache, is multiplied by one row of A after the other.

namespace samout::kernels {
namespace {

/// Rows of A that are multiplied by a panel before the next panel: this many stay in the second-level cache.
constexpr std::int64_t rowsAtOnce = 168;
/// The depth that multiplyTransposed() reads in place at a time: it stays in that cache too.
constexpr std::int64_t depthAtOnce = 320;

template <int Width> struct Vector {
    typedef float Type __attribute__((vector_size(Width * sizeof(float)), aligned(sizeof(float)), may_alias));
};

/// What a tile reads and writes: C[Rows, 2 vectors] (+)= A[Rows, depth] B[depth, 2 vectors].
struct Piece {
    std::int64_t depth = 0;
    const float *a = nullptr;
    std::int64_t aStride = 0; // between rows as they lie in memory, of A or of A transposed
    const float *b = nullptr;
    std::int64_t bStride = 0;
    float *c = nullptr;
    std::int64_t cStride = 0;
    bool accumulate = false;
};

template <int Width, int Rows, bool Transposed> inline __attribute__((always_inline)) void tile(const Piece &p)
{
    using V = typename Vector<Width>::Type;
    V left[Rows], right[Rows];
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r)
        left[r] = right[r] = V{};
    const float *a = p.a, *b = p.b;
    std::int64_t k = 0;
    // C's cache lines are fetched one row after the other: all at once would delay the loads of A and B.
    for (int fetched = 0; fetched < Rows; ++fetched) {
        const float *to = p.c + fetched * p.cStride;
        __builtin_prefetch(to, 1);
        __builtin_prefetch(to + Width, 1);
        const std::int64_t end = fetched + 1 < Rows ? k + p.depth / Rows : p.depth;
        for (; k < end; ++k) {
            const V b0 = *reinterpret_cast<const V *>(b), b1 = *reinterpret_cast<const V *>(b + Width);
            b += p.bStride;
#pragma GCC unroll 16
            for (int r = 0; r < Rows; ++r) {
                const float factor = Transposed ? a[r] : a[r * p.aStride];
                left[r] += factor * b0;
                right[r] += factor * b1;
            }
            a += Transposed ? p.aStride : 1;
        }
    }
#pragma GCC unroll 16
    for (int r = 0; r < Rows; ++r) {
        V *to = reinterpret_cast<V *>(p.c + r * p.cStride);
        V *next = reinterpret_cast<V *>(p.c + r * p.cStride + Width);
        *to = p.accumulate ? *to + left[r] : left[r];
        *next = p.accumulate ? *next + right[r] : right[r];
    }
}

/// Panels that a single row of A is multiplied by at once. With one panel every addition would wait for the one before.
constexpr int panelsOfARow = 4;

/// One row of A times panelsOfARow panels of B that follow each other in memory.
struct RowPiece {
    std::int64_t depth = 0;
    const float *a = nullptr;
    const float *b = nullptr;
    std::array<float *, panelsOfARow> c{}; // where each panel's columns are
    bool accumulate = false;
};

template <int Width> inline __attribute__((always_inline)) void rowTile(const RowPiece &p)
{
    using V = typename Vector<Width>::Type;
    constexpr int vectors = 2 * panelsOfARow;
    const float *b[panelsOfARow];
    V sums[vectors];
#pragma GCC unroll 8
    for (int i = 0; i < panelsOfARow; ++i) {
        b[i] = p.b + i * 2 * Width * p.depth;
        sums[2 * i] = sums[2 * i + 1] = V{};
    }
    for (std::int64_t k = 0; k < p.depth; ++k) {
        const float factor = p.a[k];
#pragma GCC unroll 8
        for (int i = 0; i < panelsOfARow; ++i) {
            sums[2 * i] += factor * *reinterpret_cast<const V *>(b[i]);
            sums[2 * i + 1] += factor * *reinterpret_cast<const V *>(b[i] + Width);
            b[i] += 2 * Width;
        }
    }
#pragma GCC unroll 8
    for (int i = 0; i < vectors; ++i) {
        V *to = reinterpret_cast<V *>(p.c[static_cast<std::size_t>(i / 2)] + i % 2 * Width);
        *to = p.accumulate ? *to + sums[i] : sums[i];
    }
}

/// AVX-512 has registers for a tile of `mostRows` rows, other processors for `fewerRows`.
constexpr int mostRows = 14, fewerRows = 6;

using Tile = void (*)(const Piece &);
using RowTile = void (*)(const RowPiece &);

/// How one kind of processor multiplies: tiles of up to `rows` rows, as many as its registers hold.
struct Kind {
    int rows = 0;
    int columns = 0;
    bool fast = false;
    std::array<Tile, mostRows> tiles{}, transposed{}; // [r]: with r + 1 rows
    RowTile row = nullptr;                            // several panels
};

template <int Rows, bool Transposed> void tile128(const Piece &p) { tile<4, Rows, Transposed>(p); }

void row128(const RowPiece &p) { rowTile<4>(p); }

template <int... Index> constexpr Kind kind128(std::integer_sequence<int, Index...>)
{
    return {.rows = sizeof...(Index),
            .columns = 8,
            .fast = false,
            .tiles = {tile128<Index + 1, false>...},
            .transposed = {tile128<Index + 1, true>...},
            .row = row128};
}

#ifdef __x86_64__

template <int Rows, bool Transposed> __attribute__((target("avx512f"))) void tile512(const Piece &p)
{
    tile<16, Rows, Transposed>(p);
}

__attribute__((target("avx512f"))) void row512(const RowPiece &p) { rowTile<16>(p); }

template <int... Index> constexpr Kind kind512(std::integer_sequence<int, Index...>)
{
    return {.rows = sizeof...(Index),
            .columns = 32,
            .fast = true,
            .tiles = {tile512<Index + 1, false>...},
            .transposed = {tile512<Index + 1, true>...},
            .row = row512};
}

template <int Rows, bool Transposed> __attribute__((target("avx2,fma"))) void tile256(const Piece &p)
{
    tile<8, Rows, Transposed>(p);
}

__attribute__((target("avx2,fma"))) void row256(const RowPiece &p) { rowTile<8>(p); }

template <int... Index> constexpr Kind kind256(std::integer_sequence<int, Index...>)
{
    return {.rows = sizeof...(Index),
            .columns = 16,
            .fast = true,
            .tiles = {tile256<Index + 1, false>...},
            .transposed = {tile256<Index + 1, true>...},
            .row = row256};
}

#endif

/// The kinds of vectors that this processor has, the best first.
std::vector<Kind> findKinds()
{
    std::vector<Kind> kinds;
#ifdef __x86_64__
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f"))
        kinds.push_back(kind512(std::make_integer_sequence<int, mostRows>()));
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        kinds.push_back(kind256(std::make_integer_sequence<int, fewerRows>()));
#endif
    kinds.push_back(kind128(std::make_integer_sequence<int, fewerRows>()));
    return kinds;
}

const std::vector<Kind> &kinds()
{
    static const std::vector<Kind> found = findKinds();
    return found;
}

std::size_t chosenKind = 0;

const Kind &kind() { return kinds()[chosenKind]; }

/// A panel has the columns of two vectors of floats.
int bitsOf(const Kind &kind) { return kind.columns / 2 * 32; }

} // namespace

std::vector<int> vectorWidths()
{
    std::vector<int> bits;
    std::ranges::transform(kinds(), std::back_inserter(bits), bitsOf);
    return bits;
}

void useVectors(int bits)
{
    chosenKind = static_cast<std::size_t>(std::ranges::find(kinds(), bits, bitsOf) - kinds().begin());
}

bool multipliesFast()
{
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
    return false; // with a sanitizer's checks our product would be the slowest
#else
    return kind().fast;
#endif
}

std::int64_t panelColumns() { return kind().columns; }
std::int64_t panelCount(std::int64_t columns) { return (columns + kind().columns - 1) / kind().columns; }
std::int64_t packedFloats(const Product &p) { return panelCount(p.columns) * p.parts * panelColumns() * p.depth; }

namespace {

/// Packs one panel: `columns` columns that begin at `from`.
void packPanel(const Product &p, const float *from, std::int64_t columns, float *to)
{
    const std::int64_t width = kind().columns;
    if (p.bColumnStride == 1) {
        for (std::int64_t k = 0; k < p.depth; ++k)
            std::copy_n(from + k * p.bRowStride, columns, to + k * width);
    } else {
        // Reads a cache line of each column at once, so that the lines it writes to stay in the cache.
        constexpr std::int64_t deep = 16;
        for (std::int64_t first = 0; first < p.depth; first += deep)
            for (std::int64_t j = 0; j < columns; ++j)
                for (auto k = first; k < std::min(first + deep, p.depth); ++k)
                    to[k * width + j] = from[j * p.bColumnStride + k];
    }
    for (std::int64_t k = 0; columns < width && k < p.depth; ++k)
        std::fill_n(to + k * width + columns, width - columns, 0.0F);
}

} // namespace

void pack(const Product &p, float *packed, std::int64_t begin, std::int64_t end)
{
    const std::int64_t width = kind().columns;
    for (auto panel = begin; panel < end; ++panel)
        for (std::int64_t part = 0; part < p.parts; ++part) {
            const std::int64_t column = panel * width;
            packPanel(p, p.b + part * p.bPartStride + column * p.bColumnStride, std::min(width, p.columns - column),
                      packed + (panel * p.parts + part) * width * p.depth);
        }
}

namespace {

/// A tile at the right edge of C, where a panel of B has more columns.
void edge(const Piece &piece, Tile tile, std::int64_t rows, std::int64_t columns)
{
    const std::int64_t width = kind().columns;
    alignas(64) std::array<float, mostRows * 32> whole;
    Piece aside = piece;
    aside.c = whole.data();
    aside.cStride = width;
    aside.accumulate = false;
    tile(aside);
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t j = 0; j < columns; ++j) {
            float &to = piece.c[r * piece.cStride + j];
            const float value = whole[static_cast<std::size_t>(r * width + j)];
            to = piece.accumulate ? to + value : value;
        }
}

/// Multiplies rows [begin, end) of A, from `first` of the depth on, by one panel of B: its columns begin at `column` in
/// B and at `c` in C.
void meet(const Product &p, Piece piece, const std::array<Tile, mostRows> &tiles, std::int64_t begin, std::int64_t end,
          std::int64_t first, std::int64_t column, float *c)
{
    const Kind &kind = samout::kernels::kind();
    const auto columns = std::min<std::int64_t>(kind.columns, p.columns - column);
    piece.cStride = p.cStride;
    for (auto row = begin; row < end; row += kind.rows) {
        const auto rows = std::min<std::int64_t>(kind.rows, end - row);
        const Tile tile = tiles[static_cast<std::size_t>(rows - 1)];
        piece.a = p.a + row * p.aRowStride + first * p.aDepthStride;
        piece.c = c + row * p.cStride;
        if (columns == kind.columns)
            tile(piece);
        else
            edge(piece, tile, rows, columns);
    }
}

} // namespace

void multiply(const Product &p, const float *packed, std::int64_t begin, std::int64_t end)
{
    const Kind &kind = samout::kernels::kind();
    const std::int64_t panels = panelCount(p.columns) * p.parts, panelFloats = kind.columns * p.depth;
    // Panel i is panel i / parts of part i % parts.
    const auto columnOf = [&](std::int64_t panel) { return panel / p.parts * kind.columns; };
    const auto placeOf = [&](std::int64_t panel) { return p.c + panel % p.parts * p.cPartStride + columnOf(panel); };
    std::int64_t done = 0;
    if (end - begin == 1) {
        const std::int64_t whole = p.columns / kind.columns * p.parts;
        RowPiece piece{.depth = p.depth, .a = p.a + begin * p.aRowStride, .accumulate = p.accumulate};
        for (; whole - done >= panelsOfARow; done += panelsOfARow) {
            piece.b = packed + done * panelFloats;
            for (std::int64_t i = 0; i < panelsOfARow; ++i)
                piece.c[static_cast<std::size_t>(i)] = placeOf(done + i) + begin * p.cStride;
            kind.row(piece);
        }
    }
    Piece piece{.depth = p.depth, .aStride = p.aRowStride, .bStride = kind.columns, .accumulate = p.accumulate};
    for (auto block = begin; block < end; block += rowsAtOnce)
        for (std::int64_t panel = done; panel < panels; ++panel) {
            piece.b = packed + panel * panelFloats;
            meet(p, piece, kind.tiles, block, std::min(block + rowsAtOnce, end), 0, columnOf(panel), placeOf(panel));
        }
}

void multiplyTransposed(const Product &p, std::int64_t begin, std::int64_t end)
{
    const Kind &kind = samout::kernels::kind();
    const std::int64_t rest = p.columns % kind.columns;
    std::vector<float> last(rest > 0 ? static_cast<std::size_t>(depthAtOnce * kind.columns) : 0); // the last panel
    for (std::int64_t first = 0; first < p.depth; first += depthAtOnce) {
        Piece piece{.depth = std::min(depthAtOnce, p.depth - first),
                    .aStride = p.aDepthStride,
                    .accumulate = p.accumulate || first > 0};
        const float *b = p.b + first * p.bRowStride;
        for (std::int64_t k = 0; rest > 0 && k < piece.depth; ++k)
            std::copy_n(b + k * p.bRowStride + p.columns - rest, rest, last.data() + k * kind.columns);
        for (auto block = begin; block < end; block += rowsAtOnce)
            for (std::int64_t column = 0; column < p.columns; column += kind.columns) {
                const bool whole = column + kind.columns <= p.columns;
                piece.b = whole ? b + column : last.data();
                piece.bStride = whole ? p.bRowStride : kind.columns;
                meet(p, piece, kind.transposed, block, std::min(block + rowsAtOnce, end), first, column, p.c + column);
            }
    }
}

} // namespace samout::kernels
