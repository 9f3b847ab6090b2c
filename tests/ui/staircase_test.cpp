// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/plot_theme.h"
#include "ui/plots/staircase.h"

#include <QSignalSpy>
#include <QtTest>

#include <limits>

using namespace samout;

/// Staircases: the place under the pointer, and gaps at numbers that are not finite.
class StaircaseTest : public QObject {
    Q_OBJECT

private slots:
    void clicksFindTheirPlace();
    void aLongOneIsAWindow();
    void oddNumbersAreGaps();
};

void StaircaseTest::clicksFindTheirPlace()
{
    Staircase staircase;
    staircase.resize(500, 100);
    staircase.setValues({1, 3, 2, 5}, {1, 3, 3, 5}, {"a", "b", "c", "d"});
    staircase.setMarks(2, 1);
    QSignalSpy clicked(&staircase, &Staircase::clicked);
    QTest::mouseClick(&staircase, Qt::LeftButton, {}, {490, 50});
    QCOMPARE(clicked.last().first().toInt(), 3);
    // Left of the plot are the numbers.
    QTest::mouseClick(&staircase, Qt::LeftButton, {}, {2, 50});
    QCOMPARE(clicked.size(), 1);
    clicked.clear();
    // Every place is found, from left to right.
    QList<int> found;
    for (int x = 0; x < 500; ++x) {
        QTest::mouseClick(&staircase, Qt::LeftButton, {}, {x, 50});
        if (!clicked.isEmpty() && (found.isEmpty() || found.last() != clicked.last().first().toInt()))
            found << clicked.last().first().toInt();
        clicked.clear();
    }
    QCOMPARE(found, (QList<int>{0, 1, 2, 3}));
    const QImage marked = staircase.grab().toImage();
    staircase.setMarks(3, 3);
    QVERIFY(staircase.grab().toImage() != marked);
}

void StaircaseTest::aLongOneIsAWindow()
{
    Staircase staircase;
    staircase.resize(500, 100);
    std::vector<float> values(100'000);
    QStringList labels;
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = static_cast<float>(i);
        labels << "x";
    }
    staircase.setValues(values, values, labels);
    staircase.setMarks(50'000, 49'999);
    QElapsedTimer timer;
    timer.start();
    staircase.grab();
    QVERIFY(timer.elapsed() < 1000);
    QSignalSpy clicked(&staircase, &Staircase::clicked);
    QTest::mouseClick(&staircase, Qt::LeftButton, {}, {490, 50});
    QVERIFY(clicked.last().first().toInt() > 50'000 && clicked.last().first().toInt() <= 50'200);
}

void StaircaseTest::oddNumbersAreGaps()
{
    constexpr float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
    Staircase staircase;
    staircase.resize(300, 80);
    staircase.grab();
    staircase.setValues({nan, 1, -inf}, {nan, nan, nan}, {"a", "b", "c"});
    staircase.setMarks(1, -1);
    staircase.grab();
    staircase.setValues({nan}, {nan}, {"a"});
    staircase.setMarks(0, 0);
    staircase.grab();
    staircase.setValues({}, {}, {});
    staircase.grab();
}

QTEST_MAIN(StaircaseTest)
#include "staircase_test.moc"
