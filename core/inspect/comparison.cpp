// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/comparison.h"

#include "core/data/utf8.h"
#include "core/infer/generator.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>

namespace samout {
namespace {

std::optional<Compared::Side> sideOf(const std::shared_ptr<const Snapshot> &snapshot, const Interventions &changed,
                                     const ComparisonQuestion &question, const std::stop_token &stop)
{
    const int layer = std::min(question.layer, static_cast<int>(snapshot->config().numLayers) - 1);
    const Vocabulary &vocabulary = snapshot->vocabulary();
    Compared::Side side;
    Question examined{
        .snapshot = snapshot, .tokens = vocabulary.encode(question.text), .layers = {layer}, .sites = {Site::State}};
    examined.interventions = changed;
    if (const auto most = static_cast<std::size_t>(question.mostTokens); most > 0 && examined.tokens.size() > most) {
        side.cut = true;
        examined.tokens.resize(most);
        const auto beyond = [&](std::int64_t position) { return position >= question.mostTokens; };
        std::erase_if(examined.interventions.states, [&](const auto &edit) { return beyond(edit.position); });
        std::erase_if(examined.interventions.hidden, beyond);
    }
    side.examination = examine(examined, stop);
    if (!side.examination)
        return std::nullopt;
    side.states = *side.examination->find(layer, Site::State);
    side.losses = tokenLosses(*side.examination);
    side.alphas = snapshot->alphas();
    for (const Interventions::Alpha &alpha : changed.alphas)
        side.alphas[static_cast<std::size_t>(alpha.layer)] = alpha.value;
    GenerationOptions options;
    options.interventions = changed;
    options.sampling.temperature = question.temperature;
    options.sampling.seed = question.seed;
    const std::vector<std::int64_t> prompt = vocabulary.encode(question.prompt);
    Generator generator(snapshot, options, prompt);
    const std::int64_t end = question.end.empty() ? -1 : vocabulary.find(question.end);
    for (std::int64_t i = 0; i < question.length && (side.written.empty() || side.written.back() != end); ++i) {
        if (stop.stop_requested())
            return std::nullopt;
        side.written.push_back(generator.next().token);
    }
    return side;
}

} // namespace

ComparisonQuestion comparisonOf(std::shared_ptr<const Snapshot> one, std::shared_ptr<const Snapshot> other,
                                const std::string &text)
{
    constexpr int promptLength = 6;
    std::size_t end = 0;
    for (int i = 0; i < promptLength && end < text.size(); ++i) {
        if (!one->vocabulary().isNumbers())
            nextCodePoint(text, end);
        else if (end = text.find(' ', end + (i > 0)); end == text.npos)
            end = text.size();
    }
    return {.one = std::move(one),
            .other = std::move(other),
            .text = text,
            .prompt = text.substr(0, end),
            .mostTokens = comparedTokens};
}

std::vector<float> nextLosses(const Examination &examination)
{
    const auto vocabulary = static_cast<std::size_t>(examination.logits.cols);
    std::vector<float> losses(examination.next.size(), std::numeric_limits<float>::quiet_NaN());
    for (std::size_t t = 0; t < losses.size(); ++t) {
        if (examination.next[t] < 0)
            continue;
        const std::span<const float> logits(examination.logits.values.data() + t * vocabulary, vocabulary);
        const double largest = *std::ranges::max_element(logits);
        double sum = 0;
        for (const float logit : logits)
            sum += std::exp(static_cast<double>(logit) - largest);
        const double right = logits[static_cast<std::size_t>(examination.next[t])];
        losses[t] = static_cast<float>(largest + std::log(sum) - right);
    }
    return losses;
}

std::vector<float> tokenLosses(const Examination &examination)
{
    // The NaN moves from the end to the first token.
    std::vector<float> losses = nextLosses(examination);
    std::rotate(losses.begin(), losses.end() - 1, losses.end());
    return losses;
}

std::shared_ptr<const Compared> compare(const ComparisonQuestion &question, std::stop_token stop)
{
    auto compared = std::make_shared<Compared>();
    auto one = sideOf(question.one, question.oneChanged, question, stop);
    auto other = one ? sideOf(question.other, question.otherChanged, question, stop) : std::nullopt;
    if (!other)
        return nullptr;
    const Grid &a = one->states, &b = other->states;
    if (a.rows == b.rows && a.cols == b.cols) {
        compared->stateDifference = Grid(a.rows, a.cols);
        std::ranges::transform(b.values, a.values, compared->stateDifference.values.begin(), std::minus());
    }
    const auto &left = one->written, &right = other->written;
    const auto [at, otherAt] = std::ranges::mismatch(left, right);
    if (at != left.end() || otherAt != right.end())
        compared->firstDifference = static_cast<std::size_t>(at - left.begin());
    compared->one = std::move(*one);
    compared->other = std::move(*other);
    return compared;
}

Table tableOf(const Compared &compared)
{
    Table table{.columns = {{.name = "token", .kind = Table::Column::Key},
                            {.name = "loss of A", .unit = "nats"},
                            {.name = "loss of B", .unit = "nats"},
                            {.name = "difference", .unit = "nats"}},
                .rows = {}};
    const std::vector<float> &one = compared.one.losses, &other = compared.other.losses;
    for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
        const Examination &read = *compared.one.examination;
        table.rows.push_back({read.snapshot->vocabulary().label(read.tokens[i]), one[i], other[i], other[i] - one[i]});
    }
    return table;
}

} // namespace samout
