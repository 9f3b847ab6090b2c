// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/arguments.h"
#include "app/samout/commands.h"
#include "app/samout/intervention_options.h"
#include "app/samout/output.h"
#include "core/base/error.h"
#include "core/infer/generator.h"
#include "core/runs/open_model.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <memory>
#include <optional>

namespace samout::cli {

namespace {

const char *const examples =
    R"(Prints the prompt and its continuation as it comes; --json prints the continuation alone, {"tokens":[...],
"text":...}. In TEXT, \n is a newline, \t a tab and \\ a backslash. The memory is carried for ever unless
--context or --clear-at says otherwise: a model that was trained on lines wants --clear-at "\n".

Examples:
  samout generate small.safetensors --prompt "\n" --length 200 --temperature 0.7 --clear-at "\n"
  samout generate article.safetensors --tokens 17,4,99 --length 20 --temperature 0 --json)";

struct Given {
    std::string model;
    std::optional<std::string> prompt, tokens, clearAt;
    std::optional<std::int64_t> context;
    std::int64_t length = 0;
    SamplingOptions sampling;
    std::string device = "cpu";
    std::int64_t texts = 1;
    InterventionOptions changes;
    bool json = false;
};

/// The single token of `text`; throws Error if it is not exactly one token of the vocabulary.
std::int64_t oneToken(const Vocabulary &vocabulary, const std::string &text)
{
    const std::vector<std::int64_t> tokens = vocabulary.encode(text);
    if (tokens.size() != 1)
        throw Error("--clear-at: the text is " + std::to_string(tokens.size()) +
                    " tokens of this model; it must be exactly one.");
    if (tokens.front() == vocabulary.special().unknown)
        throw Error("--clear-at: `" + text +
                    "` is not in the model's vocabulary, so the memory would never be cleared.");
    return tokens.front();
}

/// Writes a text as it grows.
class Stream {
public:
    explicit Stream(const Vocabulary &vocabulary) : m_vocabulary(vocabulary) {}

    void add(std::span<const std::int64_t> tokens)
    {
        std::string text = m_vocabulary.decode(tokens);
        if (text.empty())
            return;
        m_endsLine = text.back() == '\n';
        if (m_vocabulary.isNumbers() && !m_empty)
            text.insert(0, " ");
        m_empty = false;
        print(text);
    }
    void finish()
    {
        if (!m_endsLine)
            print("\n");
    }

private:
    const Vocabulary &m_vocabulary;
    bool m_empty = true;
    bool m_endsLine = false;
};

/// Writes several texts together; prints them when all are complete.
void writeSeveral(const std::shared_ptr<const Snapshot> &snapshot, const GenerationOptions &options,
                  std::span<const std::int64_t> prompt, const Given &given)
{
    Generator generator(snapshot, options, prompt, given.texts);
    std::vector<std::vector<std::int64_t>> texts(static_cast<std::size_t>(given.texts));
    for (std::int64_t i = 0; i < given.length; ++i) {
        const auto drawn = generator.nextOfEach();
        for (std::size_t text = 0; text < texts.size(); ++text)
            texts[text].push_back(drawn[text].token);
    }
    const Vocabulary &vocabulary = snapshot->vocabulary();
    for (std::size_t text = 0; text < texts.size(); ++text) {
        if (given.json) {
            printJson({{"seed", options.sampling.seed + text},
                       {"tokens", texts[text]},
                       {"text", vocabulary.decode(texts[text])}});
            continue;
        }
        print("--- seed " + std::to_string(options.sampling.seed + text) + "\n");
        Stream stream(vocabulary);
        stream.add(prompt);
        stream.add(texts[text]);
        stream.finish();
    }
}

void run(const Given &given)
{
    if (given.prompt.has_value() == given.tokens.has_value())
        throw UsageError("Give the prompt as one of --prompt TEXT and --tokens 1,2,3.");
    if (given.length < 0)
        throw UsageError("--length is a number of tokens from 0 on.");
    constexpr std::int64_t mostTexts = 10'000;
    if (given.texts < 1 || given.texts > mostTexts)
        throw UsageError("--texts is a number from 1 to " + grouped(mostTexts) + ".");
    if (given.context && *given.context < 1)
        throw UsageError("--context is a number of tokens from 1 on.");
    given.sampling.check();

    const auto snapshot = openModel(given.model);
    const Vocabulary &vocabulary = snapshot->vocabulary();
    const std::vector<std::int64_t> prompt = readTokens(given.tokens, given.prompt, vocabulary, "the prompt");
    GenerationOptions options{.sampling = given.sampling};
    options.device = given.device;
    options.interventions = given.changes.interventions();
    given.changes.saveFor(given.model, *snapshot);
    if (given.context) {
        options.memory = Memory::Recompute;
        options.context = *given.context;
    } else if (given.clearAt) {
        options.memory = Memory::ClearAt;
        options.clearAt = oneToken(vocabulary, unescaped(*given.clearAt));
    }

    if (given.texts > 1)
        return writeSeveral(snapshot, options, prompt, given);
    Generator generator(snapshot, options, prompt);
    Stream stream(vocabulary);
    std::vector<std::int64_t> tokens;
    if (!given.json)
        stream.add(prompt);
    for (std::int64_t i = 0; i < given.length; ++i) {
        tokens.push_back(generator.next().token);
        if (!given.json)
            stream.add({&tokens.back(), 1});
    }
    if (given.json)
        printJson({{"tokens", tokens}, {"text", vocabulary.decode(tokens)}});
    else
        stream.finish();
}

} // namespace

void addGenerate(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("generate", "Let a model write on");
    auto given = std::make_shared<Given>();
    command->add_option("MODEL", given->model, "A snapshot, a .pth, or a run folder")->required()->type_name("");
    command->add_option("--prompt", given->prompt, "The text to continue")->type_name("TEXT");
    command->add_option("--tokens", given->tokens, "The same as token numbers")->type_name("1,2,3");
    command->add_option("--length", given->length, "Tokens to add")->required()->type_name("N");
    command->add_option("--temperature", given->sampling.temperature, "Divides the logits; 0 is greedy (default 1)")
        ->type_name("T");
    command->add_option("--top-k", given->sampling.topK, "Only the K likeliest tokens; 0 is all (default)")
        ->type_name("K");
    command->add_option("--top-p", given->sampling.topP, "Only the likeliest that reach this probability (default 1)")
        ->type_name("P");
    command->add_option("--seed", given->sampling.seed, "Seed of the drawing (default 0)")
        ->type_name("N")
        ->check(CLI::Validator(seedProblem, ""));
    CLI::Option *const context =
        command->add_option("--context", given->context, "Compute the memory anew from the newest N tokens")
            ->type_name("N");
    command->add_option("--clear-at", given->clearAt, "Empty the memory after this one token, e.g. \"\\n\"")
        ->type_name("TEXT")
        ->excludes(context);
    command->add_option("--texts", given->texts, "Write N texts at once, with the seeds SEED, SEED + 1, ...")
        ->type_name("N");
    given->changes.addTo(*command);
    command->add_option("--device", given->device, "auto, cpu (default), cuda or cuda:N")->type_name("DEVICE");
    command->add_flag("--json", given->json, "Print {\"tokens\":[...],\"text\":...}, a line for every text");
    command->footer(examples);
    command->callback([given] { run(*given); });
}

} // namespace samout::cli
