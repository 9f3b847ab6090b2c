// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/recoverability.h"

#include "core/base/error.h"
#include "core/compute/fast_network.h"
#include "core/inspect/linear_probe.h"
#include "core/inspect/subject.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace samout {

using torch::Tensor;

namespace {

constexpr std::size_t sentencesAtOnce = 64;
constexpr float nan = std::numeric_limits<float>::quiet_NaN();

bool tests(std::size_t sentence) { return sentence % 3 == 2; }

/// The number of distances at which a sentence takes part.
std::int64_t reach(const LabelledSentence &sentence)
{
    const auto size = static_cast<std::int64_t>(sentence.tokens.size());
    return (sentence.again >= 0 ? sentence.again : size) - sentence.end;
}

/// The states of one layer at one distance, with their words.
struct Samples {
    Grid states;
    std::vector<int> labels;

    void add(const float *values, int hidden, int label)
    {
        states.cols = hidden;
        ++states.rows;
        states.values.insert(states.values.end(), values, values + hidden);
        labels.push_back(label);
    }
};

struct Split {
    Samples train, test;
};

/// Calls forward(first sentence, tokens [count, time]) for all sentences, several at a time.
void inBatches(const std::vector<LabelledSentence> &sentences, const std::stop_token &stop, const auto &forward)
{
    for (std::size_t first = 0; first < sentences.size() && !stop.stop_requested(); first += sentencesAtOnce) {
        const std::size_t count = std::min(sentencesAtOnce, sentences.size() - first);
        std::size_t time = 0;
        for (std::size_t i = 0; i < count; ++i)
            time = std::max(time, sentences[first + i].tokens.size());
        // The padding after a shorter sentence is ignored.
        Tensor tokens =
            torch::zeros({static_cast<std::int64_t>(count), static_cast<std::int64_t>(time)}, torch::kInt64);
        for (std::size_t i = 0; i < count; ++i)
            std::ranges::copy(sentences[first + i].tokens, tokens.mutable_data_ptr<std::int64_t>() + i * time);
        forward(first, tokens);
    }
}

void addRecalls(const std::vector<LabelledSentence> &sentences, std::size_t first, const Tensor &logits,
                std::map<std::int64_t, Recoverability::Recall> &recalls)
{
    const Tensor logs = torch::log_softmax(logits.to(torch::kFloat64), -1).contiguous();
    const std::int64_t time = logs.size(1), vocabulary = logs.size(2);
    for (std::int64_t i = 0; i < logs.size(0); ++i) {
        const LabelledSentence &sentence = sentences[first + static_cast<std::size_t>(i)];
        if (sentence.again < 0)
            continue;
        bool right = true;
        double log = 0;
        for (std::int64_t t = sentence.again; t < sentence.againEnd; ++t) {
            const double *row = logs.const_data_ptr<double>() + (i * time + t - 1) * vocabulary;
            const std::int64_t token = sentence.tokens[static_cast<std::size_t>(t)];
            right = right && std::max_element(row, row + vocabulary) - row == token;
            log += row[token];
        }
        Recoverability::Recall &recall = recalls[sentence.again - 1 - sentence.end];
        ++recall.sentences;
        recall.right += right;
        recall.probability += static_cast<float>(std::exp(log));
    }
}

float accuracyOf(const Split &split, int classes)
{
    const LinearProbe probe(split.train.states, split.train.labels, classes);
    const std::vector<int> read = probe.read(split.test.states);
    int right = 0;
    for (std::size_t i = 0; i < read.size(); ++i)
        right += read[i] == split.test.labels[i];
    return static_cast<float>(right) / static_cast<float>(read.size());
}

bool enough(const Split &split)
{
    return split.train.states.rows >= Recoverability::fewestTested &&
           split.test.states.rows >= Recoverability::fewestTested;
}

float chanceOf(const Split &split, std::size_t classes)
{
    std::vector<int> counts(classes);
    for (const int label : split.train.labels)
        ++counts[static_cast<std::size_t>(label)];
    const auto likeliest = static_cast<int>(std::ranges::max_element(counts) - counts.begin());
    return static_cast<float>(std::ranges::count(split.test.labels, likeliest)) /
           static_cast<float>(split.test.labels.size());
}

void check(const RecoverQuestion &question)
{
    if (question.data.sentences.empty())
        throw Error(Error::WrongValue, Text("There are no sentences with such a word."));
    const std::int64_t size = question.snapshot->config().vocabSize;
    for (const LabelledSentence &sentence : question.data.sentences)
        for (const std::int64_t token : sentence.tokens)
            if (token < 0 || token >= size)
                throw Error(Error::WrongValue,
                            Text("A sentence has token {0}; the network's vocabulary has 0 to {1}.", token, size - 1));
}

} // namespace

