// SPDX-License-Identifier: GPL-3.0-only
// What goes into a training and comes out of it, as JSON.
#include "core/base/error.h"
#include "core/runs/training_messages.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <set>

using namespace samout;

namespace {

StartTraining start()
{
    TrainingOptions options = tiny::training(7);
    options.learningRate = 0.1;
    options.seed = 3;
    options.data.seed = 3;
    options.data.heldOut = 0.25;
    return {.options = options,
            .paused = true,
            .plan = {.folder = "/runs/\"a\" b", .title = "title", .resume = true, .steps = 12}};
}

TrainingFacts facts()
{
    TrainingFacts facts;
    facts.options = start().options;
    facts.config = {.vocabSize = 300, .hiddenSize = 24, .numHeads = 2, .numLayers = 3, .paddingId = std::nullopt};
    facts.device = "CPU, 1 thread";
    facts.parameters = 12345;
    facts.run = "/runs/a";
    facts.step = 5;
    facts.edits = {{.step = 2, .edit = FreezeHead{.layer = 1, .head = 2}},
                   {.step = 4, .edit = UnknownEdit{.kind = "newer", .value = "x"}}};
    return facts;
}

StepMetrics metrics()
{
    return {.step = 9,
            .loss = std::numeric_limits<double>::infinity(),
            .again = true,
            .heldOutLoss = 0.1,
            .learningRate = 1e-20,
            .gradientNorm = -std::numeric_limits<double>::infinity(),
            .layerGradientNorms = {0.1F, std::numeric_limits<float>::infinity()},
            .seconds = 0.25,
            .tokens = 1234567890123,
            .alphas = {0.5F, 0.3F}};
}

/// One of every alternative.
std::vector<TrainingCommand> commands()
{
    return {start(),
            PauseTraining{},
            GoOn{},
            StepOnce{},
            StopTraining{},
            Edit(HoldAlpha{.layer = 1, .alpha = 0.1}),
            SetBreakpoints{.breakpoints = {{.kind = Breakpoint::Kind::Alpha, .value = 0.4, .layer = 1},
                                           {.kind = Breakpoint::Kind::Step, .value = 100}},
                           .atNotFinite = false},
            TakeCheckpoint{},
            KeepSnapshot{.run = "/runs/a", .step = 3, .snapshot = tiny::snapshot()},
            WantSnapshot{}};
}

std::vector<TrainingEvent> events()
{
    return {facts(),
            metrics(),
            AppliedEdit{.step = 4, .edit = SetLearningRate{0.003}},
            BreakpointHit{.breakpoint = Breakpoint{.kind = Breakpoint::Kind::Alpha, .value = 0.4, .layer = 1},
                          .step = 8,
                          .layer = 1,
                          .sentence = Text("Step {0}.", 8)},
            TakenSnapshot{.step = 3, .snapshot = tiny::snapshot(), .seconds = 0.125},
            StatusChange{.status = SessionStatus::Failed, .reason = Text("\"{0}\" is missing.", "ö.txt")},
            Remark{Text("Two\nlines.")}};
}

template <typename Read> std::string sentenceOf(Read read, const std::string &json)
{
    try {
        read(json);
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

} // namespace

class TrainingMessagesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCommandHasAJsonForm()
    {
        std::set<std::size_t> alternatives;
        for (const TrainingCommand &command : commands()) {
            const std::string json = jsonOfCommand(command);
            QVERIFY(json.starts_with("{\"command\":") && json.find('\n') == std::string::npos);
            const TrainingCommand read = commandOfJson(json);
            QCOMPARE(read.index(), command.index());
            QCOMPARE(jsonOfCommand(read), json);
            alternatives.insert(command.index());
        }
        QCOMPARE(alternatives.size(), std::variant_size_v<TrainingCommand>);
    }

    void everyEventHasAJsonForm()
    {
        std::set<std::size_t> alternatives;
        for (const TrainingEvent &event : events()) {
            const std::string json = jsonOfEvent(event);
            QVERIFY(json.starts_with("{\"event\":") && json.find('\n') == std::string::npos);
            const TrainingEvent read = eventOfJson(json);
            QCOMPARE(read.index(), event.index());
            QCOMPARE(jsonOfEvent(read), json);
            alternatives.insert(event.index());
        }
        QCOMPARE(alternatives.size(), std::variant_size_v<TrainingEvent>);
    }

    void nothingIsLostOnTheWay()
    {
        const auto read = std::get<StartTraining>(commandOfJson(jsonOfCommand(start())));
        QCOMPARE(read.options, start().options);
        QVERIFY(read.paused && read.plan.resume);
        QVERIFY(read.plan.folder == start().plan.folder);
        QCOMPARE(read.plan.title, start().plan.title);
        QCOMPARE(read.plan.steps, start().plan.steps);

        const auto set = std::get<SetBreakpoints>(commands()[6]);
        const auto setAgain = std::get<SetBreakpoints>(commandOfJson(jsonOfCommand(set)));
        QCOMPARE(setAgain.breakpoints, set.breakpoints);
        QVERIFY(!setAgain.atNotFinite);
        QCOMPARE(std::get<Edit>(commandOfJson(jsonOfCommand(commands()[5]))), std::get<Edit>(commands()[5]));

        const auto known = std::get<TrainingFacts>(eventOfJson(jsonOfEvent(facts())));
        QCOMPARE(known.options, facts().options);
        QCOMPARE(known.config, facts().config);
        QCOMPARE(known.device, facts().device);
        QCOMPARE(known.parameters, facts().parameters);
        QVERIFY(known.run == facts().run);
        QCOMPARE(known.step, facts().step);
        QCOMPARE(known.edits, facts().edits);

        const auto step = std::get<StepMetrics>(eventOfJson(jsonOfEvent(metrics())));
        QVERIFY(differenceOf(step, metrics()).empty());
        QCOMPARE(step.again, metrics().again);
        QCOMPARE(step.seconds, metrics().seconds);
        StepMetrics rejected = metrics();
        rejected.loss = std::nan("");
        rejected.heldOutLoss.reset();
        const auto rejectedAgain = std::get<StepMetrics>(eventOfJson(jsonOfEvent(rejected)));
        QVERIFY(std::isnan(rejectedAgain.loss) && !rejectedAgain.heldOutLoss);
    }

    void weightsAreNamedByTheirStep()
    {
        const std::string json = jsonOfEvent(events()[4]);
        QCOMPARE(json, std::string(R"({"event":"snapshot","step":3,"seconds":0.125})"));
        QVERIFY(!std::get<TakenSnapshot>(eventOfJson(json)).snapshot);
        // So it can be sent on, but not carried out.
        const TrainingCommand keep = commandOfJson(jsonOfCommand(commands()[8]));
        QVERIFY(sentenceOf([&](const std::string &) { checkCommand(keep); }, {}).find("step 3") != std::string::npos);
        checkCommand(commands()[8]);
    }

    void typedByHand()
    {
        QCOMPARE(std::get<Edit>(commandOfJson(R"({"command": "edit", "kind": "freeze_head", "value": "1.2"})")),
                 Edit(FreezeHead{.layer = 1, .head = 2}));
        QCOMPARE(commandOfJson(R"( {"command": "go_on"} )").index(), TrainingCommand(GoOn{}).index());
    }

    void aWrongMessageIsASentence_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<QString>("named");
        const auto row = [](const char *json, const char *named) { QTest::newRow(json) << json << named; };
        row("{", "The message is not valid JSON");
        row("[]", "\"command\"");
        row("3", "\"command\"");
        row("{}", "\"command\"");
        row(R"({"command": 3})", "\"command\"");
        row(R"({"command": "fly"})", "no command \"fly\"");
        row(R"({"command": "edit", "kind": "fly", "value": "1"})", "no edit \"fly\"");
        row(R"({"command": "edit", "kind": "freeze_head", "value": "x"})", "layer.head");
        row(R"({"command": "edit", "kind": "freeze_head"})", "\"value\"");
        row(R"({"command": "breakpoints", "breakpoints": ["fly"], "at_not_finite": true})", "fly");
        row(R"({"command": "breakpoints", "breakpoints": [3], "at_not_finite": true})", "\"breakpoints\"");
        row(R"({"command": "breakpoints", "breakpoints": [], "at_not_finite": 1})", "\"at_not_finite\"");
        row(R"({"command": "keep", "run": "a", "step": 1.5})", "\"step\"");
        row(R"({"command": "keep", "run": "a", "step": 18446744073709551615})", "\"step\"");
        row(R"({"command": "start", "options": {"hidden": 0}})", "hidden size is 0");
        row(R"({"command": "start", "options": {"hidden": "x"}})", "hidden");
        row(R"({"command": "start", "options": {}})", "\"paused\"");
    }

    void aWrongMessageIsASentence()
    {
        QFETCH(QString, json);
        QFETCH(QString, named);
        const std::string said = sentenceOf(commandOfJson, json.toStdString());
        QVERIFY2(QString::fromStdString(said).contains(named), said.c_str());
    }

    void aWrongEventIsASentence()
    {
        const auto said = [](const std::string &json) { return sentenceOf(eventOfJson, json); };
        QVERIFY(said(R"({"event": "landed"})").find("no event \"landed\"") != std::string::npos);
        QVERIFY(said(R"({"event": "status", "status": "flying"})").find("\"status\"") != std::string::npos);
        QVERIFY(said(R"({"event": "remark"})").find("\"sentence\"") != std::string::npos);
        std::string json = jsonOfEvent(facts());
        const auto at = json.find("\"v8\"");
        QVERIFY(at != std::string::npos);
        QVERIFY(said(json.replace(at, 4, "\"v0\"")).find("v0") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(TrainingMessagesTest)
#include "training_messages_test.moc"
