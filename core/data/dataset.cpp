// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/dataset.h"

#include "core/base/error.h"
#include "core/data/sources.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <numeric>
#include <type_traits>

namespace samout {

namespace {

bool hasKind(const std::vector<DataKind> &kinds, const std::string &name)
{
    return std::any_of(kinds.begin(), kinds.end(), [&](const DataKind &kind) { return kind.name == name; });
}

std::string kindNames()
{
    std::string names;
    for (const DataKind &kind : dataKinds())
        names += (names.empty() ? "" : ", ") + kind.name;
    return names;
}

void checkOptions(const DataOptions &options)
{
    if (options.source.empty())
        throw Error(Error::WrongValue,
                    Text("No data is named: choose one of {0}, or a .txt or .jsonl file.", kindNames()));
    if (options.batch < 0)
        throw Error(Error::WrongValue,
                    Text("A batch of {0} sequences cannot be: it has to be at least 1.", options.batch));
    if (options.sequenceLength < 2)
        throw Error(Error::WrongValue,
                    Text("Sequences of {0} tokens are too short: a token and the one that follows it make 2.",
                         options.sequenceLength));
    if (options.heldOut && !(*options.heldOut >= 0 && *options.heldOut < 1))
        throw Error(
            Error::WrongValue,
            Text("A held-out share of {0} cannot be: it has to be at least 0 and below 1, such as 0.1 for a tenth.",
                 *options.heldOut));
}

} // namespace

std::int64_t Batch::countedTargets() const
{
    return std::ssize(weights) - std::count(weights.begin(), weights.end(), 0.0F);
}

double Batch::totalWeight() const { return std::accumulate(weights.begin(), weights.end(), 0.0); }

std::int64_t Batch::rowLength(std::int64_t row) const
{
    std::int64_t length = time;
    while (length > 0 && weights[static_cast<std::size_t>(row * time + length - 1)] == 0)
        --length;
    return length;
}

Batch Batch::rows(std::int64_t first, std::int64_t number) const
{
    const auto part = [begin = first * time, end = (first + number) * time](const auto &all) {
        return std::decay_t<decltype(all)>(all.begin() + begin, all.begin() + end);
    };
    return {.count = number, .time = time, .inputs = part(inputs), .targets = part(targets), .weights = part(weights)};
}

Batch shiftedBatch(const std::vector<std::vector<std::int64_t>> &sequences, std::optional<std::int64_t> padding)
{
    std::size_t longest = 0;
    for (const std::vector<std::int64_t> &sequence : sequences)
        longest = std::max(longest, sequence.size());
    if (longest < 2)
        throw Error(Error::WrongValue, Text("There is nothing to predict: no sequence has two tokens."));
    Batch batch;
    batch.count = static_cast<std::int64_t>(sequences.size());
    batch.time = static_cast<std::int64_t>(longest) - 1;
    batch.inputs.assign(sequences.size() * (longest - 1), padding.value_or(0));
    batch.targets = batch.inputs;
    batch.weights.resize(batch.inputs.size());
    for (std::size_t row = 0; row < sequences.size(); ++row) {
        const std::vector<std::int64_t> &sequence = sequences[row];
        const auto begin = static_cast<std::ptrdiff_t>(row * (longest - 1));
        std::copy_n(sequence.begin(), std::min(sequence.size(), longest - 1), batch.inputs.begin() + begin);
        if (sequence.empty())
            continue;
        std::copy(sequence.begin() + 1, sequence.end(), batch.targets.begin() + begin);
        std::transform(sequence.begin() + 1, sequence.end(), batch.weights.begin() + begin,
                       [padding](std::int64_t target) { return target == padding ? 0.0F : 1.0F; });
    }
    return batch;
}

double Dataset::chanceLoss() const { return std::log(static_cast<double>(m_vocabulary.size())); }

bool isDataKind(const std::string &source) { return hasKind(dataKinds(), source); }

const std::vector<DataKind> &dataKinds()
{
    static const std::vector<DataKind> kinds = [] {
        std::vector<DataKind> all = {{"article", Text("100 random sequences, as published: what is learnt is learnt by "
                                                      "heart, for nothing in them can be known from the rest.")}};
        all.insert(all.end(), taskKinds().begin(), taskKinds().end());
        all.insert(all.end(), sentenceKinds().begin(), sentenceKinds().end());
        return all;
    }();
    return kinds;
}

std::shared_ptr<const Dataset> openDataset(const DataOptions &options)
{
    checkOptions(options);
    if (options.source == "article")
        return openArticle(options);
    if (hasKind(taskKinds(), options.source))
        return openTask(options);
    if (hasKind(sentenceKinds(), options.source))
        return openSentences(options);

    const std::filesystem::path path(options.source);
    std::error_code failure;
    if (!path.has_extension() && !path.has_parent_path() && !std::filesystem::exists(path, failure))
        throw Error(Error::Missing,
                    Text("There is no data called \"{0}\": choose one of {1}, or a .txt or .jsonl file.",
                         options.source, kindNames()));
    return path.extension() == ".jsonl" ? openTokenRows(options) : openText(options);
}

void requireBatch(const DataOptions &options)
{
    if (options.batch < 1)
        throw Error(Error::WrongValue, Text("A batch of all sequences cannot be made of \"{0}\", which has too many or "
                                            "no end: choose how many sequences a step takes, such as 16.",
                                            fileName(options.source)));
}

void refuseHeldOut(const DataOptions &options)
{
    if (options.heldOut)
        throw Error(
            Error::WrongValue,
            Text("\"{0}\" draws held-out sequences of its own: leave the held-out share away.", options.source));
}

Vocabulary writtenVocabulary(const DataOptions &options, const Vocabulary &own)
{
    if (!options.vocabulary)
        return own;
    const Vocabulary &given = *options.vocabulary;
    if (given.isNumbers()) {
        if (given.size() < own.size())
            throw Error(Error::WrongValue, Text("\"{0}\" needs {1} tokens, and the network knows only {2}.",
                                                options.source, own.size(), given.size()));
        return own;
    }
    for (std::int64_t id = 0; id < own.size(); ++id) {
        if (!own.special().contains(id) && given.find(own.symbols()[static_cast<std::size_t>(id)]) < 0)
            throw Error(Error::WrongValue, Text("The network's vocabulary lacks \"{0}\", which \"{1}\" is written "
                                                "with; choose the data it was trained on, or a text file.",
                                                own.label(id), options.source));
    }
    return given;
}

std::string fileName(const std::string &path) { return std::filesystem::path(path).filename().string(); }

} // namespace samout
