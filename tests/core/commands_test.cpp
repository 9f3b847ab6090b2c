// SPDX-License-Identifier: GPL-3.0-only
// The command table, and the reader of command lists.
#include "core/base/error.h"
#include "core/commands/command_list.h"
#include "core/commands/command_table.h"
#include "core/commands/command_values.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

#include <fstream>
#include <set>

using namespace samout;

namespace {

/// The sentence about a list; empty if it can be read.
QByteArray problemOf(std::string_view text)
{
    try {
        parseCommandList(text, "list.json");
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

} // namespace

class CommandsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCommandIsDeclaredWhole()
    {
        std::set<std::string> ids, titles;
        const QRegularExpression form(QStringLiteral("^[a-z]+\\.[a-z_]+$"));
        for (const Command &command : commandTable()) {
            QVERIFY2(form.match(QString::fromStdString(command.id)).hasMatch(), command.id.c_str());
            QVERIFY2(ids.insert(command.id).second, command.id.c_str());
            QVERIFY2(titles.insert(command.title.english()).second, command.id.c_str());
            QVERIFY2(command.title.english().size() > 3, command.id.c_str());
            std::set<std::string> names{"command"};
            for (const CommandArgument &argument : command.arguments) {
                QVERIFY2(names.insert(argument.name).second, command.id.c_str());
                QVERIFY2(!argument.title.empty(), command.id.c_str());
                QCOMPARE(argument.choices.empty(), argument.type != ArgumentType::Choice);
                QVERIFY(argument.byDefault.empty() || argument.problemWith(argument.byDefault).empty());
            }
        }
        for (const TrainingOption &option : trainingOptions)
            QVERIFY2(findCommand("training.start")->argument(option.name), option.name);
    }

    void everyConditionHasItsWords()
    {
        std::set<std::string> words;
        for (int condition = 0; condition <= static_cast<int>(CommandCondition::WindowClosed); ++condition)
            QVERIFY(words.insert(nameOf(static_cast<CommandCondition>(condition)).english()).second);
    }

    void theTableAsJson()
    {
        const auto table = nlohmann::json::parse(commandTableJson());
        QCOMPARE(table.size(), commandTable().size());
        for (const auto &command : table) {
            QVERIFY(command.at("id").is_string() && command.at("title").is_string());
            QVERIFY(command.at("lesson").is_boolean() && command.at("recorded").is_boolean());
            for (const auto &argument : command.at("arguments"))
                QVERIFY(argument.contains("name") && argument.contains("type") && argument.contains("range") &&
                        argument.contains("default"));
        }
        const auto &start = *std::ranges::find(
            table, "training.start", [](const auto &command) { return command.at("id").template get<std::string>(); });
        const auto argument = [&](const std::string &name) {
            return *std::ranges::find(start.at("arguments"), name,
                                      [](const auto &one) { return one.at("name").template get<std::string>(); });
        };
        QCOMPARE(argument("preset").at("range").dump(), std::string(R"(["article","classroom"])"));
        QCOMPARE(argument("steps").at("type").dump(), std::string(R"("whole number")"));
        QCOMPARE(argument("steps").at("range").dump(), std::string(R"({"least":0})"));
        QCOMPARE(argument("dropout").at("range").dump(), std::string(R"({"below":1.0,"least":0.0})"));
        QCOMPARE(argument("cosine").at("type").dump(), std::string(R"("flag")"));
    }

    void readsJsonAndTheSameAsYaml()
    {
        const std::vector<CommandCall> calls = parseCommandList(
            "[{\"command\": \"training.start\", \"preset\": \"classroom\", \"steps\": 60,\n"
            "  \"learning-rate\": 1e-3, \"cosine\": true},\n"
            " {\"command\": \"training.wait\", \"step\": 60},\n"
            " {\"command\": \"text.set\", \"text\": \"a \\\"b\\\"\\n\\u4e2d \\ud83d\\ude00 \\/ \\\\ud83d\\\\ude00\"},\n"
            " {\"command\": \"window.quit\"}]\n",
            "list.json");
        QCOMPARE(calls.size(), 4U);
        QCOMPARE(calls[0].text("preset"), std::string("classroom"));
        QCOMPARE(calls[0].whole("steps"), 60);
        QCOMPARE(calls[0].number("learning-rate"), 0.001);
        QCOMPARE(calls[0].text("cosine"), std::string("true"));
        QCOMPARE(calls[2].text("text"), std::string("a \"b\"\n中 😀 / \\ud83d\\ude00"));
        QVERIFY(calls[3].arguments.empty());
        const std::vector<CommandCall> same = parseCommandList("# the same\n"
                                                               "- command: training.start\n"
                                                               "  preset: classroom\n"
                                                               "  steps: 60\n"
                                                               "  learning-rate: 1e-3\n"
                                                               "  cosine: true\n"
                                                               "- {command: training.wait, step: 60}\n"
                                                               "- command: text.set\n"
                                                               "  text: \"a \\\"b\\\"\\n中 😀 / \\\\ud83d\\\\ude00\"\n"
                                                               "- command: window.quit\n",
                                                               "list.yaml");
        QVERIFY(calls == same);
    }

    void readsWhatProgramsWrite()
    {
        QCOMPARE(
            parseCommandList("[{\"command\":\"training.wait\",\"step\":3},{\"command\":\"window.quit\"}]", "x").size(),
            2U);
        QCOMPARE(parseCommandList("[\r\n\t{\r\n\t\t\"command\":\t\"window.quit\"\r\n\t}\r\n]\r\n", "x").size(), 1U);
        QCOMPARE(parseCommandList("\xEF\xBB\xBF[{\"command\": \"window.quit\"}]", "x").size(), 1U);
        QCOMPARE(
            parseCommandList("---\n- command: text.set\n  text: |\n    two\n    lines\n...\n", "x")[0].text("text"),
            std::string("two\nlines\n"));
        QVERIFY(parseCommandList("[]", "x").empty());
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("list");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char *name, const char *list, const char *sentence) {
            QTest::newRow(name) << QByteArray(list) << QByteArray(sentence);
        };
        row("unknown command", R"([{"command": "window.quit"}, {"command": "window.close"}])",
            "Command 2, window.close: there is no such command.");
        row("unknown argument", R"([{"command": "training.wait", "steps": 5}])",
            "Command 1, training.wait: it has no argument \"steps\"; its arguments are step.");
        row("an argument where none is taken", R"([{"command": "training.stop", "step": 5}])",
            "Command 1, training.stop: it has an argument \"step\", but takes none.");
        row("missing", R"([{"command": "training.wait"}])",
            "Command 1, training.wait: it needs the argument \"step\".");
        row("a word for a number", R"([{"command": "training.wait", "step": "many"}])",
            "Command 1, training.wait: its step is \"many\"; it should be a number without quotes.");
        row("a number in quotes", R"([{"command": "training.wait", "step": "60"}])",
            "Command 1, training.wait: its step is \"60\"; it should be a number without quotes.");
        row("a broken number", R"([{"command": "training.wait", "step": 1.5}])",
            "Command 1, training.wait: its step is \"1.5\"; it should be a whole number.");
        row("below the range", R"([{"command": "training.wait", "step": -1}])",
            "Command 1, training.wait: its step is -1; it should be from 0 to 1000000000000000.");
        row("above the range", R"([{"command": "window.size", "width": 100000, "height": 900}])",
            "Command 1, window.size: its width is 100000; it should be from 200 to 16000.");
        row("a huge whole number", R"([{"command": "training.wait", "step": 99999999999999999999999999}])",
            "Command 1, training.wait: its step is 99999999999999999999999999; it should be from 0 to "
            "1000000000000000.");
        row("a huge number", R"([{"command": "training.start", "learning-rate": 1e999}])",
            "Command 1, training.start: its learning-rate is \"1e999\"; it should be a number.");
        row("a number for a text", R"([{"command": "text.set", "text": 12}])",
            "Command 1, text.set: its text is 12, which is no text; a text like it needs quotes.");
        row("null", R"([{"command": "text.set", "text": null}])",
            "Command 1, text.set: its text is empty; it should have a value.");
        row("nothing in YAML", "- command: text.set\n  text:\n",
            "Command 1, text.set: its text is empty; it should have a value.");
        row("no choice", R"([{"command": "window.language", "value": "fr"}])",
            "Command 1, window.language: its value is \"fr\"; it should be one of en, zh.");
        row("no flag", R"([{"command": "training.start", "cosine": "true"}])",
            "Command 1, training.start: its cosine is \"true\"; it should be true or false, without quotes.");
        row("no file", R"([{"command": "window.picture", "file": ""}])",
            "Command 1, window.picture: its file is empty; it should name a file.");
        row("an option out of its range", R"([{"command": "training.start", "learning-rate": 0}])",
            "Command 1, training.start: its learning-rate is 0; it should be above 0.");
        row("a seed that does not fit", R"([{"command": "training.start", "seed": -1}])",
            "Command 1, training.start: The seed is -1; it should be a whole number from 0 on.");
        row("an intervention without its head", R"([{"command": "intervention.add", "kind": "head", "layer": 0}])",
            "Command 1, intervention.add: its kind \"head\" needs the argument \"head\".");
        row("an edit without its value", R"([{"command": "training.edit", "kind": "hold_alpha", "layer": 1}])",
            "Command 1, training.edit: The edit \"hold_alpha\" has the value \"1\"; it should be layer=alpha, as "
            "1=0.5.");
        row("a name twice", R"([{"command": "training.wait", "step": 1, "step": 2}])",
            "Command 1, training.wait: it has \"step\" twice.");
        row("no command", R"([{"step": 1}])", "Command 1: it has no \"command\".");
        row("no object", R"([{"command": "window.quit"}, 5])",
            "Command 2: it should be an object, as {\"command\": \"window.quit\"}.");
        row("a list in a list", R"([[{"command": "window.quit"}]])",
            "Command 1: it should be an object, as {\"command\": \"window.quit\"}.");
        row("a list as a value", R"([{"command": "training.wait", "step": [1]}])",
            "Command 1, training.wait: its step is a list or an object; it should be one value.");
        row("a list as a name", "- command: training.wait\n  ? [a]\n  : 1\n",
            "Command 1, training.wait: the name of an argument should be a text.");
        row("an object", R"({"command": "window.quit"})",
            "list.json is no list of commands; it should be as [{\"command\": \"window.quit\"}].");
        row("a word", "window.quit",
            "list.json is no list of commands; it should be as [{\"command\": \"window.quit\"}].");
        row("null alone", "null",
            "list.json is no list of commands; it should be as [{\"command\": \"window.quit\"}].");
        row("empty", "", "list.json is empty; it should have a list of commands.");
        row("a comment", "# nothing\n", "list.json is empty; it should have a list of commands.");
        row("two documents", "- command: window.quit\n---\n- command: window.quit\n",
            "list.json has several documents; it should have one list of commands.");
        row("an alias", "- &a {command: window.quit}\n- *a\n",
            "list.json has an alias (*) in line 2; a list of commands may have none.");
        row("a tag", "- command: !!str window.quit\n",
            "list.json has the tag tag:yaml.org,2002:str in line 1; a list of commands may have none.");
        row("cut off", R"([{"command": "window.quit"})",
            "list.json is no list of commands; it should be as [{\"command\": \"window.quit\"}].");
        row("a quote that never ends", "[{\"command\": \"window.quit}]",
            "list.json is neither JSON nor YAML from line 1 on: illegal EOF in scalar.");
        row("no UTF-8", "- command: text.set\n  text: \xff\n",
            "list.json is no text in UTF-8; a list of commands is JSON or YAML.");
    }

    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, list);
        QFETCH(QByteArray, sentence);
        QCOMPARE(problemOf(list.toStdString()), sentence);
    }

    /// Neither takes memory nor time that grows faster than the text.
    void oddTexts()
    {
        QVERIFY(!problemOf(std::string(1'000'000, '[')).isEmpty());
        QVERIFY(!problemOf(std::string(1'000'000, '{')).isEmpty());
        std::string dashes, keys = "- command: text.set\n";
        for (int i = 0; i < 200'000; ++i)
            dashes += "- ";
        QVERIFY(problemOf(dashes).startsWith("Command 1: "));
        for (int i = 0; i < 10'000; ++i)
            keys += "  text" + std::to_string(i) + ": a\n";
        QVERIFY(problemOf(keys).startsWith("Command 1, text.set: it has no argument"));
        std::string bomb = "- &a [x, x, x, x, x, x, x, x, x]\n";
        for (char name = 'b'; name < 'k'; ++name)
            bomb += std::string("- &") + name + " [*" + std::string(1, static_cast<char>(name - 1)) + ", *a, *a, *a]\n";
        QVERIFY(problemOf(bomb).startsWith("Command 1: "));
        QVERIFY(problemOf(std::string("- command: window.quit\0\n", 24)).startsWith("list.json is no text"));
        // yaml-cpp takes this byte for the end of the text.
        QVERIFY(problemOf("- command: window.quit\n\x04- command: nothing\n").startsWith("list.json is no text"));
        std::string many;
        for (int i = 0; i < 20'000; ++i)
            many += "- {command: training.wait, step: " + std::to_string(i) + "}\n";
        QCOMPARE(parseCommandList(many, "x").size(), 20'000U);
    }

    /// Every cut of a good list is refused or read; none crashes.
    void everyCutIsAnswered()
    {
        const std::string list =
            R"([{"command": "text.set", "text": "a\u4e2d\ud83d\ude00"}, {"command": "window.quit"}])";
        for (std::size_t size = 0; size < list.size(); ++size)
            QVERIFY(!problemOf(std::string_view(list).substr(0, size)).isEmpty());
        QCOMPARE(problemOf(list), QByteArray());
    }

    void filesThatCannotBeRead()
    {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        QVERIFY_THROWS_EXCEPTION(Error, readCommandList(path / "missing.json"));
        QVERIFY_THROWS_EXCEPTION(Error, readCommandList(path));
        std::ofstream(path / "large.json") << std::string(5 << 20, ' ');
        QVERIFY_THROWS_EXCEPTION(Error, readCommandList(path / "large.json"));
        std::ofstream(path / "good.json") << R"([{"command": "window.quit"}])";
        QCOMPARE(readCommandList(path / "good.json").size(), 1U);
    }

    void whatTheArgumentsStandFor()
    {
        const auto call = [](const char *line) { return parseCommandList(std::string("[") + line + "]", "x")[0]; };
        TrainingOptions before = classroomPreset();
        before.threads = 3;
        const TrainingOptions options = optionsOf(
            call(R"({"command": "training.start", "preset": "article", "steps": 7, "held-out": 0.5, "cosine": false})"),
            before);
        TrainingOptions wanted = articlePreset();
        wanted.threads = 3;
        wanted.steps = 7;
        wanted.data.heldOut = 0.5;
        QVERIFY(options == wanted);
        QVERIFY(optionsOf(call(R"({"command": "training.start"})"), before) == before);

        const auto intervention = [&](const char *arguments) {
            return interventionOf(call((std::string(R"({"command": "intervention.add", )") + arguments + "}").c_str()));
        };
        QVERIFY(intervention(R"("kind": "head", "layer": 1, "head": 2)") == Intervention(SilenceHead{1, 2}));
        QVERIFY(intervention(R"("kind": "mixer", "layer": 1)") == Intervention(SilenceMixer{1}));
        QVERIFY(intervention(R"("kind": "feed-forward", "layer": 0)") == Intervention(SilenceFeedForward{0}));
        QVERIFY(intervention(R"("kind": "alpha", "layer": 1, "value": -0.5)") == Intervention(SetAlpha{1, -0.5F}));
        QVERIFY(
            intervention(R"("kind": "states", "layer": 1, "channel": 17, "position": 4, "last": 9, "value": 0.5)") ==
            Intervention(SetStates{.layer = 1, .position = 4, .positions = 6, .channel = 17, .values = {0.5F}}));

        const auto edit = [&](const char *arguments) {
            return editOf(call((std::string(R"({"command": "training.edit", )") + arguments + "}").c_str()));
        };
        QVERIFY(edit(R"("kind": "learning_rate", "value": 0.01)") == Edit(SetLearningRate{0.01}));
        QVERIFY(edit(R"("kind": "freeze_head", "layer": 1, "head": 2)") == Edit(FreezeHead{1, 2}));
        QVERIFY(edit(R"("kind": "hold_alpha", "layer": 1, "value": 0.5)") == Edit(HoldAlpha{1, 0.5}));
        QVERIFY(edit(R"("kind": "freeze_layer", "layer": 1)") == Edit(FreezeLayer{1}));
    }
};

QTEST_GUILESS_MAIN(CommandsTest)
#include "commands_test.moc"
