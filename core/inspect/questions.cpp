// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/questions.h"

#include "core/base/error.h"
#include "core/inspect/alike_search.h"
#include "core/inspect/alpha_sweep.h"
#include "core/inspect/cell_effects.h"
#include "core/inspect/comparison.h"
#include "core/inspect/influence.h"
#include "core/inspect/measuring_data.h"
#include "core/inspect/next_token.h"
#include "core/inspect/position_loss.h"
#include "core/inspect/recoverability.h"
#include "core/inspect/statistics.h"
#include "core/inspect/surprise.h"
#include "core/inspect/winner_map.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace samout {

namespace {

using Facts = std::vector<std::pair<std::string, Table::Value>>;

Side sideOf(const Interventions &interventions) { return interventions.empty() ? Side::AsTrained : Side::Difference; }

/// One answer for each side that was asked, by `answer(value, side)`.
template <typename Value, typename Make>
std::vector<Answer> answersOf(const std::optional<BySide<Value>> &values, const Make &make)
{
    std::vector<Answer> answers;
    if (!values)
        return answers;
    for (const auto &[side, value] :
         {std::pair(Side::AsTrained, &values->trained), std::pair(Side::AsChanged, &values->changed),
          std::pair(Side::Difference, &values->difference)})
        if (*value) {
            answers.push_back(make(**value, side));
            answers.back().side = side;
        }
    return answers;
}

/// The subject of a question about other texts than the one to look at.
Subject subjectOf(const Inquiry &inquiry)
{
    return Subject::of(inquiry.snapshot, inquiry.interventions, Side::Difference);
}

std::int64_t tokensOf(const Inquiry &inquiry, std::int64_t usual)
{
    return inquiry.tokens > 0 ? inquiry.tokens : usual;
}

/// A fact that every answer begins with.
Facts::value_type stepOf(const Inquiry &inquiry) { return {"step", inquiry.snapshot->step()}; }

/// The question of a text, for the network as trained or as changed.
Question readingOf(const Inquiry &inquiry, Side side)
{
    Question question{.snapshot = inquiry.snapshot, .tokens = inquiry.snapshot->vocabulary().encode(inquiry.text)};
    if (side != Side::AsTrained)
        question.interventions = inquiry.interventions;
    return question;
}

std::vector<Answer> askEffects(const Inquiry &inquiry)
{
    const Subject subject = subjectOf(inquiry);
    const MeasuringData data = measuringData(*inquiry.data, tokensOf(inquiry, 5000));
    const auto facts = [&] { return Facts{stepOf(inquiry), {"trained sequences", data.trainedRows}}; };
    if (inquiry.channelsOf)
        return answersOf(measureChannels(subject, data.batch, *inquiry.channelsOf, inquiry.progress, inquiry.stop),
                         [&](const std::vector<ChannelEffect> &channels, Side) {
                             Answer answer{.facts = facts(), .table = tableOf(channels)};
                             answer.facts.emplace_back("layer", std::int64_t{*inquiry.channelsOf});
                             return answer;
                         });
    return answersOf(askBySide(subject.side, inquiry.progress,
                               [&](Side side, const ShareDone &progress) {
                                   return measureEffects(*subject.network(side), data.batch, progress, inquiry.stop);
                               }),
                     [&](const EffectTable &table, Side) {
                         Answer answer{.facts = facts(), .table = tableOf(table), .effects = table};
                         answer.facts.insert(answer.facts.end(), {{"loss", table.loss},
                                                                  {"loss error", table.lossError},
                                                                  {"sequences", table.sequences},
                                                                  {"tokens", table.tokens},
                                                                  {"group mean", table.groupMean()},
                                                                  {"group spread", table.groupSpread()}});
                         return answer;
                     });
}

std::vector<Answer> askStatistics(const Inquiry &inquiry)
{
    const Subject subject = subjectOf(inquiry);
    const MeasuringData data = measuringData(*inquiry.data, tokensOf(inquiry, statisticsTokens));
    return answersOf(askBySide(subject.side, inquiry.progress,
                               [&](Side side, const ShareDone &progress) {
                                   return measureStatistics(subject.network(side), data.batch, statisticsInfluenceRows,
                                                            progress, inquiry.stop);
                               }),
                     [&](const StateStatistics &statistics, Side side) {
                         return Answer{.facts = {stepOf(inquiry),
                                                 {"trained sequences", data.trainedRows},
                                                 {"sequences", statistics.sequences},
                                                 {"tokens", statistics.tokens},
                                                 {"memory length", statistics.memoryLength}},
                                       .table = tableOf(statistics, side)};
                     });
}

std::vector<Answer> askPositionLoss(const Inquiry &inquiry)
{
    const Subject subject = subjectOf(inquiry);
    const PositionTexts texts = positionTexts(*inquiry.data, tokensOf(inquiry, statisticsTokens));
    return answersOf(lossByPosition(subject, texts, inquiry.progress, inquiry.stop),
                     [&](const std::vector<PositionLoss> &losses, Side) {
                         return Answer{.facts = {stepOf(inquiry), {"trained length", texts.trainedLength}},
                                       .table = tableOf(losses, texts.trainedLength)};
                     });
}

std::vector<Answer> askTransfer(const Inquiry &inquiry)
{
    const Subject subject = subjectOf(inquiry);
    const std::vector<TextPair> pairs =
        labelledPairs(inquiry.word, patchedPairs, sentenceLanguage(inquiry.snapshot->vocabulary()));
    return answersOf(askBySide(subject.side, inquiry.progress,
                               [&](Side side, const ShareDone &progress) {
                                   return patchPairs(*subject.network(side), pairs, progress, inquiry.stop);
                               }),
                     [&](const PatchTable &table, Side) {
                         return Answer{.facts = {stepOf(inquiry),
                                                 {"pairs", std::int64_t{table.pairs}},
                                                 {"distance", table.distance},
                                                 {"moved by all layers", table.allLayers}},
                                       .table = tableOf(table, inquiry.word)};
                     });
}

std::vector<Answer> askRecoverable(const Inquiry &inquiry)
{
    const Subject subject = subjectOf(inquiry);
    const std::vector<LabelledKind> kinds = labelledKinds(inquiry.data->name());
    const RecoverQuestion question{
        .data = labelledSentences(inquiry.data->name(), kinds.empty() ? std::string() : kinds.front().list,
                                  inquiry.snapshot->vocabulary(), recoveredSentences, inquiry.data->sequenceLength())};
    return answersOf(askBySide(subject.side, inquiry.progress,
                               [&](Side side, const ShareDone &progress) {
                                   RecoverQuestion asked = question;
                                   asked.snapshot = subject.network(side);
                                   return recoverable(asked, progress, inquiry.stop);
                               }),
                     [&](const Recoverability &result, Side) {
                         return Answer{.facts = {stepOf(inquiry),
                                                 {"sentences", std::ssize(question.data.sentences)},
                                                 {"asked", std::int64_t{result.all.sentences}},
                                                 {"right", result.all.right},
                                                 {"probability", result.all.probability}},
                                       .table = tableOf(result)};
                     });
}

std::vector<Answer> askAlphaCurves(const Inquiry &inquiry)
{
    const Subject subject = subjectOf(inquiry);
    return answersOf(
        askBySide(subject.side, inquiry.progress,
                  [&](Side side, const ShareDone &progress) {
                      std::vector<AlphaSweep> curves;
                      const bool all = alphaCurves(
                          inquiry.snapshot, *inquiry.data, side == Side::AsTrained ? Interventions() : subject.changes,
                          tokensOf(inquiry, alphaCurveTokens),
                          [&](AlphaSweep curve) { curves.push_back(std::move(curve)); }, inquiry.stop, progress);
                      return all ? std::optional(tableOf(std::move(curves))) : std::nullopt;
                  }),
        [&](const Table &table, Side) { return Answer{.facts = {stepOf(inquiry)}, .table = table}; });
}

std::vector<Answer> askInfluence(const Inquiry &inquiry)
{
    Question question = readingOf(inquiry, Side::AsChanged);
    question.layers = {0};
    question.winners = true;
    question.besideTrained = true;
    const auto examination = examine(question, inquiry.stop);
    const auto grids = examination ? influenceOf(*examination, inquiry.stop, inquiry.progress) : std::nullopt;
    const Winners *winners = examination ? examination->findWinners(0) : nullptr;
    const bool edited = winners && hasEdited(*winners);
    const auto mapsOf = [&](Side side) {
        const Examination &read =
            side == Side::AsTrained && examination->trained ? *examination->trained : *examination;
        return winnerMapsOf(read, 0, edited, mostInfluenceTokens);
    };
    return answersOf(grids, [&](const Grid &grid, Side side) {
        Answer answer{.facts = {stepOf(inquiry)}, .table = mapTable()};
        std::vector<Grid> maps = winners ? mapsOf(side) : std::vector<Grid>();
        if (winners && side == Side::Difference) {
            const std::vector<Grid> trained = mapsOf(Side::AsTrained);
            for (std::size_t head = 0; head < maps.size(); ++head)
                maps[head] = difference(std::move(maps[head]), trained[head]);
        }
        for (std::size_t head = 0; head < maps.size(); ++head)
            addMap(answer.table, "layer 0 head " + std::to_string(head), maps[head], edited);
        addMap(answer.table, "influence", grid);
        return answer;
    });
}

std::vector<Answer> askSurprise(const Inquiry &inquiry)
{
    Facts means[3];
    const auto tables =
        askBySide(sideOf(inquiry.interventions), inquiry.progress,
                  [&](Side side, const ShareDone &progress) -> std::optional<Table> {
                      const auto read = examine(readingOf(inquiry, side), inquiry.stop, progress);
                      if (!read)
                          return std::nullopt;
                      const Surprise surprise = surpriseOf(*read);
                      means[static_cast<int>(side)] = {{"tokens", surprise.counted()}, {"mean loss", surprise.mean()}};
                      return tableOf(surprise, inquiry.snapshot->vocabulary());
                  });
    return answersOf(tables, [&](const Table &table, Side side) {
        Answer answer{
            .facts = {stepOf(inquiry), {"chance", std::log(static_cast<double>(inquiry.snapshot->config().vocabSize))}},
            .table = table};
        const Facts &own = means[static_cast<int>(side)];
        answer.facts.insert(answer.facts.end(), own.begin(), own.end());
        return answer;
    });
}

std::vector<Answer> askReading(const Inquiry &inquiry)
{
    return answersOf(askBySide(sideOf(inquiry.interventions), inquiry.progress,
                               [&](Side side, const ShareDone &progress) -> std::optional<Table> {
                                   Question question = readingOf(inquiry, side);
                                   question.layers.resize(
                                       static_cast<std::size_t>(inquiry.snapshot->config().numLayers));
                                   std::iota(question.layers.begin(), question.layers.end(), 0);
                                   question.readings = true;
                                   const auto read = examine(question, inquiry.stop, progress);
                                   return read ? std::optional(readingTable(*read)) : std::nullopt;
                               }),
                     [&](const Table &table, Side) { return Answer{.facts = {stepOf(inquiry)}, .table = table}; });
}

std::vector<Answer> askCells(const Inquiry &inquiry)
{
    return answersOf(
        askBySide(sideOf(inquiry.interventions), inquiry.progress,
                  [&](Side side, const ShareDone &progress) -> std::optional<Table> {
                      const Question read = readingOf(inquiry, side);
                      const auto effects = cellEffects({.snapshot = read.snapshot,
                                                        .tokens = read.tokens,
                                                        .reach = cellReach,
                                                        .interventions = read.interventions},
                                                       inquiry.stop, progress);
                      return effects ? std::optional(tableOf(*effects, read.snapshot->config())) : std::nullopt;
                  }),
        [&](const Table &table, Side) {
            return Answer{.facts = {stepOf(inquiry), {"layer", std::int64_t{0}}, {"position", std::int64_t{0}}},
                          .table = table};
        });
}

std::vector<Answer> askAlike(const Inquiry &inquiry)
{
    Question question = readingOf(inquiry, Side::AsChanged);
    question.layers = {0};
    question.winners = true;
    const auto read = examine(question, inquiry.stop);
    if (!read)
        return {};
    const Winners *winners = read->findWinners(0);
    if (!winners)
        throw Error(Error::Unsupported,
                    Text("The states of this network are no running maximum, so no channel is held since a token."));
    const int end = static_cast<int>(question.tokens.size()) - 1;
    const std::vector<HeldGroup> groups = heldGroups(*winners, inquiry.snapshot->config(), 0, end);
    if (groups.empty())
        throw Error(Error::WrongValue, Text("No channel of the head is held since a token of the text."));
    AlikeSearch search{.data = inquiry.data, .subject = subjectOf(inquiry), .question = {}};
    search.question = {.channels = groups.front().channels,
                       .length = end - groups.front().since + 1,
                       .fromBeginning = groups.front().since == 0};
    search.tokens = tokensOf(inquiry, search.tokens);
    search.run(inquiry.progress, inquiry.stop);
    if (search.indexes.empty())
        return {};
    Facts facts{stepOf(inquiry),
                {"head", std::int64_t{0}},
                {"since", std::int64_t{groups.front().since}},
                {"channels", std::ssize(search.question.channels)},
                {"length", search.question.length},
                {"passages", search.passages().count()},
                {"tokens", search.tokensRead()}};
    const auto answerOf = [&](Side side, const AlikeAnswer &found) {
        Answer answer{.side = side, .facts = facts, .table = search.tableOf(found)};
        answer.facts.insert(answer.facts.end(), {{"complete", found.complete}, {"mean score", found.meanScore}});
        return answer;
    };
    if (!search.isDifference())
        return {answerOf(Side::AsTrained, search.answer)};
    Answer both{.side = Side::Difference, .facts = facts, .table = search.table()};
    both.facts.insert(both.facts.end(), {{"complete for both", search.difference.both},
                                         {"complete only as changed", search.difference.onlyOne},
                                         {"complete only as trained", search.difference.onlyOther}});
    return {answerOf(Side::AsTrained, findAlike(*search.indexes[1], search.question, inquiry.stop)),
            answerOf(Side::AsChanged, findAlike(*search.indexes[0], search.question, inquiry.stop)), both};
}

std::vector<Answer> askCompare(const Inquiry &inquiry)
{
    ComparisonQuestion question = comparisonOf(inquiry.snapshot, inquiry.other, inquiry.text);
    if (inquiry.data && inquiry.data->lineEnd())
        question.end = "\n";
    Facts written[3];
    const auto tables = askBySide(
        sideOf(inquiry.interventions), inquiry.progress, [&](Side side, const ShareDone &) -> std::optional<Table> {
            question.oneChanged = side == Side::AsTrained ? Interventions() : inquiry.interventions;
            const auto compared = compare(question, inquiry.stop);
            if (!compared)
                return std::nullopt;
            written[static_cast<int>(side)] = {
                {"A writes", inquiry.snapshot->vocabulary().decode(compared->one.written)},
                {"B writes", inquiry.other->vocabulary().decode(compared->other.written)}};
            return tableOf(*compared);
        });
    return answersOf(tables, [&](const Table &table, Side side) {
        Answer answer{.facts = {stepOf(inquiry), {"step of B", inquiry.other->step()}, {"prompt", question.prompt}},
                      .table = table};
        const Facts &own = written[static_cast<int>(side)];
        answer.facts.insert(answer.facts.end(), own.begin(), own.end());
        return answer;
    });
}

} // namespace

