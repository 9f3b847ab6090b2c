// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/sources.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace samout {

namespace {

/// A sequence as text, in which some characters are the answers that count.
struct Writing {
    std::string text = "\n";
    std::vector<bool> counts = {false};

    void given(char symbol)
    {
        text += symbol;
        counts.push_back(false);
    }
    void answer(char symbol)
    {
        text += symbol;
        counts.push_back(true);
    }
};

char pick(RandomStream &random, std::string_view symbols)
{
    return symbols[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(symbols.size())))];
}

void shuffle(std::string &symbols, RandomStream &random)
{
    for (std::size_t i = symbols.size() - 1; i > 0; --i)
        std::swap(symbols[i], symbols[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(i) + 1))]);
}

char upper(char letter) { return static_cast<char>(letter - 'a' + 'A'); }

/// "\ncCaCfFbF": after each small letter the capital of the last one in the alphabet so far.
void runningMaximum(Writing &writing, RandomStream &random)
{
    char maximum = 'a';
    for (int i = 0; i < 10; ++i) {
        const char letter = pick(random, "abcdefghij");
        maximum = std::max(maximum, letter);
        writing.given(letter);
        writing.answer(upper(maximum));
    }
}

/// "\nc:afb?C": after the question mark the capital of the letter before the colon.
void copyFirst(Writing &writing, RandomStream &random)
{
    const char first = pick(random, "abcdefgh");
    writing.given(first);
    writing.given(':');
    for (std::int64_t i = 4 + random.below(8); i > 0; --i)
        writing.given(pick(random, "abcdefgh"));
    writing.given('?');
    writing.answer(upper(first));
}

/// "\na4c2f1C2A4F1": after a capital the number that stood after its small letter.
void keyRecall(Writing &writing, RandomStream &random)
{
    std::string keys;
    std::string values;
    for (const char key : std::string_view("abcdef")) {
        if (random.below(2) == 0)
            continue;
        keys += key;
        values += pick(random, "12345");
    }
    if (keys.empty()) {
        keys = "d";
        values = pick(random, "12345");
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        writing.given(keys[i]);
        writing.given(values[i]);
    }
    for (int i = 0; i < 3; ++i) {
        const auto asked = static_cast<std::size_t>(random.below(static_cast<std::int64_t>(keys.size())));
        writing.given(upper(keys[asked]));
        writing.answer(values[asked]);
    }
}

/// "\nbdfa?C-A+": after each capital whether its small letter was there.
void contains(Writing &writing, RandomStream &random)
{
    std::string letters = "abcdefgh";
    shuffle(letters, random);
    const std::string_view there = std::string_view(letters).substr(0, letters.size() / 2);
    for (int i = 0; i < 8; ++i)
        writing.given(i < 4 ? there[static_cast<std::size_t>(i)] : pick(random, there));
    writing.given('?');
    for (int i = 0; i < 5; ++i) {
        const char asked = pick(random, letters);
        writing.given(upper(asked));
        writing.answer(there.find(asked) != std::string_view::npos ? '+' : '-');
    }
}

/// "\n([]{})=+": whether every bracket that was opened is closed. Each kind occurs once.
void balancedParentheses(Writing &writing, RandomStream &random)
{
    std::string kinds = "([{<";
    constexpr std::string_view closing = ")]}>";
    const std::string opening = kinds;
    shuffle(kinds, random);
    const std::size_t pairs = 2 + static_cast<std::size_t>(random.below(3));
    std::string text;
    std::string open;
    for (std::size_t next = 0; next < pairs || !open.empty();) {
        if (next < pairs && (open.empty() || random.below(2) == 0)) {
            open += kinds[next++];
            text += open.back();
        } else {
            text += closing[opening.find(open.back())];
            open.pop_back();
        }
    }
    const bool isBalanced = random.below(2) == 0;
    if (!isBalanced)
        text.erase(static_cast<std::size_t>(random.below(static_cast<std::int64_t>(text.size()))), 1);
    for (const char symbol : text)
        writing.given(symbol);
    writing.given('=');
    writing.answer(isBalanced ? '+' : '-');
}

