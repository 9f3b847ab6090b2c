// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/alike_search.h"

#include "core/base/error.h"

#include <algorithm>
#include <map>
#include <utility>

namespace samout {

namespace {

/// The share of the progress for reading the data; the rest is for making the indexes.
constexpr double readingShare = 0.1;

bool isOf(const ChangeIndex &index, const Snapshot &network)
{
    const Snapshot &read = *index.snapshot();
    return &read == &network ||
           (read.config() == network.config() && std::ranges::equal(read.weights(), network.weights()));
}

} // namespace

std::vector<HeldGroup> heldGroups(const Winners &winners, const ModelConfig &config, int head, int position)
{
    const auto size = static_cast<int>(config.headSize());
    std::map<int, HeldGroup> groups;
    for (int channel = head * size; channel < (head + 1) * size; ++channel) {
        const int since = winners.since[static_cast<std::size_t>(position * config.hiddenSize + channel)];
        if (since < 0)
            continue;
        groups[since].since = since;
        groups[since].channels.push_back(channel);
    }
    std::vector<HeldGroup> sorted;
    for (auto &[since, group] : groups)
        sorted.push_back(std::move(group));
    std::ranges::stable_sort(sorted, std::ranges::greater(), [](const HeldGroup &g) { return g.channels.size(); });
    return sorted;
}

std::int64_t AlikeSearch::tokensRead() const
{
    std::int64_t read = 0;
    for (std::int64_t i = 0; i < passages().count(); ++i)
        read += passages().times[static_cast<std::size_t>(i)] * std::ssize(passages().at(i));
    return read;
}

void AlikeSearch::run(const ShareDone &progress, const std::stop_token &stop)
{
    if (!(data->vocabulary() == subject.trained->vocabulary()))
        throw Error(Error::WrongValue, Text("The network reads other tokens than the data of the run has; look for "
                                            "passages with a network that was trained on this data."));
    const auto report = [&](double share) {
        if (progress)
            progress(share);
    };
    std::vector<std::shared_ptr<const Snapshot>> networks{
        subject.network(subject.side == Side::AsTrained ? Side::AsTrained : Side::AsChanged)};
    if (isDifference())
        networks.push_back(subject.trained);
    std::vector<std::shared_ptr<const ChangeIndex>> fitting;
    for (const auto &network : networks) {
        const auto found = std::ranges::find_if(indexes, [&](const auto &index) { return isOf(*index, *network); });
        fitting.push_back(found == indexes.end() ? nullptr : *found);
    }
    const auto missing = static_cast<double>(std::ranges::count(fitting, nullptr));
    if (missing > 0) {
        double done = 0;
        Passages read;
        if (indexes.empty()) {
            read = readPassages(
                *data, tokens, [&](double share) { report(readingShare * std::min(1.0, share)); }, stop);
            done = readingShare;
        } else {
            read = indexes.front()->passages();
        }
        const double each = (1 - done) / missing;
        for (std::size_t i = 0; i < networks.size(); ++i) {
            if (fitting[i])
                continue;
            fitting[i] = ChangeIndex::make(
                networks[i], read, [&](double share) { report(done + each * share); }, stop);
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

std::array<std::string, 3> AlikeSearch::textsOf(const AlikePlace &place) const
{
    const Vocabulary &vocabulary = subject.trained->vocabulary();
    const std::int64_t space = vocabulary.isNumbers() ? -1 : vocabulary.find(" ");
    std::array<std::string, 3> texts;
    const auto passage = passages().at(place.passage);
    for (std::int64_t i = 0; i < std::ssize(passage); ++i) {
        const std::int64_t token = passage[static_cast<std::size_t>(i)];
        std::string &text = texts[i < place.begin ? 0 : i < place.begin + question.length ? 1 : 2];
        text += token == space ? " " : vocabulary.label(token);
        if (vocabulary.isNumbers())
            text += ' ';
    }
    return texts;
}

Table AlikeSearch::tableOf(const AlikeAnswer &found) const
{
    Table rows{
        .columns = {{.name = "score"}, {.name = "times"}, {.name = "before"}, {.name = "stretch"}, {.name = "after"}},
        .rows = {}};
    for (const AlikePlace &place : found.best) {
        const auto [before, stretch, after] = textsOf(place);
        rows.rows.push_back(
            {place.score, passages().times[static_cast<std::size_t>(place.passage)], before, stretch, after});
    }
    return rows;
}

Table AlikeSearch::table() const
{
    if (!isDifference())
        return tableOf(answer);
    Table rows{.columns = {{.name = "change"},
                           {.name = "as changed"},
                           {.name = "as trained"},
                           {.name = "times"},
                           {.name = "before"},
                           {.name = "stretch"},
                           {.name = "after"}},
               .rows = {}};
    for (const AlikePair &pair : difference.largest) {
        const AlikePlace &place = pair.change() > 0 ? pair.one : pair.other;
        const auto [before, stretch, after] = textsOf(place);
        rows.rows.push_back({pair.change(), pair.one.score, pair.other.score,
                             passages().times[static_cast<std::size_t>(place.passage)], before, stretch, after});
    }
    return rows;
}

} // namespace samout
