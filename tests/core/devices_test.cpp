// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/error.h"
#include "core/compute/devices.h"
#include "core/compute/threads.h"

#include <QTest>

#include <ATen/Parallel.h>

#include <omp.h>
#include <thread>

using namespace samout;

class DevicesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theProcessorIsAlwaysThere()
    {
        QVERIFY(!devices().empty());
        QCOMPARE(devices().front().id, std::string("cpu"));
        QVERIFY(!devices().front().name.empty());
        QVERIFY(devices().front().memory > 0);
        QCOMPARE(findDevice("cpu").id, std::string("cpu"));
    }

    void autoPicksAGpuWhereThereIsOne()
    {
        QCOMPARE(findDevice("auto").id, devices().size() > 1 ? std::string("cuda:0") : std::string("cpu"));
    }

    void aThreadCanComputeAloneBesideOthers()
    {
        int alone = 0, training = 0;
        std::thread([&] {
            computeOnThreads(2);
            std::thread([&] {
                computeOnThisThreadAlone();
                torch::mm(torch::rand({64, 64}), torch::rand({64, 64}));
                alone = at::get_num_threads();
            }).join();
            training = at::get_num_threads();
        }).join();
        QCOMPARE(alone, 1);
        QCOMPARE(training, 2);
    }

    void theProgramsOwnLoopsKeepTheNumberToo()
    {
        // The first lines of at::parallel_for(), compiled into this program.
        const auto threadsOfALoop = [] {
            at::internal::lazy_init_num_threads();
            return omp_get_max_threads();
        };
        int alone = 0, two = 0;
        std::thread([&] {
            computeOnThreads(3); // the number of all threads
            std::thread([&] {
                computeAlone();
                alone = threadsOfALoop();
            }).join();
            std::thread([&] {
                computeOnThreads(2);
                std::thread([] { computeOnThreads(3); }).join();
                two = threadsOfALoop();
            }).join();
        }).join();
        QCOMPARE(alone, 1);
        QCOMPARE(two, 2);
    }

    void missingDeviceSaysWhichAreThere()
    {
        for (const char *id : {"cuda:99", "tpu", ""}) {
            try {
                findDevice(id);
                QFAIL("a device that is not there was found");
            } catch (const Error &error) {
                QVERIFY(QString::fromUtf8(error.what()).contains("cpu"));
            }
        }
    }
};

QTEST_APPLESS_MAIN(DevicesTest)
#include "core/model/torch.h"
#include "devices_test.moc"
