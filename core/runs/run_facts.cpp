// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/run_facts.h"

#include "core/base/error.h"
#include "core/files/untrusted_json.h"
#include "core/files/vocabulary_metadata.h"
#include "core/model/mixer.h"
#include "core/runs/options_json.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>

namespace samout {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// The names of DataSplit's rules, in their order.
constexpr const char *ruleNames[] = {"drawn", "spread", "end"};

std::string textOf(const Json &json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json jsonOf(const std::vector<RunFile> &files)
{
    Json list = Json::array();
    for (const RunFile &file : files)
        list.push_back({{"file", file.file}, {"sha256", file.sha256}});
    return list;
}

Json jsonOf(const DataSplit &split)
{
    return {{"rule", ruleNames[static_cast<std::size_t>(split.rule)]}, {"share", split.share}};
}

/// Reads the stored facts one by one.
class StoredFacts {
public:
    StoredFacts(SQLite::Database &database, const std::string &origin) : m_origin(origin)
    {
        for (SQLite::Statement row(database, "SELECT key, value FROM run"); row.executeStep();)
            m_values[row.getColumn(0).getString()] = row.getColumn(1).getString();
    }

    const std::map<std::string, std::string> &all() const { return m_values; }

    /// Empty if the run has no such fact.
    const std::string &text(const char *key) { return m_values[key]; }

    std::int64_t number(const char *key)
    {
        try {
            return std::stoll(m_values[key]);
        } catch (const std::exception &) {
            throw Error(Error::Damaged, Text("{0} is damaged: it gives \"{1}\" as {2}; it should be a whole number.",
                                             m_origin, m_values[key], key));
        }
    }

    /// Reads a number that runs of format 1 lack.
    std::int64_t number(const char *key, std::int64_t otherwise) { return text(key).empty() ? otherwise : number(key); }

    /// Null if the run has no such fact.
    nlohmann::json json(const char *key)
    {
        constexpr int depth = 3;
        if (text(key).empty())
            return nullptr;
        return parseUntrusted(text(key), depth, 1000, Text("{0}: the fact {1}", m_origin, key));
    }

private:
    std::string m_origin;
    std::map<std::string, std::string> m_values;
};

/// Runs of format 1 name no mixer: theirs is V8.
const Mixer &mixerOf(const std::string &name, const std::string &origin)
{
    try {
        return name.empty() ? defaultMixer() : mixerNamed(name);
    } catch (const Error &error) {
        throw Error(Error::Unsupported, Text("{0}: {1}", origin, error.text()));
    }
}

std::vector<RunFile> filesOf(const nlohmann::json &list)
{
    std::vector<RunFile> files;
    for (const nlohmann::json &file : list)
        files.push_back({.file = file.at("file"), .sha256 = file.at("sha256")});
    return files;
}

DataSplit splitOf(const nlohmann::json &json)
{
    const auto rule = std::ranges::find(ruleNames, json.at("rule").get<std::string>());
    if (rule == std::end(ruleNames))
        throw Error(Error::Unsupported, Text("The run splits its data by a rule that this version does not have."));
    return {.rule = static_cast<DataSplit::Rule>(rule - std::begin(ruleNames)), .share = json.at("share")};
}

} // namespace

fs::path RunFacts::dataPath(const fs::path &run) const
{
    return dataFile.file.empty() ? fs::path() : run / dataFile.file;
}

void RunFacts::checkTrainable() const
{
    if (losses != RunFacts().losses)
        throw Error(
            Error::Unsupported,
            Text("The run {0} was trained on losses that this version does not have; it can be looked at.", name));
    if (shards != 1)
        throw Error(Error::Unsupported,
                    Text("The run {0} was trained in {1} shards, which this version cannot; it can be looked at.", name,
                         shards));
}

void writeFacts(SQLite::Database &database, const RunFacts &facts)
{
    SQLite::Statement insert(database, "INSERT INTO run (key, value) VALUES (?, ?)");
    const auto put = [&](const char *key, const std::string &value) {
        insert.reset();
        insert.bind(1, key);
        insert.bind(2, value);
        insert.exec();
    };
    put("name", facts.name);
    put("note", facts.note);
    put("starred", facts.starred ? "1" : "0");
    put("created", facts.created);
    put("options", jsonOf(facts.options));
    put("mixer", facts.config.mixer->facts().name);
    put("vocab_size", std::to_string(facts.config.vocabSize));
    put("hidden_size", std::to_string(facts.config.hiddenSize));
    put("num_heads", std::to_string(facts.config.numHeads));
    put("num_layers", std::to_string(facts.config.numLayers));
    for (const auto &[key, value] : metadataOf(facts.vocabulary))
        put(key.c_str(), value);
    put("losses", textOf(facts.losses));
    put("shards", std::to_string(facts.shards));
    put("vocabulary_files", textOf(jsonOf(facts.vocabularyFiles)));
    put("data_name", facts.dataName);
    put("data_file", facts.dataFile.file);
    put("data_sha256", facts.dataFile.sha256);
    if (facts.split)
        put("split", textOf(jsonOf(*facts.split)));
    put("arithmetic", std::to_string(facts.arithmetic));
    put("fingerprint", facts.fingerprint);
    put("parent", facts.parent);
    put("parent_step", std::to_string(facts.parentStep));
}

RunFacts readFacts(SQLite::Database &database, const std::string &origin)
{
    StoredFacts stored(database, origin);
    RunFacts facts;
    facts.name = stored.text("name");
    facts.note = stored.text("note");
    facts.starred = stored.text("starred") == "1";
    facts.created = stored.text("created");
    facts.options = optionsOfJson(stored.text("options"), Text("{0}: the options", origin));
    facts.vocabulary = vocabularyOf(stored.all(), stored.number("vocab_size"), origin);
    facts.config = {.vocabSize = facts.vocabulary.size(),
                    .hiddenSize = stored.number("hidden_size"),
                    .numHeads = stored.number("num_heads"),
                    .numLayers = stored.number("num_layers"),
                    .paddingId = facts.vocabulary.special().padding,
                    .mixer = &mixerOf(stored.text("mixer"), origin)};
    facts.config.check();
    facts.shards = stored.number("shards", 1);
    facts.dataName = stored.text("data_name");
    facts.dataFile = {.file = stored.text("data_file"), .sha256 = stored.text("data_sha256")};
    try {
        if (const nlohmann::json losses = stored.json("losses"); !losses.is_null())
            losses.get_to(facts.losses);
        if (const nlohmann::json files = stored.json("vocabulary_files"); !files.is_null())
            facts.vocabularyFiles = filesOf(files);
        if (const nlohmann::json split = stored.json("split"); !split.is_null())
            facts.split = splitOf(split);
    } catch (const nlohmann::json::exception &) {
        throw Error(Error::Damaged, Text("{0} is damaged: a fact in it has a value of a wrong type.", origin));
    }
    facts.fingerprint = stored.text("fingerprint");
    facts.arithmetic = stored.number("arithmetic", 1);
    facts.parent = stored.text("parent");
    facts.parentStep = facts.parent.empty() ? 0 : stored.number("parent_step");
    return facts;
}

} // namespace samout
