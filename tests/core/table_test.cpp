// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/questions.h"
#include "core/inspect/subject.h"
#include "core/inspect/table.h"
#include "tests/support/tiny.h"

#include <QtTest>

#include <cmath>
#include <cstdlib>
#include <limits>

using namespace samout;

namespace {

using Column = Table::Column;

Table losses(std::vector<Table::Row> rows)
{
    return {.columns = {{.name = "token", .kind = Column::Key},
                        {.name = "loss"},
                        {.name = "standard error", .kind = Column::Error},
                        {.name = "said"}},
            .rows = std::move(rows)};
}

std::optional<Table> asked(double value) { return Table{.columns = {{.name = "value"}}, .rows = {{value}}}; }

} // namespace

/// Answers as tables, and about which side of the interventions they are.
class TableTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void textsReadBackAsTheSameNumbers()
    {
        for (const double number : {0.1, 1.0 / 3, -1e300, 5e-324, 12345678.9})
            QCOMPARE(std::strtod(textOf(Table::Value(number)).c_str(), nullptr), number);
        QCOMPARE(textOf(Table::Value(0.1F)), "0.1"); // no digits of a double
        QCOMPARE(textOf(Table::Value(std::int64_t{-7})), "-7");
        QCOMPARE(textOf(Table::Value(std::numeric_limits<double>::quiet_NaN())), "NaN");
        QCOMPARE(textOf(Table::Value()), "");
    }

    void textsAreQuotedInCsv()
    {
        const Table table{.columns = {{.name = "a"}, {.name = "b"}},
                          .rows = {{"x,y", 1.5}, {"say \"no\"", {}}, {"\t\n", 2}}};
        QCOMPARE(csvOf(table), "a,b\n\"x,y\",1.5\n\"say \"\"no\"\"\",\n\"\t\n\",2\n");
        QCOMPARE(tabSeparated(table), "a\tb\nx,y\t1.5\nsay \"no\"\t\n  \t2\n");
    }

    void aDifferenceMatchesRowsByTheirKeys()
    {
        const Table changed = losses({{"c", 5.0, 3.0, "u"}, {"a", 2.5, 0.0, "v"}, {"x", 1.0, 0.0, "w"}});
        const Table trained = losses({{"a", 1.0, 0.0, "v"}, {"b", 9.0, 0.0, "v"}, {"c", 7.0, 4.0, "v"}});
        const Table result = difference(changed, trained);
        QCOMPARE(csvOf(result), "token,loss,standard error,said\nc,-2,5,\na,1.5,0,\n");
    }

    void sidesAreAskedAsNeeded()
    {
        for (const Side side : {Side::AsTrained, Side::AsChanged, Side::Difference}) {
            QList<Side> order;
            QList<double> progress;
            const auto answers = askBySide(
                side, [&](double share) { progress << share; },
                [&](Side of, const ShareDone &done) {
                    order << of;
                    done(0.5);
                    return asked(of == Side::AsChanged ? 3 : 1);
                });
            const bool both = side == Side::Difference;
            QCOMPARE(order, both ? (QList{Side::AsChanged, Side::AsTrained}) : QList{side});
            QCOMPARE(progress, both ? (QList{0.25, 0.75}) : QList{0.5});
            QCOMPARE(answers->trained.has_value(), side != Side::AsChanged);
            QCOMPARE(answers->changed.has_value(), side != Side::AsTrained);
            QCOMPARE(std::get<double>(answers->at(side).rows[0][0]), both ? 2 : side == Side::AsChanged ? 3 : 1);
        }
        // One that was stopped has no answer.
        QVERIFY(!askBySide(Side::Difference, {}, [](Side of, const ShareDone &) {
            return of == Side::AsTrained ? std::optional<Table>() : asked(1);
        }));
    }

    void aSubjectHasNoChangesOfOneText()
    {
        const auto snapshot = tiny::snapshot();
        const Interventions ofText{.states = {{.layer = 0, .position = 1, .channel = 2, .values = {3}}}, .hidden = {2}};
        Interventions both = ofText;
        both.silencedMixers = {1};
        QCOMPARE(Subject::of(snapshot, ofText, Side::Difference).side, Side::AsTrained);
        QVERIFY(Subject::of(snapshot, ofText, Side::Difference).leavesOut);
        const Subject subject = Subject::of(snapshot, both, Side::Difference);
        QCOMPARE(subject.side, Side::Difference);
        QVERIFY(subject.changes == Interventions{.silencedMixers = {1}});
        QCOMPARE(subject.network(Side::AsTrained), snapshot);
        QVERIFY(!std::ranges::equal(subject.network(Side::AsChanged)->weights(), snapshot->weights()));
        QVERIFY(!Subject::of(snapshot, both, Side::AsTrained).leavesOut);
    }

    void answersAreJoinedByTheirColumns()
    {
        const Table one{.columns = {{.name = "a"}, {.name = "b"}}, .rows = {{1, 2}}};
        const Table other{.columns = {{.name = "b"}, {.name = "c"}}, .rows = {{3, 4}}};
        QCOMPARE(csvOf(joined({{.table = one}})), "a,b\n1,2\n");
        QCOMPARE(csvOf(joined({{.side = Side::AsTrained, .table = one}, {.side = Side::Difference, .table = other}})),
                 "network,a,b,c\nas trained,1,2,\ndifference,,3,4\n");
    }

    void everyQuestionHasAnIdAndATitle()
    {
        for (const QuestionKind &kind : questionKinds()) {
            QCOMPARE(findQuestion(kind.id), &kind);
            QVERIFY(!kind.title.empty() && kind.ask);
        }
        QCOMPARE(findQuestion("nothing"), nullptr);
    }
};

QTEST_GUILESS_MAIN(TableTest)
#include "table_test.moc"
