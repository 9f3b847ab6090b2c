#include "core/base/error.h"
#include "core/device/devices.h"

#include <QTest>

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