const std::vector<QuestionKind> &questionKinds()
{
    static const std::vector<QuestionKind> kinds = {
        {.id = "effects",
         .title = Text("By how much the loss rises without each head, mixer and feed-forward, or without each channel "
                       "of a layer."),
         .data = true,
         .channels = true,
         .ask = askEffects},
        {.id = "statistics",
         .title = Text("How the network remembers: how often states change, how old they are, how far back a token "
                       "matters, which gates never open."),
         .data = true,
         .ask = askStatistics},
        {.id = "influence",
         .title = Text("Which tokens the heads of layer 0 hold, and how far each prediction moves without each token."),
         .text = true,
         .ask = askInfluence},
        {.id = "position-loss",
         .title = Text("The loss by position in texts that are longer than the trained ones."),
         .data = true,
         .ask = askPositionLoss},
        {.id = "transfer",
         .title = Text("Which layer's state carries a word from one sentence into another."),
         .word = true,
         .ask = askTransfer},
        {.id = "alike",
         .title = Text("Passages of the data in which a head holds the same channels together as at the end of the "
                       "text."),
         .text = true,
         .data = true,
         .ask = askAlike},
        {.id = "recoverable",
         .title = Text("How long after a name a linear map still reads it from the states."),
         .sentences = true,
         .ask = askRecoverable},
        {.id = "alpha-curves",
         .title = Text("The held-out loss by the alpha of each layer."),
         .data = true,
         .ask = askAlphaCurves},
        {.id = "cells",
         .title = Text("How far the predictions move when a state cell of layer 0 is set at the first token."),
         .text = true,
         .ask = askCells},
        {.id = "compare",
         .title = Text("How two networks read the same text, and how they continue its beginning."),
         .text = true,
         .other = true,
         .ask = askCompare},
        {.id = "surprise",
         .title = Text("How much each token of a text surprises the network."),
         .text = true,
         .ask = askSurprise},
        {.id = "reading",
         .title = Text("What the network would say after each of its layers."),
         .text = true,
         .ask = askReading},
    };
    return kinds;
}

