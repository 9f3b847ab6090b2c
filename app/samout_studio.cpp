// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/window/bench.h"
#include "app/bench/window/look_bench.h"
#include "app/bench/window/panels_bench.h"
#include "app/bench/window/runs_bench.h"
#include "core/base/error.h"
#include "core/commands/command_list.h"
#include "core/commands/command_table.h"
#include "core/runs/open_model.h"
#include "core/train/options.h"
#include "ui/models/commands.h"
#include "ui/models/training_setup.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/grab.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/work/live.h"
#include "ui/work/worker.h"

#include <QAction>
#include <QApplication>
#include <QCommandLineParser>
#include <QDir>
#include <QLocale>
#include <QSettings>
#include <QTemporaryDir>
#include <QTimer>
#include <QTranslator>

#include <cstdio>
#include <memory>
#include <optional>
#include <vector>

namespace samout {
namespace {

constexpr int failed = 1;
constexpr int wrongUsage = 2;

struct Arguments {
    TrainingOptions training = classroomPreset();
    bool start = false;
    QString model;
    QString grabFolder;
    QString bench;
    QString commandList;
    std::vector<CommandCall> commands;
    QSize size;
    std::optional<ThemeChoice> theme;
    QString language;
};

int say(const QString &sentence, int code)
{
    std::fprintf(stderr, "samout-studio: %s\n", qPrintable(sentence));
    return code;
}

QSize sizeOf(const QString &text)
{
    const QStringList parts = text.toLower().split(QLatin1Char('x'));
    const QSize size = parts.size() == 2 ? QSize(parts[0].toInt(), parts[1].toInt()) : QSize();
    if (size.width() < 200 || size.height() < 200 || size.width() > 16000 || size.height() > 16000)
        throw Error("--size is \"" + text.toStdString() +
                    "\"; it should be width x height, as 1440x900, each from 200 to 16000.");
    return size;
}

ThemeChoice themeOf(const QString &text)
{
    if (text == QLatin1String("dark"))
        return ThemeChoice::Dark;
    if (text == QLatin1String("light"))
        return ThemeChoice::Light;
    throw Error("--theme is \"" + text.toStdString() + "\"; it should be dark or light.");
}

void addOptions(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        QStringLiteral("Trains SamOut, a language model whose only memory is a running maximum, "
                       "and shows what is inside."));
    parser.addOptions({
        {QStringLiteral("preset"), QStringLiteral("Settings to begin from: article or classroom (the default)."),
         QStringLiteral("name")},
        {QStringLiteral("start"), QStringLiteral("Begin the training at once.")},
        {QStringLiteral("theme"), QStringLiteral("dark or light rather than as the desktop."), QStringLiteral("theme")},
        {QStringLiteral("size"), QStringLiteral("The window's size, as 1440x900."), QStringLiteral("WxH")},
        {QStringLiteral("language"), QStringLiteral("en or zh rather than as the desktop."), QStringLiteral("code")},
        {QStringLiteral("grab"),
         QStringLiteral("Train --steps steps, save pictures of the window and of each panel in this folder, and exit."),
         QStringLiteral("folder")},
        {QStringLiteral("do"),
         QStringLiteral(
             "Carry out the commands of a list (JSON or YAML), each after the one before is done. Begins from "
             "default settings; takes --size, --theme and --language."),
         QStringLiteral("file")},
        {QStringLiteral("commands"), QStringLiteral("Print all commands of such lists as JSON.")},
        {QStringLiteral("bench"),
         QStringLiteral(
             "Measure the window and print JSON: draw, look, runs or start. `samout bench` prints a table of it."),
         QStringLiteral("what")},
    });
    for (const TrainingOption &option : trainingOptions)
        parser.addOption({QString::fromLatin1(option.name), QString::fromUtf8(option.help.english()),
                          option.isFlag() ? QString() : QStringLiteral("value")});
    parser.addPositionalArgument(QStringLiteral("model"),
                                 QStringLiteral("A snapshot or a .pth to look at and to generate with."),
                                 QStringLiteral("[model]"));
}

/// Throws Error if a list of commands is given with anything that does not go with it.
void checkAlone(const QCommandLineParser &parser)
{
    for (const QString &name : parser.optionNames())
        if (!QStringList{QStringLiteral("do"), QStringLiteral("size"), QStringLiteral("theme"),
                         QStringLiteral("language")}
                 .contains(name))
            throw Error("--do takes --size, --theme and --language, and not --" + name.toStdString() + ".");
    if (!parser.positionalArguments().isEmpty())
        throw Error("--do takes no model; the command model.open opens one.");
    if (parser.value(QStringLiteral("do")).isEmpty())
        throw Error("--do needs a file, a list of commands.");
}

Arguments readArguments(const QCommandLineParser &parser)
{
    Arguments arguments;
    const auto has = [&](const char *option) { return parser.isSet(QString::fromLatin1(option)); };
    const auto value = [&](const char *option) { return parser.value(QString::fromLatin1(option)); };
    TrainingOptions &training = arguments.training;
    if (has("preset"))
        training = presetNamed(value("preset").toStdString());
    for (const TrainingOption &option : trainingOptions)
        if (const std::string text = option.isFlag() ? "true" : value(option.name).toStdString(); has(option.name))
            if (!option.read(text, training))
                throw Error(Error::WrongValue, Text("--{0}: {1}", option.name, option.problemWith(text)));
    if (has("theme"))
        arguments.theme = themeOf(value("theme"));
    if (has("size"))
        arguments.size = sizeOf(value("size"));
    arguments.language = value("language");
    arguments.start = has("start");
    arguments.grabFolder = value("grab");
    arguments.bench = value("bench");
    arguments.commandList = value("do");
    if (has("do"))
        checkAlone(parser);
    const QStringList benches = {QStringLiteral("draw"), QStringLiteral("look"), QStringLiteral("runs"),
                                 QStringLiteral("start"), QStringLiteral("first-picture")};
    if (has("bench") && !benches.contains(arguments.bench))
        throw Error("--bench is \"" + arguments.bench.toStdString() + "\"; it should be draw, look, runs or start.");
    if (has("grab") && (!has("steps") || training.steps == 0))
        throw Error("--grab needs --steps N, the steps to train before the pictures are taken.");
    if (parser.positionalArguments().size() > 1)
        throw Error("More than one model was given; it should be one.");
    if (!parser.positionalArguments().isEmpty())
        arguments.model = parser.positionalArguments().first();
    training.check();
    return arguments;
}

/// Whether there is a display; without one QApplication would abort without a message of ours.
bool hasDisplay()
{
    for (const char *variable : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
        if (qEnvironmentVariableIsSet(variable))
            return true;
    return false;
}

void installTranslation(QTranslator &translator, const QString &chosen)
{
    const QLocale locale = chosen.isEmpty() ? QLocale::system() : QLocale(chosen);
    if (locale.language() == QLocale::Chinese && translator.load(QStringLiteral(":/i18n/samout_zh_CN.qm")))
        QCoreApplication::installTranslator(&translator);
}

/// Trains Article and Classroom in windows of their own and measures the delays that a user feels, besides the plots.
int benchDrawing()
{
    std::vector<Finding> findings = benchPlots();
    for (const char *preset : {"article", "classroom"}) {
        Theme theme(ThemeChoice::Light);
        MainWindow window(&theme, nullptr);
        window.resize(1440, 900);
        window.show();
        PanelsBench bench(&window, preset, 5);
        QObject::connect(&bench, &PanelsBench::done, [] { QApplication::exit(); });
        QTimer::singleShot(0, &bench, &PanelsBench::begin);
        QApplication::exec();
        for (const Finding &finding : bench.findings())
            findings.push_back(finding);
    }
    printFindings(findings, {});
    return 0;
}

/// Runs `Bench` in a window of its own.
template <typename Bench> int benchWindow()
{
    Theme theme(ThemeChoice::Light);
    MainWindow window(&theme, nullptr);
    window.resize(1440, 900);
    window.show();
    Bench bench(&window);
    QObject::connect(&bench, &Bench::done, [] { QApplication::exit(); });
    QTimer::singleShot(0, &bench, &Bench::begin);
    QApplication::exec();
    printFindings(bench.findings(), {});
    return 0;
}

int runBench(const QString &what)
{
    if (what == QLatin1String("start"))
        return benchStart(5) ? 0 : say(QStringLiteral("The studio did not start."), failed);
    if (what == QLatin1String("draw"))
        return benchDrawing();
    if (what == QLatin1String("runs"))
        return benchWindow<RunsBench>();
    if (what == QLatin1String("look"))
        return benchWindow<LookBench>();
    Theme theme(ThemeChoice::Light);
    MainWindow window(&theme, nullptr);
    window.show();
    // Runs once everything that waited to be drawn is drawn.
    QTimer::singleShot(0, [] {
        sayFirstPicture();
        QApplication::exit();
    });
    return QApplication::exec();
}

/// The settings of a start that a person makes; those of any other start are the default ones.
std::unique_ptr<QSettings> settingsOf(const Arguments &arguments)
{
    return arguments.grabFolder.isEmpty() && arguments.commandList.isEmpty() ? std::make_unique<QSettings>() : nullptr;
}

/// The language of the window, as a code; empty: as the desktop.
QString languageOf(const Arguments &arguments, const QSettings *settings)
{
    if (!arguments.language.isEmpty())
        return arguments.language;
    if (settings)
        return settings->value(QStringLiteral("language")).toString();
    return arguments.grabFolder.isEmpty() ? QString() : QStringLiteral("en");
}

/// Opens the model that the arguments name. Throws Error if it cannot be opened and pictures are to be taken of it,
/// which could be mistaken for its pictures otherwise.
void openModelOf(const Arguments &arguments, MainWindow &window)
{
    if (arguments.model.isEmpty())
        return;
    if (!arguments.grabFolder.isEmpty())
        openModel(arguments.model.toStdString());
    window.openPath(arguments.model);
}

/// The commands to carry out. Throws Error if the folder for pictures cannot be made.
std::vector<CommandCall> commandsOf(const Arguments &arguments, const MainWindow &window)
{
    if (arguments.grabFolder.isEmpty())
        return arguments.commands;
    if (!QDir().mkpath(arguments.grabFolder))
        throw Error("The folder " + arguments.grabFolder.toStdString() +
                    " for the pictures cannot be made; it should be a place that you may write to.");
    return grabCommands(*window.docks(), arguments.grabFolder, arguments.training.steps);
}

int showWindow(QApplication &application, const Arguments &arguments)
{
    const std::unique_ptr<QSettings> settings = settingsOf(arguments);
    QTranslator translator;
    installTranslation(translator, languageOf(arguments, settings.get()));
    Theme theme(arguments.theme.value_or(
        settings ? static_cast<ThemeChoice>(settings->value(QStringLiteral("theme")).toInt()) : ThemeChoice::Desktop));
    WorkLane background(WorkKind::Short);
    MainWindow window(&theme, settings.get());
    window.context().setup->setOptions(arguments.training);
    if (arguments.size.isValid())
        window.resize(arguments.size);
    QObject::connect(&window, &MainWindow::closed, &application, &QCoreApplication::quit, Qt::QueuedConnection);
    window.show();

    // Finding a GPU takes a while, so the window is shown first.
    auto found = std::make_shared<std::vector<Device>>();
    background.run([found] { *found = devices(); },
                   [&window, found](const QString &) { window.context().setup->setDevices(*found); });
    std::unique_ptr<CommandRunner> runner;
    try {
        openModelOf(arguments, window);
        runner = std::make_unique<CommandRunner>(window.commands(), commandsOf(arguments, window));
    } catch (const Error &error) {
        return say(QString::fromUtf8(error.what()), failed);
    }
    QObject::connect(runner.get(), &CommandRunner::failed, &application,
                     [](const QString &sentence) { QCoreApplication::exit(say(sentence, failed)); });
    if (!arguments.grabFolder.isEmpty())
        QObject::connect(runner.get(), &CommandRunner::finished, &application, &QCoreApplication::quit);
    // The window has its size and its layout by then.
    QTimer::singleShot(200, runner.get(), &CommandRunner::begin);
    if (arguments.start)
        QTimer::singleShot(0, window.context().controls->start(), &QAction::trigger);
    return QApplication::exec();
}

int runWindow(int &argc, char **argv, const Arguments &arguments)
{
    const bool unattended =
        !arguments.grabFolder.isEmpty() || !arguments.commandList.isEmpty() || !arguments.bench.isEmpty();
    if (!hasDisplay()) {
        if (!unattended)
            return say(
                QStringLiteral("There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set). "
                               "The command line program samout trains without one."),
                failed);
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QApplication application(argc, argv);
    QApplication::setQuitOnLastWindowClosed(false);
    // A training for a picture or a measurement does not belong among the user's runs.
    const QTemporaryDir scratch;
    if (!arguments.grabFolder.isEmpty() || !arguments.bench.isEmpty())
        qputenv("SAMOUT_RUNS", scratch.path().toUtf8());
    return arguments.bench.isEmpty() ? showWindow(application, arguments) : runBench(arguments.bench);
}

int run(int argc, char **argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("samout-studio"));
    QCoreApplication::setOrganizationName(QStringLiteral("samout-studio"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SAMOUT_VERSION));
    QStringList words;
    for (int i = 0; i < argc; ++i)
        words += QString::fromLocal8Bit(argv[i]);
    QCommandLineParser parser;
    addOptions(parser);
    const QCommandLineOption help = parser.addHelpOption();
    const QCommandLineOption version = parser.addVersionOption();
    if (!parser.parse(words))
        return say(parser.errorText(), wrongUsage);
    if (parser.isSet(version)) {
        std::printf("samout-studio %s\n", SAMOUT_VERSION);
        return 0;
    }
    if (parser.isSet(help)) {
        std::printf("%s", qPrintable(parser.helpText().replace(QStringLiteral("<executable_name>"),
                                                               QStringLiteral("samout-studio"))));
        return 0;
    }
    if (parser.isSet(QStringLiteral("commands"))) {
        std::printf("%s\n", commandTableJson().c_str());
        return 0;
    }
    Arguments arguments;
    try {
        arguments = readArguments(parser);
    } catch (const Error &error) {
        return say(QString::fromUtf8(error.what()), wrongUsage);
    }
    try {
        if (!arguments.commandList.isEmpty())
            arguments.commands = readCommandList(arguments.commandList.toStdString());
    } catch (const Error &error) {
        return say(QString::fromUtf8(error.what()), failed);
    }
    return runWindow(argc, argv, arguments);
}

} // namespace
} // namespace samout

int main(int argc, char **argv) { return samout::run(argc, argv); }
