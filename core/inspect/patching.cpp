// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/patching.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/inspect/subject.h"
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

// Frequent words that every grammar of English sentences has.
constexpr std::array men = {"tom", "ben", "max", "leo", "sam"};
constexpr std::array women = {"mia", "eva", "lily", "nora", "ruby"};
constexpr std::array animals = {"dog", "cat", "bird", "duck", "fox", "cow", "lion", "frog"};
constexpr std::array things = {"hat", "cup", "kite", "key", "drum", "lamp"};
constexpr std::array boxes = {"box", "bag"};

// The same for the Chinese grammar.
constexpr std::array chineseMen = {"小明", "小华", "小刚", "小强", "小军"};
constexpr std::array chineseWomen = {"小红", "小丽", "小芳", "小兰", "小梅"};
constexpr std::array skills = {"游泳", "唱歌", "跳舞", "骑车"};
constexpr std::array measures = {"只", "匹", "头"};
constexpr std::array furs = {"黑", "白", "小", "灰", "黄"};
constexpr std::array meadows = {"公园里", "花园里", "河边", "院子里"};
constexpr std::array chineseThings = {"书", "球", "帽子", "苹果", "花", "杯子"};
constexpr std::array chineseBoxes = {"桌子上", "箱子里", "床下"};

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

std::string chinesePerson(RandomStream &random)
{
    return random.below(2) == 0 ? pick(random, chineseMen) : pick(random, chineseWomen);
}

/// The two words in which the texts of a pair differ, and what both texts say before and after them.
struct Frame {
    std::pair<std::string, std::string> words;
    std::string before, after;
};

Frame englishFrame(RandomStream &random, LabelledWord word)
{
    if (word == LabelledWord::Name)
        return {{pick(random, men), pick(random, women)}, "\nwhere is ", "? "};
    if (word == LabelledWord::Animal)
        return {pickTwo(random, animals), "\n" + person(random) + " has a ", ". the "};
    return {pickTwo(random, things), "\n" + person(random) + " put the ", " in the " + pick(random, boxes) + ". the "};
}

Frame chineseFrame(RandomStream &random, LabelledWord word)
{
    if (word == LabelledWord::Name)
        return {{pick(random, chineseMen), pick(random, chineseWomen)}, "\n", "会" + pick(random, skills) + "吗？"};
    const std::string who = chinesePerson(random);
    if (word == LabelledWord::Animal)
        return {pickTwo(random, measures), "\n昨天" + who + "在" + pick(random, meadows) + "看见一",
                pick(random, furs)};
    return {pickTwo(random, chineseThings), "\n" + who + "把", "放在" + pick(random, chineseBoxes) + "。"};
}

/// Keeps the states after each row's last token, or replaces those of some layers.
class LastStates : public Probe {
public:
    explicit LastStates(Tensor last) : m_last(std::move(last)), m_rows(torch::arange(m_last.size(0))) {}

    /// [layer][rows, hidden]; a defined tensor replaces the states.
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

/// Several texts as the rows of a batch, and the predictions after them.
struct Texts {
    Tensor tokens; // [rows, time]; the padding after a shorter text is ignored
    Tensor last;   // [rows], the position of the last token

    explicit Texts(const std::vector<std::vector<std::int64_t>> &rows)
    {
        std::size_t time = 0;
        for (const auto &row : rows)
            time = std::max(time, row.size());
        tokens = torch::zeros({std::ssize(rows), static_cast<std::int64_t>(time)}, torch::kInt64);
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

/// Both vectors hold one direction of every pair, then the other direction.
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
    if (tokens.empty() || std::count(tokens.begin(), tokens.end(), snapshot.vocabulary().special().unknown) > 0)
        throw Error(Error::WrongValue, Text("The network does not know all characters of \"{0}\"; it should be one "
                                            "that was trained on sentences, English or Chinese ones.",
                                            text));
    return tokens;
}

} // namespace

SentenceLanguage sentenceLanguage(const Vocabulary &vocabulary)
{
    return vocabulary.find("在") >= 0 ? SentenceLanguage::Chinese : SentenceLanguage::English;
}

std::vector<TextPair> labelledPairs(LabelledWord word, int count, SentenceLanguage language)
{
    RandomStream random(0, Purpose::HeldOutData, 100 + static_cast<std::uint64_t>(word));
    std::vector<TextPair> pairs;
    for (int i = 0; i < count; ++i) {
        const auto [words, before, after] =
            language == SentenceLanguage::Chinese ? chineseFrame(random, word) : englishFrame(random, word);
        pairs.push_back({.one = before + words.first + after, .other = before + words.second + after});
    }
    return pairs;
}

std::shared_ptr<const PatchTable> patchPairs(const Snapshot &snapshot, const std::vector<TextPair> &pairs,
                                             const ShareDone &progress, std::stop_token stop)
{
    if (pairs.empty())
        throw Error(Error::WrongValue, Text("There is no pair of texts; there should be at least one."));
    if (snapshot.vocabulary().isNumbers())
        throw Error(Error::WrongValue,
                    Text("The network reads numbers; it should be one that was trained on sentences."));
    // Both directions: row i of `from` is moved towards row i of `towards`.
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
            const Texts one({from.begin() + begin, from.begin() + end});
            const Texts other({towards.begin() + begin, towards.begin() + end});
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

std::string nameOf(LabelledWord word)
{
    return word == LabelledWord::Name ? "name" : word == LabelledWord::Animal ? "animal" : "thing";
}

PatchTable difference(PatchTable changed, const PatchTable &trained)
{
    for (std::size_t i = 0; i < changed.layers.size(); ++i) {
        changed.layers[i].moved -= trained.layers[i].moved;
        changed.layers[i].error = errorOfDifference(changed.layers[i].error, trained.layers[i].error);
    }
    changed.allLayers -= trained.allLayers;
    return changed;
}

Table tableOf(const PatchTable &table, LabelledWord word)
{
    Table rows{.columns = {{.name = "layer", .kind = Table::Column::Key},
                           {.name = "differing word", .kind = Table::Column::Key},
                           {.name = "moved"},
                           {.name = "standard error", .kind = Table::Column::Error}},
               .rows = {}};
    for (std::size_t layer = 0; layer < table.layers.size(); ++layer)
        rows.rows.push_back(
            {static_cast<std::int64_t>(layer), nameOf(word), table.layers[layer].moved, table.layers[layer].error});
    return rows;
}

} // namespace samout