std::optional<Recoverability> recoverable(const RecoverQuestion &question, const ShareDone &progress,
                                          std::stop_token stop)
{
    check(question);
    const std::vector<LabelledSentence> &sentences = question.data.sentences;
    const auto layers = static_cast<int>(question.snapshot->config().numLayers);
    const auto hidden = static_cast<int>(question.snapshot->config().hiddenSize);
    const auto distances = static_cast<std::size_t>(std::max(1, question.distances));
    const std::size_t classes = question.data.words.size();
    Recoverability result;
    result.words = question.data.words;
    result.accuracy = Grid(layers, static_cast<int>(distances));
    result.tested.resize(distances);
    result.chance.assign(distances, nan);
    std::map<std::int64_t, Recoverability::Recall> recalls;
    const auto tell = [&](int layer, double share) {
        if (progress)
            progress((layer + share) / layers);
    };

    const SamOut network(*question.snapshot);
    FastNetwork fast(network);
    for (int layer = 0; layer < layers; ++layer) {
        std::vector<Split> splits(distances);
        withoutTorchErrors([&] {
            inBatches(sentences, stop, [&](std::size_t first, const Tensor &tokens) {
                const std::int64_t time = tokens.size(1);
                const auto look = [&](int shown, const float *values, std::int64_t stride) {
                    for (std::int64_t i = 0; shown == layer && i < tokens.size(0); ++i) {
                        const std::size_t at = first + static_cast<std::size_t>(i);
                        const LabelledSentence &sentence = sentences[at];
                        const auto far = std::min(static_cast<std::int64_t>(distances), reach(sentence));
                        for (std::int64_t k = 0; k < far; ++k) {
                            Split &split = splits[static_cast<std::size_t>(k)];
                            (tests(at) ? split.test : split.train)
                                .add(values + (i * time + sentence.end + k) * stride, hidden, sentence.label);
                        }
                    }
                };
                const Tensor logits = fast.forward(tokens, nullptr, look);
                if (layer == 0)
                    addRecalls(sentences, first, logits, recalls);
                tell(layer, 0.5 * static_cast<double>(first) / static_cast<double>(sentences.size()));
            });
        });
        for (std::size_t k = 0; k < distances; ++k) {
            if (stop.stop_requested())
                return std::nullopt;
            const bool measured = enough(splits[k]);
            result.accuracy.at(layer, static_cast<int>(k)) =
                measured ? accuracyOf(splits[k], static_cast<int>(classes)) : nan;
            result.tested[k] = splits[k].test.states.rows;
            if (measured)
                result.chance[k] = chanceOf(splits[k], classes);
            splits[k] = {};
            tell(layer, 0.5 + 0.5 * static_cast<double>(k + 1) / static_cast<double>(distances));
        }
    }
    for (auto &[distance, recall] : recalls) {
        result.all.sentences += recall.sentences;
        result.all.right += recall.right;
        result.all.probability += recall.probability;
        recall.distance = static_cast<int>(distance);
        recall.right /= static_cast<float>(recall.sentences);
        recall.probability /= static_cast<float>(recall.sentences);
        result.recalls.push_back(recall);
    }
    if (result.all.sentences > 0) {
        result.all.right /= static_cast<float>(result.all.sentences);
        result.all.probability /= static_cast<float>(result.all.sentences);
    }
    return result;
}

Recoverability difference(Recoverability changed, const Recoverability &trained)
{
    changed.accuracy = difference(std::move(changed.accuracy), trained.accuracy);
    const auto subtract = [](Recoverability::Recall &from, const Recoverability::Recall &what) {
        from.right -= what.right;
        from.probability -= what.probability;
    };
    for (std::size_t i = 0; i < changed.recalls.size(); ++i)
        subtract(changed.recalls[i], trained.recalls[i]);
    subtract(changed.all, trained.all);
    return changed;
}

Table tableOf(const Recoverability &result)
{
    using Column = Table::Column;
    Table table{.columns = {{.name = "distance", .kind = Column::Key, .unit = "tokens"},
                            {.name = "tested", .kind = Column::Key},
                            {.name = "guessing", .kind = Column::Key}},
                .rows = {}};
    for (int layer = 0; layer < result.accuracy.rows; ++layer)
        table.columns.push_back({.name = "layer " + std::to_string(layer)});
    table.columns.push_back({.name = "asked", .kind = Column::Key});
    table.columns.push_back({.name = "right"});
    table.columns.push_back({.name = "probability"});
    for (int k = 0; k < result.accuracy.cols; ++k) {
        const auto at = static_cast<std::size_t>(k);
        Table::Row row{std::int64_t{k}, std::int64_t{result.tested[at]}, result.chance[at]};
        for (int layer = 0; layer < result.accuracy.rows; ++layer)
            row.emplace_back(result.accuracy.at(layer, k));
        const auto recall = std::ranges::find(result.recalls, k, &Recoverability::Recall::distance);
        if (recall != result.recalls.end())
            row.insert(row.end(), {std::int64_t{recall->sentences}, recall->right, recall->probability});
        row.resize(table.columns.size());
        table.rows.push_back(std::move(row));
    }
    return table;
}

} // namespace samout
