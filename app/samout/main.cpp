// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "core/base/error.h"

#include <CLI/CLI.hpp>

#include <clocale>
#include <memory>
#include <new>

namespace {

using namespace samout;

constexpr int failed = 1;
constexpr int wrongUsage = 2;

const char *const examples = R"(Examples:
  samout train --save article.safetensors           the published experiment: 100 random sequences, by heart
  samout train --preset classroom --steps 300 --save small.safetensors
  samout generate small.safetensors --prompt "\n" --length 200 --temperature 0.7 --clear-at "\n"
  samout train --data book.txt --steps 1000 --cosine --save book.safetensors
  samout evaluate book.safetensors --tokens rows.jsonl --json

MODEL is a .safetensors snapshot, a .pth or .pt that Python's torch.save wrote, or a run folder.
`samout COMMAND --help` tells about one command. It ends with 0, with 1 when it failed, with 2 on wrong usage.)";

/// Help that shows required arguments in the usage line, and only name and value before each description.
class HelpFormatter : public CLI::Formatter {
public:
    std::string make_usage(const CLI::App *app, std::string name) const override
    {
        std::string usage = "Usage: " + name;
        for (const CLI::Option *option : app->get_options())
            if (option->get_positional())
                usage += " " + option->get_name(true);
        for (const CLI::Option *option : app->get_options())
            if (option->get_required() && !option->get_positional())
                usage += " " + option->get_name() + " " + option->get_type_name();
        if (!app->get_subcommands({}).empty())
            usage += " COMMAND";
        return usage + " [OPTIONS]\n";
    }

    std::string make_option_opts(const CLI::Option *option) const override
    {
        const std::string value = option->get_type_size() == 0 ? "" : option->get_type_name();
        return value.empty() ? "" : " " + value;
    }

    std::string make_option_desc(const CLI::Option *option) const override
    {
        constexpr std::size_t width = 90;
        return cli::wrapped(option->get_description(), width);
    }
};

void addCommands(CLI::App &app)
{
    auto formatter = std::make_shared<HelpFormatter>();
    formatter->column_width(28);
    formatter->label("Subcommands", "Commands");
    formatter->label("Positionals", "Files");
    app.formatter(formatter);
    app.set_version_flag("--version", "samout " SAMOUT_VERSION, "Print the version and exit");
    app.set_help_flag("-h,--help", "Print this help and exit");
    app.footer(examples);
    app.require_subcommand(0, 1); // so that `bench generate` is a word of bench
    cli::addTrain(app);
    cli::addEvaluate(app);
    cli::addGenerate(app);
    cli::addInspect(app);
    cli::addExamine(app);
    cli::addEffects(app);
    cli::addConvert(app);
    cli::addRuns(app);
    cli::addShow(app);
    cli::addExport(app);
    cli::addReplay(app);
    cli::addTasks(app);
    cli::addDevices(app);
    cli::addBench(app);
    cli::addVerify(app);
}

int usageError(const CLI::App &app, std::string sentence)
{
    if (!sentence.ends_with('.'))
        sentence += '.';
    const auto chosen = app.get_subcommands();
    const std::string command = chosen.empty() ? "samout" : "samout " + chosen.front()->get_name();
    cli::complain(sentence, "`" + command + " --help` tells how it is used.");
    return wrongUsage;
}

} // namespace

int main(int argc, char **argv)
{
    std::setlocale(LC_CTYPE, "");
    CLI::App app("Trains SamOut, a language model whose only memory is a running maximum, and sees inside it.",
                 "samout");
    try {
        addCommands(app);
        app.parse(argc, argv);
        if (app.get_subcommands().empty())
            throw cli::UsageError("No command was given, as train or generate.");
        return 0;
    } catch (const CLI::Success &help) {
        return app.exit(help);
    } catch (const CLI::ParseError &error) {
        return usageError(app, error.what());
    } catch (const cli::UsageError &error) {
        return usageError(app, error.what());
    } catch (const std::bad_alloc &) {
        cli::complain("There is not enough memory for this; a smaller model, batch or text needs less.");
    } catch (const std::exception &error) {
        cli::complain(error.what());
    }
    return failed;
}
