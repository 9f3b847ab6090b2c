// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>

/// The elementwise work of a decoder layer on a GPU, in float32. Each function launches on `stream` (a cudaStream_t)
/// and returns. Formulas and names are as in core/compute/cpu/{v8,block}_kernels.h; here a call covers the whole batch.
/// Pointers are to device memory. Every sum has a fixed order, so results are the same bits every time.
namespace samout::cuda {

/// The positions of a sequence that one thread scans; longer sequences are scanned in parallel pieces of this length.
/// In between, one thread goes over all pieces, so the length and the number of pieces both grow with the square root
/// of `time`.
constexpr std::int64_t pieceLengthOf(std::int64_t time)
{
    std::int64_t length = 32;
    while (length * length < time)
        length *= 2;
    return length;
}
/// The number of rows whose sums one block computes.
constexpr int rowsOfPart = 64;

constexpr std::int64_t piecesOf(std::int64_t time) { return (time + pieceLengthOf(time) - 1) / pieceLengthOf(time); }
constexpr std::int64_t partsOf(std::int64_t rows) { return (rows + rowsOfPart - 1) / rowsOfPart; }

struct Shape {
    std::int64_t batch = 0, time = 0, hidden = 0;
    std::int64_t rows() const { return batch * time; }
};

/// projected [n, 3 d] (first filled from table [v, 3 d] by tokens [n] if they are given), state [batch, d] before and
/// after, taken [n, d], mixed [n, d]; pieces: [batch, piecesOf(time), d], with any content.
void scanForward(const Shape &, float *projected, const float *table, const std::int64_t *tokens, float *state,
                 std::uint8_t *taken, float *mixed, float *pieces, void *stream);
/// carries: 2 * [batch, piecesOf(time), d], with any content.
void scanBackward(const Shape &, float *projected, const std::uint8_t *taken, const float *toMixed, float *carries,
                  void *stream);

/// products [n, 2 d], bias [2 d], gated [n, d].
void gateForward(std::int64_t rows, std::int64_t hidden, const float *products, const float *bias, float *gated,
                 void *stream);
/// toBias: [partsOf(n)] rows of `stride` floats, of which the first 2 d are set.
void gateBackward(std::int64_t rows, std::int64_t hidden, float *products, const float *bias, const float *toGated,
                  float *toBias, std::int64_t stride, void *stream);

/// Which elements a layer's dropout keeps: key and threshold as in DropoutMask, but in device memory, so that a
/// recorded launch drops other elements every time.
struct Dropout {
    const std::uint32_t *key = nullptr;
    const std::uint32_t *threshold = nullptr;
    const float *scale = nullptr;
};

struct Norm {
    std::int64_t rows = 0, hidden = 0;
    float *product = nullptr; // [n, d]
    const float *x = nullptr; // [n, d]
    Dropout dropout;
    const float *alpha = nullptr;                                            // [1]
    const float *bias = nullptr, *normWeight = nullptr, *normBias = nullptr; // [d]
    float *mean = nullptr, *inverse = nullptr;                               // [n]
};
/// next: [n, d]
void normForward(const Norm &, float *next, void *stream);
/// toX: the gradient of `next`; on return the gradient of x. toBias: [partsOf(n)] rows of `stride` floats, whose first
/// 3 d are set to the parts of the gradients of the bias, the norm's weight and the norm's bias. toAlpha: [partsOf(n)].
/// ofRows: [n], with any content.
void normBackward(const Norm &, float *toX, float *toBias, std::int64_t stride, double *toAlpha, double *ofRows,
                  void *stream);

/// logits [n, v]: on return the gradient of the mean loss; weights: [n]; inverseWeight: [1], 1 / sum(weights); losses:
/// [partsOf(n)], sums of weight * loss; ofRows: [n], with any content.
void loss(std::int64_t rows, std::int64_t vocabulary, float *logits, const std::int64_t *targets, const float *weights,
          const float *inverseWeight, double *losses, double *ofRows, void *stream);

/// to[v] += sum of from[order[i]] for i in [starts[v], starts[v + 1]), in that order. from [n, width], to [v, width].
void sumByToken(std::int64_t vocabulary, std::int64_t width, const float *from, const std::int64_t *order,
                const std::int64_t *starts, float *to, void *stream);

/// The error of the last launch, or nullptr.
const char *launchProblem();

} // namespace samout::cuda
