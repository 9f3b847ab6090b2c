// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/open_model.h"

#include "core/base/error.h"
#include "core/files/model_file.h"
#include "core/runs/run_folder.h"

namespace samout {

namespace fs = std::filesystem;

namespace {

/// snapshots/step-N.safetensors with the largest N.
fs::path newestSnapshot(const fs::path &run)
{
    const fs::path folder = run / "snapshots";
    fs::path newest;
    std::int64_t newestStep = -1;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::int64_t step = stepOfName(it->path());
        if (step > newestStep) {
            newestStep = step;
            newest = it->path();
        }
    }
    if (newest.empty())
        throw Error(Error::Missing,
                    Text("{0} is no run folder: there is no snapshots/step-N.safetensors in it.", run.string()));
    return newest;
}

} // namespace

std::shared_ptr<const Snapshot> openModel(const fs::path &path)
{
    std::error_code error;
    return openModelFile(fs::is_directory(path, error) ? newestSnapshot(path) : path);
}

} // namespace samout
