// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/model_data.h"

#include "core/runs/run.h"
#include "core/runs/run_folder.h"
#include "core/runs/stored_training.h"
#include "core/train/options.h"

#include <algorithm>

namespace samout {

std::shared_ptr<const Dataset> dataOfModel(const std::filesystem::path &model, const Snapshot &snapshot)
{
    if (const auto run = runContaining(model); !run.empty())
        return openRunData(Run(run));
    for (const DataKind &kind : dataKinds()) {
        DataOptions options;
        options.source = kind.name;
        if (openDataset(options)->vocabulary() == snapshot.vocabulary())
            return dataFor(snapshot, kind.name);
    }
    return nullptr;
}

std::shared_ptr<const Dataset> dataFor(const Snapshot &snapshot, const std::string &source,
                                       std::optional<std::int64_t> sequenceLength)
{
    const DataOptions classroom = classroomPreset().data;
    DataOptions options;
    options.source = source;
    if (source == classroom.source)
        options.sequenceLength = classroom.sequenceLength;
    options.sequenceLength = sequenceLength.value_or(options.sequenceLength);
    options.vocabulary = snapshot.vocabulary();
    return openDataset(options);
}

} // namespace samout
