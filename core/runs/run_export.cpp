// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/run_export.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/text_form.h"

#include <array>
#include <bit>
#include <cmath>
#include <ctime>
#include <string_view>

namespace samout {

namespace fs = std::filesystem;

namespace {

/// The number of rows that are read at a time.
constexpr std::int64_t atOnce = 10'000;

template <typename Visit> void forEachStep(const Run &run, Visit &&visit)
{
    for (std::int64_t step = 0;;) {
        const std::vector<StepMetrics> some = run.metrics(step, atOnce);
        for (const StepMetrics &metrics : some)
            visit(metrics);
        if (static_cast<std::int64_t>(some.size()) < atOnce)
            return;
        step = some.back().step;
    }
}

// ---- Protocol buffers, as far as an event needs them ----

void addVarint(std::string &to, std::uint64_t number)
{
    for (; number >= 128; number >>= 7)
        to += static_cast<char>(number | 128);
    to += static_cast<char>(number);
}

enum class Wire { Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5 };

void addKey(std::string &to, int field, Wire wire)
{
    addVarint(to, static_cast<std::uint64_t>(field) << 3 | static_cast<std::uint64_t>(wire));
}

void addBytes(std::string &to, int field, std::string_view bytes)
{
    addKey(to, field, Wire::Bytes);
    addVarint(to, bytes.size());
    to += bytes;
}

void addNumber(std::string &to, int field, std::uint64_t number)
{
    addKey(to, field, Wire::Varint);
    addVarint(to, number);
}

template <typename Bits> void addFixed(std::string &to, Bits bits)
{
    for (std::size_t i = 0; i < sizeof bits; ++i)
        to += static_cast<char>(bits >> (8 * i));
}

/// CRC-32C (Castagnoli), reflected.
std::uint32_t crc32c(std::string_view bytes)
{
    static const auto table = [] {
        std::array<std::uint32_t, 256> entries{};
        for (std::uint32_t i = 0; i < entries.size(); ++i) {
            std::uint32_t value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = value >> 1 ^ ((value & 1) != 0 ? 0x82F63B78U : 0U);
            entries[i] = value;
        }
        return entries;
    }();
    std::uint32_t crc = ~0U;
    for (const char c : bytes)
        crc = crc >> 8 ^ table[(crc ^ static_cast<unsigned char>(c)) & 255];
    return ~crc;
}

/// Length, bytes, and a masked checksum of each.
void addRecord(std::string &file, const std::string &event)
{
    const auto masked = [](std::string_view bytes) { return std::rotr(crc32c(bytes), 15) + 0xA282EAD8U; };
    std::string length;
    addFixed(length, static_cast<std::uint64_t>(event.size()));
    file += length;
    addFixed(file, masked(length));
    file += event;
    addFixed(file, masked(event));
}

/// Event {wall_time = 1, step = 2, file_version = 3, summary = 5}.
std::string eventAt(double time, std::int64_t step)
{
    std::string event;
    addKey(event, 1, Wire::Fixed64);
    addFixed(event, std::bit_cast<std::uint64_t>(time));
    addNumber(event, 2, static_cast<std::uint64_t>(step));
    return event;
}

/// Summary.Value {tag = 1, simple_value = 2}, to a Summary's values = 1.
void addScalar(std::string &summary, const std::string &tag, double number)
{
    std::string value;
    addBytes(value, 1, tag);
    addKey(value, 2, Wire::Fixed32);
    addFixed(value, std::bit_cast<std::uint32_t>(static_cast<float>(number)));
    addBytes(summary, 1, value);
}

/// Summary.Value {tag = 1, tensor = 8, metadata = 9}, the tensor being one text.
void addText(std::string &summary, const std::string &tag, const std::string &text)
{
    constexpr std::uint64_t stringType = 7;
    std::string plugin, metadata, size, shape, tensor, value;
    addBytes(plugin, 1, "text");
    addBytes(metadata, 1, plugin);
    addNumber(size, 1, 1);
    addBytes(shape, 2, size);
    addNumber(tensor, 1, stringType);
    addBytes(tensor, 2, shape);
    addBytes(tensor, 8, text);
    addBytes(value, 1, tag);
    addBytes(value, 8, tensor);
    addBytes(value, 9, metadata);
    addBytes(summary, 1, value);
}

double secondsOf(const std::string &created)
{
    std::tm utc{};
    return strptime(created.c_str(), "%Y-%m-%dT%H:%M:%SZ", &utc) ? static_cast<double>(timegm(&utc)) : 0;
}

} // namespace

void exportCsv(const Run &run, const fs::path &file)
{
    std::string text = "step,loss,held_out_loss,learning_rate,gradient_norm,seconds,tokens";
    const auto layers = run.facts().config.numLayers;
    for (const char *name : {"alpha_", "gradient_norm_"})
        for (std::int64_t layer = 0; layer < layers; ++layer)
            text += "," + std::string(name) + std::to_string(layer);
    text += '\n';
    const auto number = [](auto value) {
        if (!std::isfinite(value))
            return std::string(std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf");
        return numberText(static_cast<double>(value));
    };
    forEachStep(run, [&](const StepMetrics &m) {
        text += std::to_string(m.step) + "," + number(m.loss) + "," + (m.heldOutLoss ? number(*m.heldOutLoss) : "") +
                "," + number(m.learningRate) + "," + number(m.gradientNorm) + "," + number(m.seconds) + "," +
                std::to_string(m.tokens);
        for (const std::vector<float> *numbers : {&m.alphas, &m.layerGradientNorms})
            for (const float value : *numbers)
                text += "," + number(value);
        text += '\n';
    });
    writeFileWhole(file, text);
}

void exportTensorBoard(const Run &run, const fs::path &folder)
{
    double time = secondsOf(run.facts().created);
    std::string file;
    std::string first = eventAt(time, 0);
    addBytes(first, 3, "brain.Event:2");
    addRecord(file, first);
    std::vector<RunSample> samples = run.samples();
    auto sample = samples.begin();
    forEachStep(run, [&](const StepMetrics &m) {
        time += m.seconds;
        std::string summary;
        addScalar(summary, "loss", m.loss);
        if (m.heldOutLoss)
            addScalar(summary, "held_out_loss", *m.heldOutLoss);
        addScalar(summary, "learning_rate", m.learningRate);
        addScalar(summary, "gradient_norm", m.gradientNorm);
        addScalar(summary, "seconds", m.seconds);
        for (std::size_t layer = 0; layer < m.alphas.size(); ++layer) {
            addScalar(summary, "alpha/" + std::to_string(layer), m.alphas[layer]);
            addScalar(summary, "gradient_norm/" + std::to_string(layer), m.layerGradientNorms[layer]);
        }
        for (; sample != samples.end() && sample->step <= m.step; ++sample) {
            addText(summary, "sample/drawn", sample->prompt + sample->drawn);
            addText(summary, "sample/greedy", sample->prompt + sample->greedy);
        }
        std::string event = eventAt(time, m.step);
        addBytes(event, 5, summary);
        addRecord(file, event);
    });
    std::error_code error;
    fs::create_directories(folder, error);
    // One name a run, so that exporting again replaces what was exported before.
    writeFileWhole(folder / ("events.out.tfevents." +
                             std::to_string(static_cast<std::int64_t>(secondsOf(run.facts().created))) + ".samout"),
                   file);
}

} // namespace samout
