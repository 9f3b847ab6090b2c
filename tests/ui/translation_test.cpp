// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/theme.h"
#include "ui/window/main_window.h"
#include "ui/work/translated.h"

#include "core/base/error.h"

#include <QFile>
#include <QMessageBox>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QTimer>
#include <QTranslator>
#include <QXmlStreamReader>
#include <QtTest>

using namespace samout;

/// The window in Chinese. translation.sh checks that every sentence has its Chinese.
class TranslationTest : public QObject {
    Q_OBJECT

private:
    QTranslator m_chinese;

    /// The placeholders of a sentence: {0}, {1}, ... in core, and %1, %L1, %n in the window.
    static QSet<QString> placeholders(const QString &sentence)
    {
        static const QRegularExpression placeholder(QStringLiteral("\\{\\d+\\}|%L?\\d+|%n"));
        QSet<QString> found;
        for (auto match = placeholder.globalMatch(sentence); match.hasNext();)
            found += match.next().captured().remove(QLatin1Char('L'));
        return found;
    }

private slots:
    void initTestCase()
    {
        QVERIFY(m_chinese.load(QStringLiteral(":/i18n/samout_zh_CN.qm")));
        QVERIFY(QCoreApplication::installTranslator(&m_chinese));
    }

    void everyTranslationHasThePlaceholders()
    {
        QFile file(QStringLiteral(SAMOUT_CHINESE));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QXmlStreamReader reader(&file);
        QString source;
        QString context;
        int ofCore = 0;
        while (!reader.atEnd()) {
            if (reader.readNext() != QXmlStreamReader::StartElement)
                continue;
            if (reader.name() == QLatin1String("name"))
                context = reader.readElementText();
            if (reader.name() == QLatin1String("source"))
                source = reader.readElementText();
            if (reader.name() != QLatin1String("translation"))
                continue;
            const QString translation = reader.readElementText(QXmlStreamReader::IncludeChildElements);
            QVERIFY2(placeholders(source) == placeholders(translation), qPrintable(context + ": " + source));
            ofCore += context == QLatin1String("core") ? 1 : 0;
        }
        QVERIFY2(!reader.hasError(), qPrintable(reader.errorString()));
        QVERIFY(ofCore > 100);
    }

    void anErrorOfCoreIsChineseWithItsArguments()
    {
        const Error error(Error::Missing, Text("There is no file {0}.", QStringLiteral("诗.txt").toStdString()));
        QCOMPARE(translated(error), QStringLiteral("没有文件 诗.txt。"));
        QCOMPARE(error.what(), "There is no file 诗.txt.");
        const Error within(Error::Damaged, Text("{0}: {1}", QStringLiteral("x").toStdString(), error.text()));
        QCOMPARE(translated(within), QStringLiteral("x：没有文件 诗.txt。"));
        QCOMPARE(translated(std::runtime_error("a sentence of another")), QStringLiteral("a sentence of another"));
    }

    void aBadFileIsRefusedInChinese()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("坏.safetensors"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("no");
        file.close();

        Theme theme(ThemeChoice::Light);
        MainWindow window(&theme, nullptr);
        window.show();
        window.openPath(path);
        QTRY_VERIFY(window.findChild<QMessageBox *>());
        const QString said =
            window.findChild<QMessageBox *>()->text() + window.findChild<QMessageBox *>()->informativeText();
        const QString sentence = QStringLiteral("%1 不完整：它有 2 字节，而 safetensors 文件以 8 字节开头。");
        QVERIFY2(said.contains(sentence.arg(path)), qPrintable(said));
    }
};

QTEST_MAIN(TranslationTest)
#include "translation_test.moc"
