// SPDX-License-Identifier: GPL-3.0-only
// samout-studio --commands, run as a person runs it.
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QtTest>

class DoTest : public QObject {
    Q_OBJECT

private slots:
    void printsTheTable()
    {
        QProcess studio;
        studio.start(QStringLiteral(SAMOUT_STUDIO_BINARY), {QStringLiteral("--commands")});
        QVERIFY(studio.waitForFinished());
        QCOMPARE(studio.exitCode(), 0);
        const QJsonArray table = QJsonDocument::fromJson(studio.readAllStandardOutput()).array();
        QVERIFY(table.size() > 50);
        for (const QJsonValue &command : table)
            for (const char *key : {"id", "title", "arguments", "lesson", "recorded"})
                QVERIFY2(command.toObject().contains(QLatin1String(key)), key);
    }
};

QTEST_GUILESS_MAIN(DoTest)
#include "do_test.moc"
