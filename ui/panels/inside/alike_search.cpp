// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/alike_search.h"

#include "core/base/error.h"

#include <QCoreApplication>

#include <algorithm>

namespace samout {

namespace {

/// The translation context of this file's sentences.
struct Remarks {
    Q_DECLARE_TR_FUNCTIONS(samout::AlikeSearch)
};

/// The share of the progress for reading the data; the rest is for making the indexes.
constexpr double readingShare = 0.1;

bool isOf(const ChangeIndex &index, const Snapshot &network)
{
    const Snapshot &read = *index.snapshot();
    return &read == &network ||
           (read.config() == network.config() && std::ranges::equal(read.weights(), network.weights()));
}

} // namespace

void AlikeSearch::run(const Job::Progress &progress, const std::stop_token &stop)
{
    if (!(data->vocabulary() == of.trained->vocabulary()))
        throw Error(Remarks::tr("The network reads other tokens than the data of the run has; look for passages "
                                "with a network that was trained on this data.")
                        .toStdString());
    const auto networks = of.networks();
    std::vector<std::shared_ptr<const ChangeIndex>> fitting;
    for (const auto &network : networks) {
        const auto found = std::ranges::find_if(indexes, [&](const auto &index) { return isOf(*index, *network); });
        fitting.push_back(found == indexes.end() ? nullptr : *found);
    }
    const auto missing = static_cast<double>(std::ranges::count(fitting, nullptr));
    if (missing > 0) {
        double done = 0;
        Passages passages;
        if (indexes.empty()) {
            passages = readPassages(
                *data, tokens, [&](double share) { progress(readingShare * std::min(1.0, share)); }, stop);
            done = readingShare;
        } else {
            passages = indexes.front()->passages();
        }
        const double each = (1 - done) / missing;
        for (std::size_t i = 0; i < networks.size(); ++i) {
            if (fitting[i])
                continue;
            fitting[i] = ChangeIndex::make(
                networks[i], passages, [&](double share) { progress(done + each * share); }, stop);
            if (!fitting[i])
                return;
            done += each;
        }
    }
    indexes = std::move(fitting);
    if (isDifference())
        difference = findAlikeDifference(*indexes[0], *indexes[1], question, stop);
    else
        answer = findAlike(*indexes[0], question, stop);
}

} // namespace samout
