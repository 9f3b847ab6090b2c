// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/worker.h"

#include <QDeadlineTimer>
#include <QDir>
#include <QStringList>
#include <QThread>
#include <QtTest>

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <memory>
#include <stdexcept>
#include <vector>

using namespace samout;

namespace {

constexpr int longest = 60'000;

/// Work that runs until the test lets it go, or until its stop is requested.
struct Held {
    std::atomic<bool> begun = false, goesOn = false, sawStop = false, ended = false;

    WorkLane::Work work()
    {
        return [this](const ShareDone &, const std::stop_token &stop) {
            begun = true;
            const QDeadlineTimer end(longest);
            while (!goesOn && !stop.stop_requested() && !end.hasExpired())
                QThread::msleep(1);
            sawStop = stop.stop_requested();
            ended = true;
        };
    }
};

void ignore(const QString &) {}

/// The threads of this process, by name.
QStringList threads()
{
    QStringList names;
    for (const QString &task : QDir(QStringLiteral("/proc/self/task")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        QFile file(QStringLiteral("/proc/self/task/%1/comm").arg(task));
        if (file.open(QIODevice::ReadOnly))
            names += QString::fromUtf8(file.readAll()).trimmed();
    }
    return names;
}

} // namespace

/// Work off the GUI thread: who waits for whom, what is delivered, and how it ends.
class WorkerTest : public QObject {
    Q_OBJECT

private slots:
    void resultsComeOnTheGuiThread()
    {
        WorkLane lane(WorkKind::Short);
        const QThread *worked = nullptr, *told = nullptr;
        bool busyWhenDone = true;
        lane.run([&] { worked = QThread::currentThread(); },
                 [&](const QString &error) {
                     QVERIFY(error.isEmpty());
                     busyWhenDone = lane.busy();
                     told = QThread::currentThread();
                 });
        QVERIFY(lane.busy());
        QTRY_VERIFY_WITH_TIMEOUT(told, longest);
        QCOMPARE(told, QThread::currentThread());
        QVERIFY(worked != told);
        QVERIFY(!busyWhenDone && !lane.busy());
    }

    void aFailureIsASentence()
    {
        WorkLane lane(WorkKind::Short);
        QStringList told;
        const auto tell = [&](const QString &error) { told += error; };
        lane.run([] { throw std::runtime_error("The disk is full."); }, tell);
        lane.run([] {}, tell);
        QTRY_COMPARE_WITH_TIMEOUT(told, QStringList({QStringLiteral("The disk is full."), QString()}), longest);
    }

    void aLaneKeepsItsOrder()
    {
        WorkLane lane(WorkKind::Short);
        std::vector<int> worked; // by one thread at a time
        std::vector<int> told;
        std::vector<int> expected;
        for (int i = 0; i < 200; ++i) {
            expected.push_back(i);
            lane.run([&worked, i] { worked.push_back(i); }, [&told, i](const QString &) { told.push_back(i); });
        }
        QTRY_COMPARE_WITH_TIMEOUT(told, expected, longest);
        QCOMPARE(worked, expected);
    }

    void theNewestWins()
    {
        Held running;
        WorkLane lane(WorkKind::Question);
        QStringList told;
        std::atomic<int> others = 0;
        lane.replace(running.work(), [&](const QString &) { told += QStringLiteral("first"); });
        QTRY_VERIFY_WITH_TIMEOUT(running.begun, longest);
        for (int i = 0; i < 10; ++i)
            lane.replace([&](const ShareDone &, const std::stop_token &) { ++others; },
                         [&, i](const QString &) { told += QString::number(i); });
        QTRY_COMPARE_WITH_TIMEOUT(told, QStringList(QStringLiteral("9")), longest);
        QVERIFY(running.sawStop);
        QVERIFY2(others < 10, "tasks were done that had been replaced while they waited");
        QVERIFY(!lane.busy());
    }

