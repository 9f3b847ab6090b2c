// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/snapshot.h"

#include "core/base/error.h"

#include <algorithm>
#include <string>
#include <utility>

namespace samout {

Snapshot::Snapshot(ModelConfig config, Vocabulary vocabulary, std::int64_t step, std::vector<float> weights)
    : m_config(config), m_vocabulary(std::move(vocabulary)), m_step(step), m_weights(std::move(weights))
{
    m_config.check();
    m_parameters = parameterLayout(m_config);
    if (m_vocabulary.size() != m_config.vocabSize)
        throw Error(
            Error::WrongValue,
            Text("The vocabulary has {0} symbols; the network's vocabulary size is {1}. The two should be the same.",
                 m_vocabulary.size(), m_config.vocabSize));
    if (m_vocabulary.special().padding != m_config.paddingId)
        throw Error(Error::WrongValue,
                    Text("The vocabulary has another padding token than the network; the two should be the same."));
    const auto expected = static_cast<std::size_t>(arenaSize(m_config));
    if (m_weights.size() != expected)
        throw Error(Error::WrongValue,
                    Text("The weights are {0} numbers; a network of this shape has {1}.", m_weights.size(), expected));
}

std::span<const float> Snapshot::parameter(std::string_view name) const
{
    const auto found = std::find_if(m_parameters.begin(), m_parameters.end(),
                                    [name](const Parameter &parameter) { return parameter.name == name; });
    if (found == m_parameters.end())
        throw Error(Error::WrongValue,
                    Text("The network has no parameter \"{0}\"; its first is \"{1}\", its last \"{2}\".", name,
                         m_parameters.front().name, m_parameters.back().name));
    return std::span(m_weights).subspan(static_cast<std::size_t>(found->offset),
                                        static_cast<std::size_t>(found->count()));
}

std::vector<float> Snapshot::alphas() const
{
    std::vector<float> alphas;
    for (std::int64_t layer = 0; layer < m_config.numLayers; ++layer)
        alphas.push_back(parameter("decoder_layers." + std::to_string(layer) + ".alpha").front());
    return alphas;
}

} // namespace samout
