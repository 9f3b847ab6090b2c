// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/error.h"
#include "core/base/text.h"

#include <QtTest/QtTest>

#include <map>

using samout::Error;
using samout::Text;

namespace {

std::string german(const std::string &english)
{
    static const std::map<std::string, std::string> sentences = {
        {"There is no file {0}.", "Die Datei {0} fehlt."},
        {"{0} has the shape {1}.", "Die Form von {0} ist {1}."},
        {"the tensor {0}", "Tensor {0}"},
        {"{0} of {1} layers", "{1} Schichten, {0}"},
        {"It has {0}.", "Es hat {1}."},
        {"It costs {0}.", "Es kostet {0"},
    };
    const auto found = sentences.find(english);
    return found == sentences.end() ? english : found->second;
}

} // namespace

class TextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void englishHasItsArguments()
    {
        QCOMPARE(Text("Layers count from 0.").english(), std::string("Layers count from 0."));
        QCOMPARE(Text("There is no file {0}.", std::string("a{0}b")).english(), std::string("There is no file a{0}b."));
        QCOMPARE(Text("{1} and {0} and {1}", 1, "x").english(), std::string("x and 1 and x"));
        QCOMPARE(Text("a set {{{0}}}", 2).english(), std::string("a set {2}"));
        QVERIFY(Text().empty());
        QVERIFY(!Text("x").empty());
        QCOMPARE(Text().english(), std::string());
    }

    void numbersHaveTheirShortestDigits()
    {
        QCOMPARE(Text("{0} {1} {2} {3}", 0.1, 0.1f, std::int64_t{-3}, std::size_t{7}).english(),
                 std::string("0.1 0.1 -3 7"));
    }

    void translationsHaveTheArgumentsToo()
    {
        QCOMPARE(Text("There is no file {0}.", "x.txt").in(german), std::string("Die Datei x.txt fehlt."));
        // In another order, and in a text that is itself an argument. A name is not translated, even if it looks like a
        // text.
        const Text tensor("the tensor {0}", "the tensor {0}");
        QCOMPARE(Text("{0} has the shape {1}.", tensor, "[2]").in(german),
                 std::string("Die Form von Tensor the tensor {0} ist [2]."));
        QCOMPARE(Text("{0} of {1} layers", 1, 6).in(german), std::string("6 Schichten, 1"));
        QCOMPARE(Text::verbatim("the tensor {0}").in(german), std::string("the tensor {0}"));
    }

    void aTranslationWithoutTheArgumentsIsNotShown()
    {
        QCOMPARE(Text("It has {0}.", 1).in(german), std::string("It has 1."));
        QCOMPARE(Text("It costs {0}.", 1).in(german), std::string("It costs 1."));
    }

    void anErrorSaysItsText()
    {
        const Error error(Error::Missing, Text("There is no file {0}.", "x"));
        QCOMPARE(std::string(error.what()), std::string("There is no file x."));
        QVERIFY(error.kind() == Error::Missing);
        QCOMPARE(error.text().in(german), std::string("Die Datei x fehlt."));
    }
};

QTEST_APPLESS_MAIN(TextTest)
#include "text_test.moc"
