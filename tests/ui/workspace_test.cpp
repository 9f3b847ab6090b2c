// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"

#include <QSignalSpy>
#include <QtTest>

using namespace samout;

/// A choice emits its signal once when it changes, and not when it stays the same.
class WorkspaceTest : public QObject {
    Q_OBJECT

private slots:
    void theCursorStaysWhereItIsInTheText()
    {
        Workspace workspace;
        workspace.setCursor(100, 5);
        QSignalSpy cursor(&workspace, &Workspace::cursorChanged);
        workspace.setShownTokens(1000, 20);
        QCOMPARE(workspace.cursorToken(), 5);
        QCOMPARE(workspace.cursorPosition(), 100);
        QCOMPARE(workspace.cursorChannel(), 5);
        workspace.setShownTokens(1000, 20);
        QCOMPARE(cursor.count(), 1);
        workspace.setShownTokens(40, 1);
        QCOMPARE(workspace.cursorPosition(), 39);
        workspace.setCursor(-1, -1);
        workspace.setShownTokens(1000, 20);
        QCOMPARE(workspace.cursorToken(), -1);
    }

    void tellsChangesOnce()
    {
        Workspace workspace;
        QSignalSpy text(&workspace, &Workspace::textChanged);
        QSignalSpy layer(&workspace, &Workspace::layerChanged);
        QSignalSpy cursor(&workspace, &Workspace::cursorChanged);
        QSignalSpy step(&workspace, &Workspace::cursorStepChanged);
        QSignalSpy snapshot(&workspace, &Workspace::snapshotChanged);
        const auto weights = tiny::snapshot();
        for (int i = 0; i < 2; ++i) {
            workspace.setText(QStringLiteral("the"));
            workspace.setLayer(1);
            workspace.setCursor(2, 5);
            workspace.setCursorStep(9);
            workspace.setSnapshot(weights);
        }
        QCOMPARE(text.count(), 1);
        QCOMPARE(layer.count(), 1);
        QCOMPARE(cursor.count(), 1);
        QCOMPARE(step.count(), 1);
        QCOMPARE(snapshot.count(), 1);
        QCOMPARE(workspace.text(), QStringLiteral("the"));
        QCOMPARE(workspace.cursorToken(), 2);
        QCOMPARE(workspace.cursorChannel(), 5);
        QCOMPARE(workspace.cursorStep(), 9);
    }

    void weightsHaveTheNameOfTheirRunOrFile()
    {
        Workspace workspace;
        workspace.setSnapshot(tiny::snapshot());
        QCOMPARE(workspace.snapshotName(), QString());
        TrainingFacts facts;
        facts.run = "/somewhere/classroom 7";
        workspace.setTraining(facts);
        const auto ofRun = tiny::snapshot(), ofFile = tiny::snapshot();
        workspace.setSnapshot(ofRun);
        QCOMPARE(workspace.snapshotName(), QStringLiteral("classroom 7"));
        workspace.nameSnapshot(ofFile, QStringLiteral("fox.safetensors"));
        QCOMPARE(workspace.snapshotName(), QStringLiteral("classroom 7"));
        workspace.setSnapshot(ofFile);
        QCOMPARE(workspace.snapshotName(), QStringLiteral("fox.safetensors"));
        workspace.setSnapshot(ofRun);
        QCOMPARE(workspace.snapshotName(), QStringLiteral("classroom 7"));
        // Another run is shown, but its weights are not there yet.
        facts.run.clear();
        facts.options.data.source = "/texts/novel.txt";
        workspace.setTraining(facts);
        QCOMPARE(workspace.snapshotName(), QStringLiteral("classroom 7"));
        workspace.setSnapshot(tiny::snapshot());
        QVERIFY(workspace.snapshotName().contains(QStringLiteral("novel.txt")));
        QVERIFY(!workspace.snapshotName().contains(QLatin1Char('/')));
    }

    void layerStaysInTheNetwork()
    {
        Workspace workspace;
        workspace.setLayer(5);
        workspace.setSnapshot(tiny::snapshot());
        QCOMPARE(workspace.layer(), 1);
        workspace.setLayer(-1);
        QCOMPARE(workspace.layer(), 1);
    }
};

QTEST_MAIN(WorkspaceTest)
#include "workspace_test.moc"