    void cancelledWorkIsNotDelivered()
    {
        Held running;
        WorkLane lane(WorkKind::Long);
        int told = 0;
        const auto tell = [&](const QString &) { ++told; };
        std::atomic<bool> begun = false;
        lane.run(running.work(), tell);
        lane.run([&] { begun = true; }, tell);
        QTRY_VERIFY_WITH_TIMEOUT(running.begun, longest);
        lane.cancel();
        QVERIFY(!lane.busy());
        bool after = false;
        lane.run([] {}, [&](const QString &) { after = true; });
        QTRY_VERIFY_WITH_TIMEOUT(after, longest);
        QVERIFY(running.sawStop && !begun);
        QCOMPARE(told, 0);
    }

    /// Also if the work was done before it was cancelled, but not yet delivered.
    void cancelledResultsAreNotDelivered()
    {
        WorkLane lane(WorkKind::Short);
        bool told = false;
        lane.run([] {}, [&](const QString &) { told = true; });
        lane.finish();
        lane.cancel();
        QTest::qWait(20);
        QVERIFY(!told);
    }

    void stoppedWorkIsDelivered()
    {
        Held running;
        WorkLane lane(WorkKind::Long);
        QStringList told;
        std::atomic<bool> begun = false;
        lane.run(running.work(), [&](const QString &error) { told += QStringLiteral("running") + error; });
        lane.run([&] { begun = true; }, [&](const QString &error) { told += QStringLiteral("waiting") + error; });
        QTRY_VERIFY_WITH_TIMEOUT(running.begun, longest);
        lane.stop();
        QVERIFY(lane.busy());
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 2, longest);
        told.sort();
        QCOMPARE(told, QStringList({QStringLiteral("running"), QStringLiteral("waiting")}));
        QVERIFY(running.sawStop && !begun);
        QVERIFY(!lane.busy());
    }

    void progressComesOnTheGuiThread()
    {
        WorkLane lane(WorkKind::Long);
        std::vector<double> shares;
        bool done = false;
        std::atomic<bool> seen = false;
        lane.run(
            [&](const ShareDone &progress, const std::stop_token &stop) {
                for (int i = 0; i < 1'000'000 && !stop.stop_requested(); ++i) {
                    progress(i / 1e6);
                    if (seen)
                        return;
                    QThread::msleep(1);
                }
            },
            [&](const QString &) { done = true; },
            [&](double share) {
                QCOMPARE(QThread::currentThread(), thread());
                shares.push_back(share);
                seen = shares.size() == 3;
            });
        QTRY_VERIFY_WITH_TIMEOUT(done, longest);
        QVERIFY(shares.size() >= 3);
        QVERIFY(std::ranges::is_sorted(shares));
        QVERIFY2(shares[2] > 50 / 1e6, "more reports than a person can see");
    }

    void whoDiesDropsItsWork()
    {
        const WorkLane other(WorkKind::Short); // keeps the worker
        Held running;
        auto lane = std::make_unique<WorkLane>(WorkKind::Long);
        std::atomic<bool> begun = false;
        bool told = false;
        const auto tell = [&](const QString &) { told = true; };
        lane->run(running.work(), tell, [&](double) { told = true; });
        lane->run([&] { begun = true; }, tell);
        QTRY_VERIFY_WITH_TIMEOUT(running.begun, longest);
        lane.reset();
        QVERIFY(running.sawStop && running.ended && !begun);
        QTest::qWait(20);
        QVERIFY(!told);
    }

    /// As a dialog that closes itself once its work is done.
    void aResultMayEndItsOwner()
    {
        auto lane = std::make_unique<WorkLane>(WorkKind::Short);
        int told = 0;
        const auto tell = [&](const QString &) {
            ++told;
            lane.reset();
        };
        lane->run([] {}, tell);
        lane->run([] {}, tell);
        lane->finish(); // so that both results wait
        QTRY_VERIFY_WITH_TIMEOUT(!lane, longest);
        QTest::qWait(20);
        QCOMPARE(told, 1);
    }

