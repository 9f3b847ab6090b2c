// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/vocabulary.h"
#include "tests/support/files.h"

using namespace samout;

using Tokens = std::vector<std::int64_t>;

class VocabularyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void charactersStandInCodePointOrderAfterTheSpecialOnes()
    {
        const Vocabulary vocabulary = Vocabulary::ofText("b猫a\nb");
        QCOMPARE(vocabulary.size(), std::int64_t{8});
        QVERIFY(!vocabulary.isNumbers());
        QCOMPARE(vocabulary.find("\n"), std::int64_t{4});
        QCOMPARE(vocabulary.find("a"), std::int64_t{5});
        QCOMPARE(vocabulary.find("b"), std::int64_t{6});
        QCOMPARE(vocabulary.find("猫"), std::int64_t{7});
        QCOMPARE(vocabulary.find("z"), std::int64_t{-1});
    }

    void textGoesThereAndBack()
    {
        const Vocabulary vocabulary = Vocabulary::ofText("小明 has a cat.\n");
        const std::string text = "a 明\ncat";
        QCOMPARE(vocabulary.decode(vocabulary.encode(text)), text);
        QVERIFY(vocabulary.encode("a?c") ==
                (Tokens{vocabulary.find("a"), *usualSpecialTokens.unknown, vocabulary.find("c")}));
        QCOMPARE(vocabulary.decode(Tokens{0, 1, vocabulary.find("a"), 2, 3}), std::string("a"));
    }

    void writtenMarksOfSpecialTokensAreText()
    {
        const Vocabulary vocabulary = Vocabulary::ofText("[padding]");
        QCOMPARE(vocabulary.encode("[padding]").size(), std::size_t{9});
        const Vocabulary odd = Vocabulary::ofSymbols({"x", "y", "z", "_", "a"});
        QVERIFY(odd.encode("xa") == (Tokens{*usualSpecialTokens.unknown, 4}));
    }

    void textIsMadeNfc()
    {
        // e and a combining acute, Hangul from its parts, and the Angstrom sign.
        QCOMPARE(normalizedText("e\u0301"), std::string("\u00E9"));
        QCOMPARE(normalizedText("\u1112\u1161\u11AB"), std::string("\uD55C"));
        QCOMPARE(normalizedText("\uAC00\u11A8"), std::string("\uAC01"));
        QCOMPARE(normalizedText("\u212B"), std::string("\u00C5"));
        QCOMPARE(normalizedText("e\ne\u0301\nだ\nた\u3099"), std::string("e\n\u00E9\nだ\nだ"));
        const Vocabulary vocabulary = Vocabulary::ofText("e\u0301");
        QCOMPARE(vocabulary.size(), std::int64_t{5});
        QVERIFY(vocabulary.encode("\u00E9") == vocabulary.encode("e\u0301"));
    }

    void whatIsNotUtf8IsNamedByItsByte_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("position");
        QTest::newRow("lone continuation") << QByteArray("ab\x80") << 2;
        QTest::newRow("cut short") << QByteArray("a\xE7\x8C") << 1;
        QTest::newRow("overlong") << QByteArray("\xC0\xAF") << 0;
        QTest::newRow("overlong of three") << QByteArray("abc\xE0\x80\x80") << 3;
        QTest::newRow("surrogate") << QByteArray("\xED\xA0\x80") << 0;
        QTest::newRow("past the last") << QByteArray("x\xF4\x90\x80\x80") << 1;
        QTest::newRow("Latin-1") << QByteArray("caf\xE9 au lait") << 3;
    }

    void whatIsNotUtf8IsNamedByItsByte()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, position);
        const std::string part = "position " + std::to_string(position) + " ";
        VERIFY_ERROR(normalizedText(bytes.toStdString()), part);
        VERIFY_ERROR(Vocabulary::ofText(bytes.toStdString()), part);
        VERIFY_ERROR(Vocabulary::ofText("a").encode(bytes.toStdString()), part);
    }

    void labelsCanBeSeen()
    {
        const Vocabulary vocabulary = Vocabulary::ofText("e\n \t\u3000\u0301\u200B猫");
        const auto label = [&](const char *symbol) { return vocabulary.label(vocabulary.find(symbol)); };
        QCOMPARE(label("e"), std::string("e"));
        QCOMPARE(label("猫"), std::string("猫"));
        QCOMPARE(label("\n"), std::string("⏎"));
        QCOMPARE(label(" "), std::string("␣"));
        QCOMPARE(label("\t"), std::string("⇥"));
        QCOMPARE(label("\u200B"), std::string("U+200B"));
        QCOMPARE(vocabulary.label(3), std::string("[padding]"));
        QCOMPARE(vocabulary.label(0), std::string("[unknown]"));
        for (std::int64_t token = -1; token <= vocabulary.size(); ++token)
            QVERIFY(!vocabulary.label(token).empty());
        QCOMPARE(Vocabulary::ofNumbers(128).label(3), std::string("3"));
    }

    void numbersAreWrittenWithSpacesOrCommas()
    {
        const Vocabulary vocabulary = Vocabulary::ofNumbers(128);
        QVERIFY(vocabulary.isNumbers());
        QVERIFY(vocabulary.encode("17, 3,127\n0") == (Tokens{17, 3, 127, 0}));
        QVERIFY(vocabulary.encode(" ").empty());
        QCOMPARE(vocabulary.decode(Tokens{17, 3, 0}), std::string("17 3 0"));
        QCOMPARE(vocabulary.find("127"), std::int64_t{127});
        QCOMPARE(vocabulary.find("128"), std::int64_t{-1});
        for (const char *bad : {"128", "-1", "1.5", "cat", "99999999999999999999"})
            VERIFY_ERROR(vocabulary.encode(bad), bad);
    }

    void symbolsAreChecked()
    {
        VERIFY_ERROR(Vocabulary::ofSymbols({"a", "b"}), "too small");
        VERIFY_ERROR(Vocabulary::ofSymbols({"u", "b", "e", "p", "x", "y", "x"}), "\"x\" twice, as 4 and as 6");
        VERIFY_ERROR(Vocabulary::ofSymbols({"u", "b", "e", "p", "\xFF"}), "Symbol 4");
        VERIFY_ERROR(Vocabulary::ofNumbers(0), "at least one");
        const Vocabulary vocabulary = Vocabulary::ofText("abc");
        QVERIFY(Vocabulary::ofSymbols(vocabulary.symbols()) == vocabulary);
        QVERIFY(!(Vocabulary::ofNumbers(7) == vocabulary));
    }
};

QTEST_APPLESS_MAIN(VocabularyTest)
#include "vocabulary_test.moc"
