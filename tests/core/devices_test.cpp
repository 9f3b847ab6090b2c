#include "core/base/error.h"
#include "core/device/devices.h"
#include "core/device/threads.h"

#include <QTest>

#include <torch/torch.h>

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
#include "devices_test.moc"