    void aLetterMayEndItsMailbox()
    {
        auto mailbox = std::make_unique<Mailbox>();
        int opened = 0;
        for (int i = 0; i < 2; ++i)
            mailbox->post([&] {
                ++opened;
                mailbox.reset();
            });
        QTRY_VERIFY_WITH_TIMEOUT(!mailbox, longest);
        QTest::qWait(20);
        QCOMPARE(opened, 1);
    }

    void finishLosesNothing()
    {
        std::atomic<int> written = 0;
        {
            WorkLane lane(WorkKind::Short);
            for (int i = 0; i < 20; ++i)
                lane.run(
                    [&] {
                        QThread::msleep(1);
                        ++written;
                    },
                    ignore);
            lane.finish();
        }
        QCOMPARE(written, 20);
    }

    /// More long work than there are threads for it, of every kind that may last: a question, a file and a picture of
    /// the training are done all the same.
    void promptWorkIsNotHeldUp()
    {
        std::vector<std::unique_ptr<Held>> held;
        std::vector<std::unique_ptr<WorkLane>> lanes;
        for (const WorkKind kind : {WorkKind::Long, WorkKind::Text, WorkKind::Replay})
            for (int i = 0; i < 5; ++i) {
                held.push_back(std::make_unique<Held>());
                lanes.push_back(std::make_unique<WorkLane>(kind));
                lanes.back()->run(held.back()->work(), ignore);
            }
        for (const WorkKind kind : {WorkKind::Question, WorkKind::Short, WorkKind::Picture}) {
            WorkLane lane(kind);
            bool told = false;
            lane.run([] {}, [&](const QString &) { told = true; });
            QTRY_VERIFY_WITH_TIMEOUT(told, longest);
        }
        QVERIFY(std::ranges::none_of(held, [](const auto &one) { return one->ended.load(); }));
        // All of it is done in the end.
        for (const auto &one : held)
            one->goesOn = true;
        QTRY_VERIFY_WITH_TIMEOUT(std::ranges::none_of(lanes, [](const auto &lane) { return lane->busy(); }), longest);
        QVERIFY(std::ranges::all_of(held, [](const auto &one) { return one->ended && !one->sawStop; }));
    }

    /// What a person asked for has the priority of the window; the rest gives way, whatever its thread did before.
    void patientWorkGivesWay()
    {
        for (int round = 0; round < 2; ++round)
            for (const auto &[kind, nice] :
                 {std::pair(WorkKind::Question, 0), std::pair(WorkKind::Short, 0), std::pair(WorkKind::Replay, 0),
                  std::pair(WorkKind::Text, 10), std::pair(WorkKind::Long, 10), std::pair(WorkKind::Picture, 10)}) {
                WorkLane lane(kind);
                const int window = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid()));
                int found = -100;
                lane.run([&] { found = getpriority(PRIO_PROCESS, static_cast<id_t>(gettid())); }, ignore);
                lane.finish();
                QCOMPARE(found, nice == 0 ? window : std::max(window, nice));
            }
    }

    void fewThreadsForManyLanes()
    {
        const auto ours = [] { return threads().filter(QStringLiteral("work: ")).size(); };
        std::vector<std::unique_ptr<WorkLane>> lanes;
        for (int i = 0; i < 20; ++i)
            lanes.push_back(std::make_unique<WorkLane>(WorkKind::Long));
        QCOMPARE(ours(), 0); // nobody works
        int told = 0;
        for (int i = 0; i < 5; ++i)
            for (const auto &lane : lanes)
                lane->run([] { QThread::msleep(1); }, [&](const QString &) { ++told; });
        QTRY_COMPARE_WITH_TIMEOUT(told, 100, longest);
        QVERIFY(ours() >= 1 && ours() <= 3);
        lanes.clear();
        QCOMPARE(ours(), 0);
    }
};

QTEST_GUILESS_MAIN(WorkerTest)
#include "worker_test.moc"
