// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"

#include <string>

namespace samout {

/// Data that consists of one batch of token ids: every step trains on all of its sequences.
class FixedBatch : public Dataset {
public:
    FixedBatch(const std::string &name, const std::vector<std::vector<std::int64_t>> &sequences,
               std::int64_t vocabulary)
    {
        m_name = name;
        m_vocabulary = Vocabulary::ofNumbers(vocabulary);
        m_batch = shiftedBatch(sequences, m_vocabulary.special().padding);
    }
    Batch trainingBatch(std::int64_t) const override { return m_batch; }

private:
    Batch m_batch;
};

} // namespace samout
