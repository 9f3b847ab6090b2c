// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/cuda/kernels.h"

#include "core/model/block.h"
#include "core/model/mixers/v8.h"
#include "core/model/running_max.h"

#ifdef SAMOUT_CUDA_ON_CPU
#include "core/compute/cuda/cuda_on_cpu.h" // without a GPU, tests run the kernels as loops
#else
#include <cuda_runtime.h>
#endif

namespace samout::cuda {
namespace {

constexpr int threads = 128;
constexpr int warp = 32;
constexpr float minusInfinity = -__builtin_huge_valf();

unsigned blocksFor(std::int64_t count) { return static_cast<unsigned>((count + threads - 1) / threads); }

template <typename... Parameters, typename... Arguments>
void launch(void (*kernel)(Parameters...), dim3 grid, [[maybe_unused]] void *stream, Arguments... arguments)
{
#ifdef SAMOUT_CUDA_ON_CPU
    runOnCpu(grid, threads, kernel, static_cast<Parameters>(arguments)...);
#else
    kernel<<<grid, threads, 0, static_cast<cudaStream_t>(stream)>>>(static_cast<Parameters>(arguments)...);
#endif
}

/// Launches a warp for each of `count` rows; only in these kernels do the lanes of a warp exchange numbers.
template <typename... Parameters, typename... Arguments>
void launchWarps(void (*kernel)(Parameters...), std::int64_t count, [[maybe_unused]] void *stream,
                 Arguments... arguments)
{
#ifdef SAMOUT_CUDA_ON_CPU
    runWarpsOnCpu(blocksFor(count * warp), threads, kernel, static_cast<Parameters>(arguments)...);
#else
    launch(kernel, blocksFor(count * warp), stream, arguments...);
#endif
}

__device__ std::int64_t lesser(std::int64_t a, std::int64_t b) { return a < b ? a : b; }

__device__ float largerOf(float before, float candidate) { return takes(candidate, before) ? candidate : before; }

__device__ const float *candidateRow(const float *projected, const float *table, const std::int64_t *tokens,
                                     std::int64_t row, std::int64_t hidden)
{
    return (table ? table + tokens[row] * 3 * hidden : projected + row * 3 * hidden) + 2 * hidden;
}

/// The largest candidate of every piece. One thread per piece and channel; grid (channels, pieces, batch).
__global__ void largestOfPieces(Shape shape, std::int64_t pieceLength, const float *projected, const float *table,
                                const std::int64_t *tokens, float *pieces)
{
    const std::int64_t c = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (c >= shape.hidden)
        return;
    const std::int64_t begin = static_cast<std::int64_t>(blockIdx.y) * pieceLength;
    const std::int64_t end = lesser(begin + pieceLength, shape.time);
    float largest = minusInfinity;
    for (std::int64_t t = begin; t < end; ++t)
        largest =
            largerOf(largest, candidateRow(projected, table, tokens, blockIdx.z * shape.time + t, shape.hidden)[c]);
    pieces[(static_cast<std::int64_t>(blockIdx.z) * gridDim.y + blockIdx.y) * shape.hidden + c] = largest;
}

/// Turns every piece's largest candidate into the state before the piece, and `state` into the state after the last
/// piece. One thread per channel of a sequence.
__global__ void statesBeforePieces(Shape shape, std::int64_t count, float *pieces, float *state)
{
    const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (i >= shape.batch * shape.hidden)
        return;
    const std::int64_t b = i / shape.hidden, c = i % shape.hidden;
    float before = state[i];
    for (std::int64_t p = 0; p < count; ++p) {
        float &piece = pieces[(b * count + p) * shape.hidden + c];
        const float after = largerOf(before, piece);
        piece = before;
        before = after;
    }
    state[i] = before;
}

/// Grid (channels, pieces, batch).
__global__ void scanPieces(Shape shape, std::int64_t pieceLength, float *projected, const float *table,
                           const std::int64_t *tokens, const float *pieces, std::uint8_t *taken, float *mixed)
{
    const std::int64_t c = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (c >= shape.hidden)
        return;
    const std::int64_t d = shape.hidden;
    const std::int64_t begin = static_cast<std::int64_t>(blockIdx.y) * pieceLength;
    const std::int64_t end = lesser(begin + pieceLength, shape.time);
    float state = pieces[(static_cast<std::int64_t>(blockIdx.z) * gridDim.y + blockIdx.y) * d + c];
    for (std::int64_t t = begin; t < end; ++t) {
        const std::int64_t row = blockIdx.z * shape.time + t;
        float *own = projected + row * 3 * d + c;
        const float *from = table ? table + tokens[row] * 3 * d + c : own;
        const float base = from[0], shift = from[d], candidate = from[2 * d];
        const bool took = takes(candidate, state);
        state = took ? candidate : state;
        if (table) {
            own[0] = base;
            own[d] = shift;
        }
        own[2 * d] = state;
        taken[row * d + c] = took;
        mixed[row * d + c] = v8::mixed(base, shift, state);
    }
}

/// The gradient of every piece as if no gradient flowed in from later pieces. Keeps for each piece carries = [the
/// gradient that flows out at its beginning] and [position of its last take + 1, or 0: the one that an incoming
/// gradient goes to]. Grid (channels, pieces, batch).
__global__ void scanPiecesBackward(Shape shape, std::int64_t pieceLength, float *projected, const std::uint8_t *taken,
                                   const float *toMixed, float *flows, int *lastTakes)
{
    const std::int64_t c = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (c >= shape.hidden)
        return;
    const std::int64_t d = shape.hidden;
    const std::int64_t begin = static_cast<std::int64_t>(blockIdx.y) * pieceLength;
    const std::int64_t end = lesser(begin + pieceLength, shape.time);
    float sum = 0;
    int last = 0;
    for (std::int64_t t = end - 1; t >= begin; --t) {
        const std::int64_t row = blockIdx.z * shape.time + t;
        float *own = projected + row * 3 * d + c;
        const float base = own[0], shift = own[d], state = own[2 * d], gradient = toMixed[row * d + c];
        sum += v8::toState(gradient, base, shift, state);
        const bool took = taken[row * d + c] != 0;
        own[0] = v8::toBase(gradient, state);
        own[d] = v8::toShift(gradient, state);
        own[2 * d] = took ? sum : 0.0F;
        if (took) {
            sum = 0;
            last = last == 0 ? static_cast<int>(t) + 1 : last;
        }
    }
    const std::int64_t piece = (static_cast<std::int64_t>(blockIdx.z) * gridDim.y + blockIdx.y) * d + c;
    flows[piece] = sum;
    lastTakes[piece] = last;
}

/// Adds the gradient that flows out of every piece to the last take before the piece. One thread per channel of a
/// sequence.
__global__ void flowIntoPieces(Shape shape, std::int64_t count, float *projected, const float *flows,
                               const int *lastTakes)
{
    const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (i >= shape.batch * shape.hidden)
        return;
    const std::int64_t b = i / shape.hidden, c = i % shape.hidden;
    float carried = 0;
    for (std::int64_t p = count - 1; p >= 0; --p) {
        const std::int64_t piece = (b * count + p) * shape.hidden + c;
        if (const int last = lastTakes[piece]; last > 0) {
            projected[((b * shape.time + last - 1) * 3 + 2) * shape.hidden + c] += carried;
            carried = flows[piece];
        } else {
            carried += flows[piece];
        }
    }
}

__global__ void gate(std::int64_t count, std::int64_t hidden, const float *products, const float *bias, float *gated)
{
    const std::int64_t i = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (i >= count)
        return;
    const std::int64_t row = i / hidden, c = i % hidden;
    const float value = products[row * 2 * hidden + c] + bias[c];
    const float open = products[(row * 2 + 1) * hidden + c] + bias[hidden + c];
    gated[i] = block::gated(value, block::relu(open));
}

/// One thread per channel and part of the rows; grid (channels, parts).
__global__ void gateToProducts(std::int64_t rows, std::int64_t hidden, float *products, const float *bias,
                               const float *toGated, float *toBias, std::int64_t stride)
{
    const std::int64_t c = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (c >= hidden)
        return;
    const std::int64_t begin = static_cast<std::int64_t>(blockIdx.y) * rowsOfPart;
    const std::int64_t end = lesser(begin + rowsOfPart, rows);
    float valueSum = 0, gateSum = 0;
    for (std::int64_t r = begin; r < end; ++r) {
        float *own = products + r * 2 * hidden + c;
        const float value = own[0] + bias[c], open = own[hidden] + bias[hidden + c], gradient = toGated[r * hidden + c];
        const bool isOpen = block::passesRelu(open);
        const float toValue = isOpen ? gradient * open : 0.0F, toGate = isOpen ? gradient * value : 0.0F;
        own[0] = toValue;
        own[hidden] = toGate;
        valueSum += toValue;
        gateSum += toGate;
    }
    toBias[blockIdx.y * stride + c] = valueSum;
    toBias[blockIdx.y * stride + hidden + c] = gateSum;
}

__device__ std::uint32_t mix32(std::uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x7feb352dU;
    x = (x ^ (x >> 15)) * 0x846ca68bU;
    return x ^ (x >> 16);
}

struct Mask {
    std::uint32_t key, threshold;
    float scale;

