// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/dataset.h"
#include "core/files/safetensors.h"
#include "core/model/samout.h"
#include "tests/support/files.h"

#include <QString>
#include <QTest>

#include <map>

namespace samout::golden {

/// A file of reference numbers (see tests/golden/README.md for its contents).
class File {
public:
    explicit File(const std::string &name)
        : m_file(readSafetensors(files::golden(name + ".safetensors").string()))
    {
    }

    ModelConfig config() const
    {
        const auto number = [&](const char *key) { return std::stoll(m_file.metadata.at(key)); };
        return {.vocabSize = number("vocab_size"),
                .hiddenSize = number("hidden_size"),
                .numHeads = number("num_heads"),
                .numLayers = number("num_layers"),
                .paddingId = number("padding_id")};
    }
    double learningRate() const { return std::stod(m_file.metadata.at("learning_rate")); }
    torch::Tensor tensor(const std::string &name) const
    {
        const StoredTensor &stored = m_file.tensors.at(name);
        if (stored.type == DType::I64)
            return torch::tensor(stored.integers()).view(stored.shape);
        return torch::tensor(stored.floats()).view(stored.shape);
    }
    /// All parameters under "PREFIX.NAME" as one arena.
    torch::Tensor arena(const std::string &prefix) const
    {
        torch::Tensor arena = torch::zeros(arenaSize(config()));
        for (const Parameter &parameter : parameterLayout(config()))
            arena.narrow(0, parameter.offset, parameter.count())
                .copy_(tensor(prefix + "." + parameter.name).reshape(-1));
        return arena;
    }
    std::shared_ptr<const Snapshot> snapshot(const std::string &prefix) const
    {
        const torch::Tensor values = arena(prefix);
        return std::make_shared<Snapshot>(
            config(), Vocabulary::ofNumbers(config().vocabSize), 0,
            std::vector<float>(values.const_data_ptr<float>(), values.const_data_ptr<float>() + values.numel()));
    }
    std::vector<std::vector<std::int64_t>> sequences() const
    {
        const StoredTensor &stored = m_file.tensors.at("tokens");
        const auto tokens = stored.integers();
        std::vector<std::vector<std::int64_t>> rows;
        for (auto it = tokens.begin(); it != tokens.end(); it += stored.shape[1])
            rows.emplace_back(it, it + stored.shape[1]);
        return rows;
    }

private:
    TensorFile m_file;
};

/// A dataset of fixed sequences, all of them in every batch.
class FixedData : public Dataset {
public:
    FixedData(const std::vector<std::vector<std::int64_t>> &sequences, std::int64_t vocabSize)
        : FixedData(sequences, Vocabulary::ofNumbers(vocabSize))
    {
    }
    FixedData(const std::vector<std::vector<std::int64_t>> &sequences, const Vocabulary &vocabulary)
        : m_batch(shiftedBatch(sequences, vocabulary.special().padding))
    {
        m_name = "fixed";
        m_vocabulary = vocabulary;
        m_sequenceLength = m_batch.time + 1;
    }
    Batch trainingBatch(std::int64_t) const override { return m_batch; }

private:
    Batch m_batch;
};

/// The largest difference, relative to the largest value of `expected`.
inline double difference(const torch::Tensor &actual, const torch::Tensor &expected)
{
    const double scale = expected.abs().max().item<double>();
    return (actual.to(torch::kDouble) - expected.to(torch::kDouble)).abs().max().item<double>() /
           (scale > 0 ? scale : 1);
}

} // namespace samout::golden

#define COMPARE_TENSORS(actual, expected, tolerance)                                                                   \
    do {                                                                                                               \
        QCOMPARE((actual).sizes().vec(), (expected).sizes().vec());                                                    \
        const double found = samout::golden::difference(actual, expected);                                             \
        QVERIFY2(found <= (tolerance),                                                                                 \
                 qPrintable(QStringLiteral(#actual " differs by %1 of the largest value").arg(found)));                \
    } while (false)