/// "\nbdabcab?B": after the question mark the capital of the last letter before it.
void copyLast(Writing &writing, RandomStream &random)
{
    char last = 'a';
    for (std::int64_t i = 12 + random.below(9); i > 0; --i) {
        last = pick(random, "abcd");
        writing.given(last);
    }
    writing.given('?');
    writing.answer(upper(last));
}

/// "\naaa=3b=1cccc=4": how long each run of one letter is.
void countRun(Writing &writing, RandomStream &random)
{
    std::size_t previous = 3;
    for (int run = 0; run < 3; ++run) {
        const std::size_t letter = (previous + 1 + static_cast<std::size_t>(random.below(3))) % 4;
        previous = letter;
        const std::int64_t length = 1 + random.below(5);
        for (std::int64_t i = 0; i < length; ++i)
            writing.given("abcd"[letter]);
        writing.given('=');
        writing.answer(static_cast<char>('0' + length));
    }
}

struct Task {
    std::string_view name;
    /// Every character that the task writes, except the newline.
    std::string_view characters;
    void (*write)(Writing &, RandomStream &);
    Text teaches;
};

const Task tasks[] = {
    {"running-maximum", "abcdefghijABCDEFGHIJ", runningMaximum,
     Text("The largest letter so far: the very thing a running maximum is made for.")},
    {"copy-first", "abcdefghABCDEFGH:?", copyFirst,
     Text("The first letter, asked for at the end: a state that never decreases forgets nothing.")},
    {"key-recall", "abcdefABCDEF12345", keyRecall,
     Text("The number that stood after a key: things that belong together.")},
    {"contains", "abcdefghABCDEFGH?+-", contains,
     Text("Whether a letter was there, wherever it was: a running maximum is a set.")},
    {"balanced-parentheses", "()[]{}<>=+-", balancedParentheses,
     Text("Whether every bracket is closed: each kind occurs once, so that a set is enough and nothing has to be "
          "counted.")},
    {"copy-last", "abcdABCD?", copyLast,
     Text("The last letter of many: hard, for a maximum knows what was there but not when.")},
    {"count-run", "abcd=12345", countRun,
     Text("How often a letter is repeated: impossible, for a repeated token changes no maximum.")},
};

class TaskData : public GeneratedData {
public:
    TaskData(const DataOptions &options, const Task &task) : GeneratedData(options), m_task(task)
    {
        const Vocabulary own = Vocabulary::ofText("\n" + std::string(task.characters));
        m_vocabulary = writtenVocabulary(options, own);
        prepare();
        m_entropy = 0.0;
        // The longest sequence sets the shape of a batch; this many draws include the longest sequences of the task.
        RandomStream random(0, Purpose::HeldOutData, 1);
        for (int i = 0; i < 512; ++i)
            m_sequenceLength = std::max(m_sequenceLength, static_cast<std::int64_t>(draw(random).tokens.size()));
        Writing example;
        task.write(example, random);
        m_exampleText = example.text;
        const auto answer = static_cast<std::size_t>(std::find(example.counts.begin(), example.counts.end(), true) -
                                                     example.counts.begin());
        m_examplePrompt = example.text.substr(0, answer);
    }

protected:
    DrawnSequence draw(RandomStream &random) const override
    {
        Writing writing;
        m_task.write(writing, random);
        // The counted characters follow from the characters before them: their probability is 1.
        return {m_vocabulary.encode(writing.text), std::move(writing.counts), 0};
    }

private:
    const Task &m_task;
};

} // namespace

const std::vector<DataKind> &taskKinds()
{
    static const std::vector<DataKind> kinds = [] {
        std::vector<DataKind> all;
        for (const Task &task : tasks)
            all.push_back({std::string(task.name), task.teaches});
        return all;
    }();
    return kinds;
}

std::shared_ptr<const Dataset> openTask(const DataOptions &options)
{
    const auto task =
        std::find_if(std::begin(tasks), std::end(tasks), [&](const Task &t) { return t.name == options.source; });
    return std::make_shared<TaskData>(options, *task);
}

} // namespace samout
