// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/tiny.h"
#include "ui/work/examiner.h"

#include <QSignalSpy>
#include <QtTest>

using namespace samout;

namespace {

Question questionOf(const std::shared_ptr<const Snapshot> &snapshot, std::size_t length)
{
    Question question;
    question.snapshot = snapshot;
    question.tokens.assign(length, 5);
    question.layers = {0};
    question.sites = {Site::State};
    return question;
}

} // namespace

/// The newest question wins; a question that fails gives a sentence and does no harm.
class ExaminerTest : public QObject {
    Q_OBJECT

private slots:
    void newestQuestionWins()
    {
        const auto snapshot = tiny::snapshot();
        Examiner examiner;
        QList<std::size_t> answers;
        connect(&examiner, &Examiner::answered, this,
                [&](const std::shared_ptr<const Examination> &answer) { answers += answer->tokens.size(); });
        constexpr std::size_t questions = 40;
        for (std::size_t length = 1; length <= questions; ++length)
            examiner.ask(questionOf(snapshot, 2000 + length));
        QTRY_VERIFY_WITH_TIMEOUT(!answers.isEmpty() && answers.last() == 2000 + questions, 60'000);
        QVERIFY2(answers.size() < static_cast<qsizetype>(questions / 2), "old questions were answered");
        QVERIFY(std::is_sorted(answers.begin(), answers.end()));
    }

    void answersWhatWasAsked()
    {
        Examiner examiner;
        std::shared_ptr<const Examination> last;
        connect(&examiner, &Examiner::answered, this, [&](const std::shared_ptr<const Examination> &answer) {
            QCOMPARE(QThread::currentThread(), thread());
            last = answer;
        });
        examiner.ask(questionOf(tiny::snapshot(), 4));
        QTRY_VERIFY_WITH_TIMEOUT(last, 60'000);
        QVERIFY(last->find(0, Site::State));
        QCOMPARE(last->find(0, Site::State)->rows, 4);
    }

    void failureIsASentence()
    {
        Examiner examiner;
        QSignalSpy failed(&examiner, &Examiner::failed);
        QSignalSpy answered(&examiner, &Examiner::answered);
        Question question = questionOf(tiny::snapshot(), 4);
        question.layers = {17};
        examiner.ask(question);
        QTRY_COMPARE_WITH_TIMEOUT(failed.count(), 1, 60'000);
        QVERIFY(!failed[0][0].toString().isEmpty());
        examiner.ask(questionOf(tiny::snapshot(), 4));
        QTRY_COMPARE_WITH_TIMEOUT(answered.count(), 1, 60'000);
    }

    void endsInTheMiddle()
    {
        Examiner examiner;
        examiner.ask(questionOf(tiny::snapshot(), 200'000));
        QTest::qWait(20);
    }
};

QTEST_MAIN(ExaminerTest)
#include "examiner_test.moc"