const QuestionKind *findQuestion(std::string_view id)
{
    const auto kind = std::ranges::find(questionKinds(), id, &QuestionKind::id);
    return kind == questionKinds().end() ? nullptr : &*kind;
}

std::string nameOf(Side side)
{
    return side == Side::AsTrained ? "as trained" : side == Side::AsChanged ? "as changed" : "difference";
}

Table joined(const std::vector<Answer> &answers)
{
    if (answers.size() == 1)
        return answers.front().table;
    Table all{.columns = {{.name = "network", .kind = Table::Column::Key}}, .rows = {}};
    for (const Answer &answer : answers)
        for (const Table::Column &column : answer.table.columns)
            if (std::ranges::find(all.columns, column.name, &Table::Column::name) == all.columns.end())
                all.columns.push_back(column);
    for (const Answer &answer : answers)
        for (const Table::Row &row : answer.table.rows) {
            Table::Row &into = all.rows.emplace_back(all.columns.size());
            into[0] = nameOf(answer.side);
            for (std::size_t i = 0; i < row.size(); ++i)
                into[all.find(answer.table.columns[i].name)] = row[i];
        }
    return all;
}

std::string firstText(const Vocabulary &vocabulary)
{
    constexpr std::int64_t firstSymbol = 4, symbols = 16;
    std::vector<std::int64_t> tokens;
    for (std::int64_t id = firstSymbol; id < std::min(vocabulary.size(), firstSymbol + symbols); ++id)
        tokens.push_back(id);
    return vocabulary.decode(tokens);
}

} // namespace samout
