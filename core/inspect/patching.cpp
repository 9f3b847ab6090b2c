#include "core/inspect/patching.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>

namespace samout {

using torch::Tensor;

namespace {

// Words of every grammar of English sentences, frequent ones.
constexpr std::array men = {"tom", "ben", "max", "leo", "sam"};
constexpr std::array women = {"mia", "eva", "lily", "nora", "ruby"};
constexpr std::array animals = {"dog", "cat", "bird", "duck", "fox", "cow", "lion", "frog"};
constexpr std::array things = {"hat", "cup", "kite", "key", "drum", "lamp"};
constexpr std::array boxes = {"box", "bag"};

constexpr std::int64_t textsAtOnce = 64;

std::string pick(RandomStream &random, const auto &words)
{
    return words[static_cast<std::size_t>(random.below(std::ssize(words)))];
}

/// Two different words.
std::pair<std::string, std::string> pickTwo(RandomStream &random, const auto &words)
{
    const auto first = random.below(std::ssize(words));
    const auto second = (first + 1 + random.below(std::ssize(words) - 1)) % std::ssize(words);
    return {words[static_cast<std::size_t>(first)], words[static_cast<std::size_t>(second)]};
}

std::string person(RandomStream &random) { return random.below(2) == 0 ? pick(random, men) : pick(random, women); }

/// Keeps the states after each row's last token, or replaces those of some layers.
class LastStates : public Probe {
public:
    explicit LastStates(Tensor last) : m_last(std::move(last)), m_rows(torch::arange(m_last.size(0))) {}

    /// [layer][rows, hidden]; what is defined replaces.
    std::vector<Tensor> replace;
    std::vector<Tensor> kept;

    Tensor at(int layer, Site site, const Tensor &x) override
    {
        if (site != Site::State)
            return x;
        const auto index = static_cast<std::size_t>(layer);
        kept.resize(std::max(kept.size(), index + 1));
        kept[index] = x.index({m_rows, m_last});
        if (index >= replace.size() || !replace[index].defined())
            return x;
        Tensor changed = x.clone();
        changed.index_put_({m_rows, m_last}, replace[index]);
        return changed;
    }

private:
    Tensor m_last, m_rows; // [rows]
};

/// Texts below each other, and what is predicted after them.
struct Texts {
    Tensor tokens; // [rows, time], padded
    Tensor last;   // [rows], of the last token

    Texts(const std::vector<std::vector<std::int64_t>> &rows, std::int64_t padding)
    {
        std::size_t time = 0;
        for (const auto &row : rows)
            time = std::max(time, row.size());
        tokens = torch::full({std::ssize(rows), static_cast<std::int64_t>(time)}, padding, torch::kInt64);
        last = torch::empty({std::ssize(rows)}, torch::kInt64);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            std::copy(rows[i].begin(), rows[i].end(),
                      tokens.mutable_data_ptr<std::int64_t>() + static_cast<std::int64_t>(i * time));
            last.mutable_data_ptr<std::int64_t>()[i] = std::ssize(rows[i]) - 1;
        }
    }

    /// ln of the probabilities after the last token, [rows, vocabulary].
    Tensor predict(const SamOut &network, LastStates &probe) const
    {
        const Tensor logits = network.forward(tokens, nullptr, &probe);
        return torch::log_softmax(logits.index({torch::arange(last.size(0)), last}), 1);
    }
};

void append(std::vector<double> &to, const Tensor &q, const Tensor &p)
{
    const Tensor divergence = (q.exp() * (q - p)).sum(1).to(torch::kFloat64).contiguous();
    to.insert(to.end(), divergence.const_data_ptr<double>(), divergence.const_data_ptr<double>() + divergence.numel());
}

/// Both hold one direction of every pair, and then the other one.
PatchTable::Layer layerOf(const std::vector<double> &patched, const std::vector<double> &plain)
{
    const double all = std::accumulate(plain.begin(), plain.end(), 0.0);
    const double left = std::accumulate(patched.begin(), patched.end(), 0.0) / all;
    const std::size_t pairs = plain.size() / 2;
    double squares = 0;
    for (std::size_t i = 0; i < pairs; ++i)
        squares += std::pow(patched[i] + patched[i + pairs] - left * (plain[i] + plain[i + pairs]), 2);
    const auto count = static_cast<double>(pairs);
    return {.moved = 1 - left,
            .error =
                count > 1 ? std::sqrt(squares * count / (count - 1)) / all : std::numeric_limits<double>::quiet_NaN()};
}

std::vector<std::int64_t> encoded(const Snapshot &snapshot, const std::string &text)
{
    std::vector<std::int64_t> tokens = snapshot.vocabulary().encode(text);
    if (tokens.empty() || std::ranges::count(tokens, std::int64_t{Vocabulary::Unknown}) > 0)
        throw Error("The network does not know all characters of \"" + text +
                    "\"; it should be one that was trained on English sentences.");
    return tokens;
}

} // namespace

