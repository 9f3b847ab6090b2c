// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/inspect/find_alike.h"
#include "ui/panels/measured_of.h"
#include "ui/work/job.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace samout {

/// One search for passages: the input that its thread needs, and the results.
struct AlikeSearch {
    std::shared_ptr<const Dataset> data;
    /// The network to search. For Side::Difference: finds the passages that the network as changed holds differently
    /// from the network as trained.
    MeasuredOf of;
    AlikeQuestion question;
    /// The most tokens of the data to read.
    std::int64_t tokens = 0;
    /// One index per network of `of`. Before run(): the indexes of the previous search in the same data; run() uses
    /// them again if they fit, because making an index takes seconds.
    std::vector<std::shared_ptr<const ChangeIndex>> indexes = {};
    /// run() fills one of the two.
    AlikeAnswer answer = {};
    AlikeDifference difference = {};

    bool isDifference() const { return of.side == Side::Difference; }
    const Passages &passages() const { return indexes.front()->passages(); }

    /// Throws Error if the data has other tokens than the network, and as findAlike() does.
    void run(const Job::Progress &progress, const std::stop_token &stop);
};

} // namespace samout
