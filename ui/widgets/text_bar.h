// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace samout {

class Workspace;

/// The text to look at, which a person can type, and the line that says what is under the pointer.
class TextBar : public QWidget {
    Q_OBJECT

public:
    explicit TextBar(Workspace *workspace, QWidget *parent = nullptr);

    /// A sentence shown while nothing is under the pointer; empty clears it.
    void setNotice(const QString &sentence);
    /// A long text is being read: the share that is done, 0 to 1.
    void setProgress(double share);
    /// Asks whether so many tokens shall be computed; the answer is lengthAllowed(), or another text.
    void askAboutLength(qsizetype tokens);
    QToolButton *allowButton() { return m_allow; }
    QToolButton *stopButton() { return m_stop; }
    /// The characters of the text that the network's vocabulary lacks, each once; they are marked in the field.
    const QStringList &unknown() const { return m_unknown; }
    /// What the line says now.
    QString line() const;
    /// True where a person typed the text rather than taking the data's example.
    bool typed() const { return m_typed; }
    /// Shows an example text from now on.
    void setExample(const QString &text);
    void focusText();

signals:
    /// The long text that was asked about may be computed.
    void lengthAllowed();
    /// The long text shall not be read to its end.
    void readingStopped();

protected:
    void changeEvent(QEvent *event) override;

private:
    QWidget *newSides();
    void showText();
    void showLine();
    void findUnknown();
    void markUnknown();

    Workspace *m_workspace;
    QLineEdit *m_text;
    QLabel *m_line;
    QToolButton *m_allow;
    QToolButton *m_stop;
    QStringList m_unknown;
    /// Where they stand in the field.
    QList<std::pair<int, int>> m_unknownPlaces;
    QString m_readout;
    QString m_notice;
    bool m_typed = false;
};

/// A one-line field shows and takes line ends as ⏎.
QString withLineSigns(QString text);
QString withLineEnds(QString text);

} // namespace samout