    __device__ explicit Mask(const Dropout &d) : key(*d.key), threshold(*d.threshold), scale(*d.scale) {}
    __device__ float factor(std::int64_t index) const
    {
        return mix32(static_cast<std::uint32_t>(index) * 0x9E3779B9U + key) >= threshold ? scale : 0.0F;
    }
};

/// The sum over the lanes of a warp, in every lane.
__device__ float warpSum(float value)
{
    for (int distance = warp / 2; distance > 0; distance /= 2)
        value += __shfl_xor_sync(0xffffffffU, value, distance);
    return value;
}

/// One warp per row.
__global__ void norm(Norm n, float *next)
{
    const std::int64_t row = (static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x) / warp;
    const int lane = threadIdx.x % warp;
    if (row >= n.rows)
        return;
    const Mask mask(n.dropout);
    const float alpha = *n.alpha;
    const float *product = n.product + row * n.hidden, *x = n.x + row * n.hidden;
    float *out = next + row * n.hidden;
    float sum = 0;
    for (std::int64_t c = lane; c < n.hidden; c += warp) {
        const float z = block::blend(alpha, (product[c] + n.bias[c]) * mask.factor(row * n.hidden + c), x[c]);
        out[c] = z;
        sum += z;
    }
    const float mean = warpSum(sum) / static_cast<float>(n.hidden);
    float squares = 0;
    for (std::int64_t c = lane; c < n.hidden; c += warp)
        squares += (out[c] - mean) * (out[c] - mean);
    const float inverse =
        1 / sqrtf(warpSum(squares) / static_cast<float>(n.hidden) + static_cast<float>(block::normEpsilon));
    for (std::int64_t c = lane; c < n.hidden; c += warp)
        out[c] = block::next(block::norm(block::centred(out[c], mean, inverse), n.normWeight[c], n.normBias[c]), x[c]);
    if (lane == 0) {
        n.mean[row] = mean;
        n.inverse[row] = inverse;
    }
}

/// One warp per row. Replaces product by its gradient and toX by the gradient of x.
__global__ void normToProduct(Norm n, float *toX, double *ofRows)
{
    const std::int64_t row = (static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x) / warp;
    const int lane = threadIdx.x % warp;
    if (row >= n.rows)
        return;
    const Mask mask(n.dropout);
    const float alpha = *n.alpha, mean = n.mean[row], inverse = n.inverse[row];
    float *product = n.product + row * n.hidden, *gradient = toX + row * n.hidden;
    const float *x = n.x + row * n.hidden;
    const auto unit = [&](std::int64_t c, float out) {
        return block::centred(block::blend(alpha, out, x[c]), mean, inverse);
    };
    float sum = 0, sumOfProducts = 0;
    for (std::int64_t c = lane; c < n.hidden; c += warp) {
        const float out = (product[c] + n.bias[c]) * mask.factor(row * n.hidden + c);
        const float weighted = gradient[c] * n.normWeight[c];
        sum += weighted;
        sumOfProducts += weighted * unit(c, out);
    }
    const float average = warpSum(sum) / static_cast<float>(n.hidden);
    const float averageProduct = warpSum(sumOfProducts) / static_cast<float>(n.hidden);
    float toAlpha = 0;
    for (std::int64_t c = lane; c < n.hidden; c += warp) {
        const float factor = mask.factor(row * n.hidden + c);
        const float out = (product[c] + n.bias[c]) * factor;
        const float toSum = inverse * (gradient[c] * n.normWeight[c] - average - unit(c, out) * averageProduct);
        toAlpha += toSum * (out - x[c]);
        product[c] = toSum * alpha * factor;
        gradient[c] += (1 - alpha) * toSum;
    }
    toAlpha = warpSum(toAlpha);
    if (lane == 0)
        ofRows[row] = toAlpha;
}

/// The parts of the gradients of the norm's weight and bias, before normToProduct() overwrites their inputs. One thread
/// per channel and part of the rows; grid (channels, parts).
__global__ void normToWeights(Norm n, const float *toNext, float *toBias, std::int64_t stride)
{
    const std::int64_t c = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (c >= n.hidden)
        return;
    const Mask mask(n.dropout);
    const float alpha = *n.alpha;
    const std::int64_t begin = static_cast<std::int64_t>(blockIdx.y) * rowsOfPart;
    const std::int64_t end = lesser(begin + rowsOfPart, n.rows);
    float weightSum = 0, biasSum = 0;
    for (std::int64_t r = begin; r < end; ++r) {
        const std::int64_t i = r * n.hidden + c;
        const float out = (n.product[i] + n.bias[c]) * mask.factor(i);
        const float unit = block::centred(block::blend(alpha, out, n.x[i]), n.mean[r], n.inverse[r]);
        weightSum += toNext[i] * unit;
        biasSum += toNext[i];
    }
    toBias[blockIdx.y * stride + n.hidden + c] = weightSum;
    toBias[blockIdx.y * stride + 2 * n.hidden + c] = biasSum;
}

/// The parts of sums over rows. One thread per column and part of the rows; grid (columns, parts).
template <typename T>
__global__ void sumOfParts(std::int64_t rows, std::int64_t columns, const T *from, T *to, std::int64_t stride)
{
    const std::int64_t c = static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x;
    if (c >= columns)
        return;
    const std::int64_t begin = static_cast<std::int64_t>(blockIdx.y) * rowsOfPart;
    const std::int64_t end = lesser(begin + rowsOfPart, rows);
    T sum = 0;
    for (std::int64_t r = begin; r < end; ++r)
        sum += from[r * columns + c];
    to[blockIdx.y * stride + c] = sum;
}

/// One warp per row.
__global__ void crossEntropy(std::int64_t rows, std::int64_t vocabulary, float *logits, const std::int64_t *targets,
                             const float *weights, const float *inverseWeight, double *losses)
{
    const std::int64_t row = (static_cast<std::int64_t>(blockIdx.x) * threads + threadIdx.x) / warp;
    const int lane = threadIdx.x % warp;
    if (row >= rows)
        return;
    float *own = logits + row * vocabulary;
    const std::int64_t target = targets[row];
    const float weight = weights[row];
    if (weight == 0) {
        for (std::int64_t v = lane; v < vocabulary; v += warp)
            own[v] = 0;
        if (lane == 0)
            losses[row] = 0;
        return;
    }
    float largest = minusInfinity;
    for (std::int64_t v = lane; v < vocabulary; v += warp)
        largest = fmaxf(largest, own[v]);
    for (int distance = warp / 2; distance > 0; distance /= 2)
        largest = fmaxf(largest, __shfl_xor_sync(0xffffffffU, largest, distance));
    const float right = own[target];
    float sum = 0;
    for (std::int64_t v = lane; v < vocabulary; v += warp)
        sum += expf(own[v] - largest);
    sum = warpSum(sum);
    const float share = weight * *inverseWeight;
    for (std::int64_t v = lane; v < vocabulary; v += warp)
        own[v] = expf(own[v] - largest) / sum * share - (v == target ? share : 0.0F);
    if (lane == 0)
        losses[row] = static_cast<double>(weight) * (static_cast<double>(logf(sum)) + static_cast<double>(largest) -
                                                     static_cast<double>(right));
}

/// One thread per column of a token; grid (vocabulary, columns): only a grid's first dimension can be large.
__global__ void sumRowsOfToken(std::int64_t width, const float *from, const std::int64_t *order,
                               const std::int64_t *starts, float *to)
{
    const std::int64_t c = static_cast<std::int64_t>(blockIdx.y) * threads + threadIdx.x;
    const std::int64_t token = blockIdx.x;
    if (c >= width)
        return;
    float sum = 0;
    for (std::int64_t i = starts[token]; i < starts[token + 1]; ++i)
        sum += from[order[i] * width + c];
    to[token * width + c] += sum;
}

dim3 piecesGrid(const Shape &shape)
{
    return {blocksFor(shape.hidden), static_cast<unsigned>(piecesOf(shape.time)), static_cast<unsigned>(shape.batch)};
}

dim3 partsGrid(std::int64_t rows, std::int64_t columns)
{
    return {blocksFor(columns), static_cast<unsigned>(partsOf(rows)), 1};
}

} // namespace

void scanForward(const Shape &shape, float *projected, const float *table, const std::int64_t *tokens, float *state,
                 std::uint8_t *taken, float *mixed, float *pieces, void *stream)
{
    const auto grid = piecesGrid(shape);
    launch(largestOfPieces, grid, stream, shape, pieceLengthOf(shape.time), projected, table, tokens, pieces);
    launch(statesBeforePieces, blocksFor(shape.batch * shape.hidden), stream, shape, piecesOf(shape.time), pieces,
           state);
    launch(scanPieces, grid, stream, shape, pieceLengthOf(shape.time), projected, table, tokens, pieces, taken, mixed);
}

void scanBackward(const Shape &shape, float *projected, const std::uint8_t *taken, const float *toMixed, float *carries,
                  void *stream)
{
    const auto count = piecesOf(shape.time);
    int *lastTakes = reinterpret_cast<int *>(carries + shape.batch * count * shape.hidden);
    launch(scanPiecesBackward, piecesGrid(shape), stream, shape, pieceLengthOf(shape.time), projected, taken, toMixed,
           carries, lastTakes);
    launch(flowIntoPieces, blocksFor(shape.batch * shape.hidden), stream, shape, count, projected, carries, lastTakes);
}

void gateForward(std::int64_t rows, std::int64_t hidden, const float *products, const float *bias, float *gated,
                 void *stream)
{
    launch(gate, blocksFor(rows * hidden), stream, rows * hidden, hidden, products, bias, gated);
}

void gateBackward(std::int64_t rows, std::int64_t hidden, float *products, const float *bias, const float *toGated,
                  float *toBias, std::int64_t stride, void *stream)
{
    launch(gateToProducts, partsGrid(rows, hidden), stream, rows, hidden, products, bias, toGated, toBias, stride);
}

void normForward(const Norm &n, float *next, void *stream) { launchWarps(norm, n.rows, stream, n, next); }

void normBackward(const Norm &n, float *toX, float *toBias, std::int64_t stride, double *toAlpha, double *ofRows,
                  void *stream)
{
    const auto grid = partsGrid(n.rows, n.hidden);
    launch(normToWeights, grid, stream, n, toX, toBias, stride);
    launchWarps(normToProduct, n.rows, stream, n, toX, ofRows);
    launch(sumOfParts<float>, grid, stream, n.rows, n.hidden, n.product, toBias, stride);
    launch(sumOfParts<double>, partsGrid(n.rows, 1), stream, n.rows, std::int64_t{1}, ofRows, toAlpha, std::int64_t{1});
}

void loss(std::int64_t rows, std::int64_t vocabulary, float *logits, const std::int64_t *targets, const float *weights,
          const float *inverseWeight, double *losses, double *ofRows, void *stream)
{
    launchWarps(crossEntropy, rows, stream, rows, vocabulary, logits, targets, weights, inverseWeight, ofRows);
    launch(sumOfParts<double>, partsGrid(rows, 1), stream, rows, std::int64_t{1}, ofRows, losses, std::int64_t{1});
}

void sumByToken(std::int64_t vocabulary, std::int64_t width, const float *from, const std::int64_t *order,
                const std::int64_t *starts, float *to, void *stream)
{
    const dim3 grid(static_cast<unsigned>(vocabulary), blocksFor(width));
    launch(sumRowsOfToken, grid, stream, width, from, order, starts, to);
}

const char *launchProblem()
{
    const cudaError_t problem = cudaGetLastError();
    return problem == cudaSuccess ? nullptr : cudaGetErrorString(problem);
}

} // namespace samout::cuda
