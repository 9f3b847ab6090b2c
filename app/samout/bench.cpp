// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/generation_bench.h"
#include "app/bench/inspection_bench.h"
#include "app/bench/measurement.h"
#include "app/bench/store_bench.h"
#include "app/bench/training_bench.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "app/samout/peer.h"
#include "core/base/error.h"
#include "core/compute/devices.h"
#include "core/compute/threads.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

namespace samout::cli {

namespace {

const char *const explanation =
    R"(Each number is of one run on this machine; what is compared is measured in turns. "products" are a step's
matrix products alone, "weights" is reading the weights' bytes once: what the machine allows. With --peer also
PyTorch, eager and compiled, on the same shapes: PYTHON is one that has torch. draw, look, runs and start are measured by
samout-studio, which should lie beside samout.

Examples:
  samout bench
  samout bench train --rounds 20 --json
  samout bench all --peer python3)";

struct Given {
    std::string what = "all";
    std::string peer;
    std::string device = "cpu";
    int rounds = 10;
    int threads = 0;
    bool json = false;
};

/// One of the things measured in turns: its name, and a function that makes one measurement.
struct Runner {
    std::string name;
    std::function<double()> run;
};

/// Measures each of `runners` in turn, `inARow` times per round; the first is ours. The first round is not counted,
/// nor, if there are several runners, the first measurement of a row: the other runner has filled the caches.
Finding measure(const std::string &name, const std::vector<Runner> &runners, int rounds, int inARow)
{
    std::vector<std::vector<double>> seconds(runners.size());
    for (int round = -1; round < rounds; ++round)
        for (std::size_t i = 0; i < runners.size(); ++i) {
            // Idle OpenMP threads spin for a while before they sleep.
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            for (int turn = inARow > 1 ? -1 : 0; turn < inARow; ++turn)
                if (const double took = runners[i].run(); round >= 0 && turn >= 0)
                    seconds[i].push_back(took);
        }
    Finding finding{.name = name, .ours = timingsOf(seconds.front()), .others = {}, .limit = 0, .mostRatio = 0};
    for (std::size_t i = 1; i < runners.size(); ++i)
        finding.others.emplace_back(runners[i].name, timingsOf(seconds[i]));
    return finding;
}

class Bench {
public:
    explicit Bench(const Given &given) : m_given(given), m_threads(std::to_string(threads())) {}

    void train()
    {
        for (const BenchShape &shape : benchShapes()) {
            remark("Training, " + shape.name + " ...");
            memory(shape);
            TrainingBench bench(shape, m_given.device, m_given.threads);
            std::vector<Runner> runners{{"", [&] { return bench.step(); }},
                                        {"products", [&] { return bench.products(); }}};
            const auto peers = peersOf("train", {"eager", "compile"}, sizes(shape, true), "step", &runners);
            const int inARow = shape.name == "classroom" ? 20 : 1; // short steps
            m_findings.push_back(measure("train/" + shape.name, runners, m_given.rounds, inARow));
        }
    }

