// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/model_file.h"

#include "core/base/error.h"
#include "core/files/state_dict.h"
#include "core/files/vocabulary_metadata.h"
#include "core/model/mixer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace samout {

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t defaultHeads = 6;

std::string endingOf(const fs::path &path)
{
    std::string ending = path.extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c); });
    return ending;
}

/// The tensors by their published names: without the prefixes that wrapped modules give to all names.
std::map<std::string, const StoredTensor *> publishedNames(const TensorFile &file)
{
    std::size_t stripped = 0;
    const auto allBeginWith = [&](std::string_view prefix) {
        return !file.tensors.empty() && std::all_of(file.tensors.begin(), file.tensors.end(), [&](const auto &item) {
            return std::string_view(item.first).substr(std::min(stripped, item.first.size())).starts_with(prefix);
        });
    };
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view prefix : {"module.", "_orig_mod."})
            if (allBeginWith(prefix)) {
                stripped += prefix.size();
                again = true;
            }
    }
    std::map<std::string, const StoredTensor *> tensors;
    for (const auto &[name, tensor] : file.tensors)
        tensors.emplace(name.substr(stripped), &tensor);
    return tensors;
}

/// The mixer that the metadata names, else the first mixer whose parameter names the tensors have, else V8's.
const Mixer &mixerOf(const std::map<std::string, const StoredTensor *> &tensors, std::int64_t layers,
                     const TensorFile &file, const std::string &origin)
{
    if (const auto told = file.metadata.find("mixer"); told != file.metadata.end()) {
        try {
            return mixerNamed(told->second);
        } catch (const Error &error) {
            throw Error(Error::Unsupported, Text("{0}: {1}", origin, error.text()));
        }
    }
    for (const Mixer *mixer : mixers()) {
        // The number of layers is the only size that the names depend on.
        const std::vector<Parameter> layout =
            parameterLayout({.vocabSize = 4, .hiddenSize = 4, .numHeads = 1, .numLayers = layers, .mixer = mixer});
        if (layout.size() == tensors.size() &&
            std::ranges::all_of(layout, [&](const Parameter &parameter) { return tensors.contains(parameter.name); }))
            return *mixer;
    }
    return defaultMixer();
}

/// The sizes that the shapes show; the metadata must agree with them. The padding is left to the vocabulary.
ModelConfig configOf(const std::map<std::string, const StoredTensor *> &tensors, const TensorFile &file,
                     const std::string &origin)
{
    const auto embedding = tensors.find("em.weight");
    if (embedding == tensors.end())
        throw Error(Error::Damaged, Text("{0} is no SamOut network: the tensor \"em.weight\" is missing.", origin));
    const std::vector<std::int64_t> &shape = embedding->second->shape;
    if (shape.size() != 2)
        throw Error(Error::Damaged,
                    Text("{0}: the tensor \"em.weight\" has the shape {1}; it should be [vocabulary, hidden].", origin,
                         shapeText(shape)));

    ModelConfig config;
    config.vocabSize = shape[0];
    config.hiddenSize = shape[1];
    config.numLayers = 0;
    for (;; ++config.numLayers) {
        const std::string prefix = "decoder_layers." + std::to_string(config.numLayers) + ".";
        const auto first = tensors.lower_bound(prefix);
        if (first == tensors.end() || !first->first.starts_with(prefix))
            break;
    }
    if (config.numLayers == 0)
        throw Error(Error::Damaged,
                    Text("{0} is no SamOut network: it has no tensor \"decoder_layers.0.alpha\".", origin));

    config.mixer = &mixerOf(tensors, config.numLayers, file, origin);

    const std::pair<const char *, std::int64_t> shown[] = {
        {"vocab_size", config.vocabSize}, {"hidden_size", config.hiddenSize}, {"num_layers", config.numLayers}};
    for (const auto &[key, value] : shown)
        if (const std::int64_t told = metadataNumber(file.metadata, key, origin).value_or(value); told != value)
            throw Error(Error::Damaged,
                        Text("{0}: its metadata gives {1} as {2}, its tensors have {3}; the two should be the same.",
                             origin, told, key, value));
    config.numHeads = metadataNumber(file.metadata, "num_heads", origin)
                          .value_or(config.hiddenSize % defaultHeads == 0 ? defaultHeads : 1);
    config.paddingId = std::nullopt;
    try {
        config.check();
    } catch (const Error &error) {
        throw Error(Error::Damaged, Text("{0}: {1}", origin, error.text()));
    }
    return config;
}

