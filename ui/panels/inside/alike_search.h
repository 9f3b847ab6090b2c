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

/// One search for passages: what it takes along to its thread, and what it brings back.
struct AlikeSearch {
    std::shared_ptr<const Dataset> data;
    /// Whose passages. Of the difference those that the network as changed holds differently from that as trained.
    MeasuredOf of;
    AlikeQuestion question;
    /// Of the data, which are read at most.
    std::int64_t tokens = 0;
    /// One for every network of `of`. Before the search those of the search before in the same data, which are used
    /// again where they fit: making one takes seconds.
    std::vector<std::shared_ptr<const ChangeIndex>> indexes = {};
    /// One of both.
    AlikeAnswer answer = {};
    AlikeDifference difference = {};

    bool isDifference() const { return of.side == Side::Difference; }
    const Passages &passages() const { return indexes.front()->passages(); }

    /// Throws Error where the data has other tokens than the network, or as findAlike().
    void run(const Job::Progress &progress, const std::stop_token &stop);
};

} // namespace samout