    void generate()
    {
        remark("Generation ...");
        const BenchShape shape = benchShapes().front();
        GenerationBench bench(m_given.threads);
        std::vector<Runner> runners{{"", [&] { return bench.token(); }}};
        bench.prompt(10);
        runners.push_back({"weights", [&] { return bench.readWeights(); }});
        const auto peer = peersOf("generate", {"carry"}, sizes(shape, false), "token", &runners);
        m_findings.push_back(measure("generate/token", runners, m_given.rounds, 400));
        const Timings near = m_findings.back().ours;
        std::vector<Runner> slow;
        const auto slowPeer = peersOf("generate", {"prefix"}, sizes(shape, false), "token", &slow);
        if (!slow.empty())
            m_findings.back().others.emplace_back(slow.front().name, measure("", slow, m_given.rounds, 2).ours);

        bench.prompt(100'000);
        m_findings.push_back(measure("generate/token at 100,000", {runners.front()}, m_given.rounds, 400));
        m_findings.back().others.emplace_back("token", near);
        m_findings.push_back(measure("generate/a token of each of 32", {{"", [&] { return bench.tokenOfEach(32); }}},
                                     m_given.rounds, 10));
        m_findings.back().others.emplace_back("token", near);
        m_findings.push_back(measure("generate/prompt of 10,000", {{"", [&] { return bench.prompt(10'000); }}}, 3, 1));
    }

    void store()
    {
        for (const char *preset : {"article", "classroom"}) {
            remark(std::string("Keeping a run, ") + preset + " ...");
            m_findings.push_back(benchStore(preset, m_given.threads));
        }
    }

    void inspect()
    {
        remark("Looking inside ...");
        for (Finding &finding : benchInspection(m_given.threads))
            m_findings.push_back(std::move(finding));
    }

    /// Measures the window by running `samout-studio`, which lies beside this program.
    void window(const std::string &what)
    {
        remark(what == "draw"   ? "Drawing ..."
               : what == "look" ? "Looking into the network ..."
               : what == "runs" ? "Opening runs ..."
                                : "Start ...");
        const auto studio = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "samout-studio";
        if (!std::filesystem::exists(studio))
            throw Error("There is no samout-studio beside samout, which measures " + what + ".");
        std::FILE *pipe = popen(("\"" + studio.string() + "\" --bench " + what).c_str(), "re");
        std::string answer;
        std::array<char, 4096> part{};
        while (pipe && std::fgets(part.data(), part.size(), pipe))
            answer += part.data();
        if (!pipe || pclose(pipe) != 0)
            throw Error("samout-studio --bench " + what + " failed; its own words are above.");
        const auto found = nlohmann::json::parse(answer);
        for (const auto &one : found.at("seconds")) {
            Finding finding{.name = one.at("name"),
                            .ours = timingsOf(one.at("ours")),
                            .others = {},
                            .limit = one.at("limit"),
                            .mostRatio = one.at("most_ratio")};
            for (const auto &[name, timings] : one.at("others").items())
                finding.others.emplace_back(name, timingsOf(timings));
            m_findings.push_back(finding);
        }
        for (const auto &one : found.at("bytes"))
            m_memory.push_back({.name = one.at("name"), .ours = one.at("ours"), .peers = 0});
    }

    void waitUntilQuiet()
    {
        remark("Waiting for a quiet machine ...");
        m_othersShare = waitForQuiet(60);
    }

    void print() const
    {
        if (m_given.json)
            return printAsJson();
        cli::print(machine() + quietness() + "\n\n");
        char line[200];
        std::snprintf(line, sizeof line, "%-34s %10s %10s %10s %9s\n", "milliseconds", "minimum", "median", "p95",
                      "ratio");
        cli::print(line);
        const auto row = [&](const std::string &name, const Timings &t, const std::string &ratio) {
            std::snprintf(line, sizeof line, "%-34s %10.3f %10.3f %10.3f %9s\n", name.c_str(), 1e3 * t.minimum,
                          1e3 * t.median, 1e3 * t.p95, ratio.c_str());
            cli::print(line);
        };
        for (const Finding &finding : m_findings) {
            row(finding.name, finding.ours, "");
            for (const auto &[name, timings] : finding.others) {
                row("  / " + name, timings, fixed(ratio(finding, timings), 3));
            }
            if (finding.mostRatio > 0)
                cli::print("  ratio of the medians at most " + fixed(finding.mostRatio, 2) + "\n");
            if (finding.limit > 0)
                cli::print("  p95 at most " + fixed(1e3 * finding.limit, 0) + "\n");
        }
        for (const auto &[name, ours, peers] : m_memory)
            cli::print(name + ": " + byteSize(ours) +
                       (peers > 0 ? ", PyTorch eager " + byteSize(peers) + ", ratio " +
                                        fixed(static_cast<double>(ours) / static_cast<double>(peers), 3)
                                  : "") +
                       "\n");
    }

private:
    struct Memory {
        std::string name;
        std::int64_t ours = 0, peers = 0;
    };

    /// The ratio of the medians if it has a limit, because users feel the median; else of the minima, which show what
    /// is possible.
    static double ratio(const Finding &finding, const Timings &other)
    {
        return finding.mostRatio > 0 ? finding.ours.median / other.median : finding.ours.minimum / other.minimum;
    }

    int threads() const { return m_given.threads > 0 ? m_given.threads : availableThreads(); }

    static std::vector<std::string> sizes(const BenchShape &shape, bool withBatch)
    {
        std::vector<std::string> words;
        if (withBatch)
            words = {std::to_string(shape.batch), std::to_string(shape.time)};
        for (const auto size : {shape.vocabulary, shape.hidden, shape.heads, shape.layers})
            words.push_back(std::to_string(size));
        return words;
    }

    std::vector<std::unique_ptr<Peer>> peersOf(const std::string &task, const std::vector<std::string> &modes,
                                               const std::vector<std::string> &numbers, const std::string &question,
                                               std::vector<Runner> *runners) const
    {
        std::vector<std::unique_ptr<Peer>> peers;
        if (m_given.peer.empty())
            return peers;
        for (const std::string &mode : modes) {
            std::vector<std::string> arguments{task, m_threads, task == "train" ? m_given.device : "cpu", mode};
            arguments.insert(arguments.end(), numbers.begin(), numbers.end());
            peers.push_back(std::make_unique<Peer>(m_given.peer, arguments));
            runners->push_back(
                {"PyTorch " + mode, [peer = peers.back().get(), question] { return peer->ask(question); }});
        }
        return peers;
    }

    /// The peak memory above the memory before the first step, for the shape with the longest sequences.
    void memory(const BenchShape &shape)
    {
        if (shape.name != "long" || m_given.device != "cpu")
            return;
        Memory memory{.name = "memory/" + shape.name + ", above that before the first step"};
        {
            TrainingBench bench(shape, m_given.device, m_given.threads);
            forgetPeak();
            const auto before = residentBytes();
            bench.step();
            bench.step();
            memory.ours = peakResidentBytes() - before;
        }
        std::vector<Runner> runners;
        const auto peers = peersOf("train", {"eager"}, sizes(shape, true), "step", &runners);
        if (!peers.empty()) {
            peers.front()->ask("step");
            peers.front()->ask("step");
            memory.peers = static_cast<std::int64_t>(peers.front()->ask("memory"));
        }
        m_memory.push_back(memory);
    }

    std::string machine() const
    {
        const std::string processor = findDevice("cpu").name, device = findDevice(m_given.device).name;
        return processor + ", " + m_threads + " threads" + (device == processor ? "" : "; training on " + device);
    }

    std::string quietness() const
    {
        constexpr double quiet = 0.03;
        return m_othersShare <= quiet ? ", quiet"
                                      : ", NOT QUIET: other programs took " + fixed(100 * m_othersShare, 0) + " %";
    }

    static Timings timingsOf(const nlohmann::json &json)
    {
        return {json.at("minimum"), json.at("median"), json.at("p95"), json.at("count")};
    }

    static nlohmann::ordered_json jsonOf(const Timings &t)
    {
        return {{"minimum", t.minimum}, {"median", t.median}, {"p95", t.p95}, {"count", t.count}};
    }

    void printAsJson() const
    {
        nlohmann::ordered_json all{{"processor", findDevice("cpu").name},
                                   {"device", findDevice(m_given.device).name},
                                   {"threads", threads()},
                                   {"others_share", m_othersShare},
                                   {"seconds", nlohmann::ordered_json::array()},
                                   {"bytes", nlohmann::ordered_json::array()}};
        for (const Finding &finding : m_findings) {
            nlohmann::ordered_json one{{"name", finding.name}, {"ours", jsonOf(finding.ours)}};
            if (finding.limit > 0)
                one["p95_at_most"] = finding.limit;
            if (finding.mostRatio > 0)
                one["median_ratio_at_most"] = finding.mostRatio;
            for (const auto &[name, timings] : finding.others) {
                one["others"][name] = jsonOf(timings);
                one["ratios"][name] = ratio(finding, timings);
            }
            all["seconds"].push_back(one);
        }
        for (const auto &[name, ours, peers] : m_memory)
            all["bytes"].push_back({{"name", name}, {"ours", ours}, {"eager", peers}});
        printJson(all);
    }

    const Given &m_given;
    std::string m_threads;
    double m_othersShare = 1;
    std::vector<Finding> m_findings;
    std::vector<Memory> m_memory;
};

void run(const Given &given)
{
    if (given.rounds < 1)
        throw UsageError("--rounds is a number from 1 on.");
    const auto wants = [&](const char *what) { return given.what == "all" || given.what == what; };
    if (given.threads < 0 || given.threads > 1024)
        throw UsageError("--threads is a number from 1 to 1024, or 0 for one a core.");
    findDevice(given.device);
    if (!given.peer.empty()) // fails before a minute is spent on other measurements
        Peer(given.peer, {"generate", "1", "cpu", "carry", "8", "8", "1", "1"}).ask("token");
    Bench bench(given);
    bench.waitUntilQuiet();
    if (wants("train"))
        bench.train();
    if (wants("generate"))
        bench.generate();
    if (wants("store"))
        bench.store();
    if (wants("inspect"))
        bench.inspect();
    for (const char *what : {"draw", "look", "runs", "start"})
        if (wants(what))
            bench.window(what);
    bench.print();
}

} // namespace

void addBench(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("bench", "Measure how fast this machine trains and generates");
    auto given = std::make_shared<Given>();
    command
        ->add_option("WHAT", given->what, "train, generate, store, inspect, draw, look, runs, start or all (default)")
        ->type_name("")
        ->check(CLI::IsMember({"train", "generate", "store", "inspect", "draw", "look", "runs", "start", "all"}));
    command->add_option("--peer", given->peer, "Compare with PyTorch in this Python")
        ->type_name("PYTHON")
        ->check(CLI::Validator(
            [](std::string &python) { return std::string(python.empty() ? "it names no Python" : ""); }, ""));
    command->add_option("--device", given->device, "Where to train (default cpu)")->type_name("DEVICE");
    command->add_option("--rounds", given->rounds, "Measurements of each (default 10)")->type_name("N");
    command->add_option("--threads", given->threads, "Threads of the CPU (default one a core)")->type_name("N");
    command->add_flag("--json", given->json, "Print one JSON object, in seconds and bytes");
    command->footer(explanation);
    command->callback([given] { run(*given); });
}

} // namespace samout::cli