std::vector<float> weightsOf(const std::map<std::string, const StoredTensor *> &tensors, const ModelConfig &config,
                             const std::string &origin)
{
    // All names and shapes are compared before the arena is allocated.
    const std::vector<Parameter> layout = parameterLayout(config);
    std::set<std::string_view> known;
    for (const Parameter &parameter : layout) {
        const Text where("{0}: the tensor \"{1}\"", origin, parameter.name);
        const auto found = tensors.find(parameter.name);
        if (found == tensors.end())
            throw Error(Error::Damaged,
                        Text("{0} is missing; a network of {1} layers has it.", where, config.numLayers));
        const StoredTensor &tensor = *found->second;
        if (tensor.shape != parameter.shape)
            throw Error(Error::Damaged, Text("{0} has the shape {1}; it should be {2}.", where, shapeText(tensor.shape),
                                             shapeText(parameter.shape)));
        if (!isFloating(tensor.type))
            throw Error(Error::Damaged, Text("{0} has the type {1}; it should be F32, F64, F16 or BF16.", where,
                                             dtypeName(tensor.type)));
        known.insert(parameter.name);
    }
    for (const auto &[name, tensor] : tensors)
        if (!known.contains(name))
            throw Error(Error::Damaged, Text("{0}: the tensor \"{1}\" is no part of a SamOut network of {2} layers.",
                                             origin, name, config.numLayers));

    std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
    for (const Parameter &parameter : layout) {
        std::vector<float> values = tensors.at(parameter.name)->floats();
        config.mixer->toMemoryOrder(config, parameter.name, values);
        std::copy(values.begin(), values.end(), weights.begin() + parameter.offset);
    }
    return weights;
}

} // namespace

std::shared_ptr<const Snapshot> openModelFile(const fs::path &path)
{
    const std::string ending = endingOf(path);
    if (ending == ".safetensors")
        return snapshotOf(readSafetensors(path), path.string());
    if (ending == ".pth" || ending == ".pt")
        return snapshotOf(readStateDict(path), path.string());
    std::error_code error;
    if (!fs::exists(path, error))
        throw Error(Error::Missing, Text("There is no file {0}.", path.string()));
    throw Error(Error::Unsupported,
                Text("{0} is no model: its name should end in .safetensors, .pth or .pt, or it should be a run folder.",
                     path.string()));
}

void saveModel(const fs::path &path, const Snapshot &snapshot)
{
    const std::string ending = endingOf(path);
    if (ending == ".safetensors")
        writeSafetensors(path, tensorFileOf(snapshot));
    else if (ending == ".pth" || ending == ".pt")
        writeStateDict(path, tensorFileOf(snapshot));
    else
        throw Error(
            Error::WrongValue,
            Text("Cannot save a model as {0}: the name should end in .safetensors, .pth or .pt.", path.string()));
}

std::shared_ptr<const Snapshot> snapshotOf(const TensorFile &file, const std::string &origin)
{
    const auto tensors = publishedNames(file);
    ModelConfig config = configOf(tensors, file, origin);
    std::vector<float> weights = weightsOf(tensors, config, origin);
    const std::int64_t step = metadataNumber(file.metadata, "step", origin).value_or(0);
    std::map<std::string, std::string> metadata = file.metadata;
    if (const auto padding = config.mixer->facts().defaultPadding; padding && *padding < config.vocabSize)
        metadata.try_emplace("padding_id", std::to_string(*padding));
    Vocabulary vocabulary = vocabularyOf(metadata, config.vocabSize, origin);
    config.paddingId = vocabulary.special().padding;
    return std::make_shared<const Snapshot>(config, std::move(vocabulary), step, std::move(weights));
}

TensorFile tensorFileOf(const Snapshot &snapshot)
{
    TensorFile file;
    const ModelConfig &config = snapshot.config();
    for (const Parameter &parameter : snapshot.parameters()) {
        const std::span<const float> numbers = snapshot.parameter(parameter.name);
        std::vector<float> values(numbers.begin(), numbers.end());
        config.mixer->toFileOrder(config, parameter.name, values);
        file.tensors.emplace(parameter.name, StoredTensor::ofFloats(parameter.shape, values.data()));
    }
    file.metadata = {{"format", "pt"},
                     {"mixer", config.mixer->facts().name},
                     {"vocab_size", std::to_string(config.vocabSize)},
                     {"hidden_size", std::to_string(config.hiddenSize)},
                     {"num_heads", std::to_string(config.numHeads)},
                     {"num_layers", std::to_string(config.numLayers)},
                     {"step", std::to_string(snapshot.step())}};
    file.metadata.merge(metadataOf(snapshot.vocabulary()));
    return file;
}

} // namespace samout