std::vector<TextPair> labelledPairs(LabelledWord word, int count, std::uint64_t seed)
{
    RandomStream random(seed, Purpose::HeldOutData, 100 + static_cast<std::uint64_t>(word));
    std::vector<TextPair> pairs;
    for (int i = 0; i < count; ++i) {
        std::string before, after;
        std::pair<std::string, std::string> words;
        switch (word) {
        case LabelledWord::Name:
            words = {pick(random, men), pick(random, women)};
            before = "\nwhere is ";
            after = "? ";
            break;
        case LabelledWord::Animal:
            words = pickTwo(random, animals);
            before = "\n" + person(random) + " has a ";
            after = ". the ";
            break;
        case LabelledWord::Thing:
            words = pickTwo(random, things);
            before = "\n" + person(random) + " put the ";
            after = " in the " + pick(random, boxes) + ". the ";
            break;
        }
        pairs.push_back({.one = before + words.first + after, .other = before + words.second + after});
    }
    return pairs;
}

std::shared_ptr<const PatchTable> patchPairs(const Snapshot &snapshot, const std::vector<TextPair> &pairs,
                                             const ShareDone &progress, std::stop_token stop)
{
    if (pairs.empty())
        throw Error("There is no pair of texts; there should be at least one.");
    if (snapshot.vocabulary().isNumbers())
        throw Error("The network reads numbers; it should be one that was trained on English sentences.");
    // Both directions: a row is moved towards the row of the same place.
    std::vector<std::vector<std::int64_t>> from, towards;
    for (const TextPair &pair : pairs) {
        from.push_back(encoded(snapshot, pair.one));
        towards.push_back(encoded(snapshot, pair.other));
    }
    const auto ones = from;
    from.insert(from.end(), towards.begin(), towards.end());
    towards.insert(towards.end(), ones.begin(), ones.end());

    return withoutTorchErrors([&]() -> std::shared_ptr<const PatchTable> {
        const torch::NoGradGuard noGrad;
        const SamOut network(snapshot);
        const auto layers = static_cast<std::size_t>(snapshot.config().numLayers);
        std::vector<double> plain, all;
        std::vector<std::vector<double>> patched(layers);
        for (std::size_t first = 0; first < from.size(); first += textsAtOnce) {
            const auto begin = static_cast<std::ptrdiff_t>(first);
            const auto end = std::min<std::ptrdiff_t>(begin + textsAtOnce, std::ssize(from));
            const Texts one({from.begin() + begin, from.begin() + end}, snapshot.config().paddingId);
            const Texts other({towards.begin() + begin, towards.begin() + end}, snapshot.config().paddingId);
            LastStates otherStates(other.last), oneStates(one.last);
            const Tensor q = other.predict(network, otherStates);
            append(plain, q, one.predict(network, oneStates));
            for (std::size_t layer = 0; layer <= layers; ++layer) {
                if (stop.stop_requested())
                    return nullptr;
                LastStates probe(one.last);
                probe.replace = otherStates.kept;
                for (std::size_t i = 0; layer < layers && i < layers; ++i)
                    if (i != layer)
                        probe.replace[i] = Tensor();
                append(layer < layers ? patched[layer] : all, q, one.predict(network, probe));
            }
            if (progress)
                progress(static_cast<double>(end) / static_cast<double>(from.size()));
        }
        auto table = std::make_shared<PatchTable>();
        table->pairs = static_cast<int>(pairs.size());
        for (const double divergence : plain)
            table->distance += divergence / static_cast<double>(plain.size());
        for (const std::vector<double> &layer : patched)
            table->layers.push_back(layerOf(layer, plain));
        table->allLayers = layerOf(all, plain).moved;
        return table;
    });
}

} // namespace samout
