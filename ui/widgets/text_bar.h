// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace samout {

class Workspace;

/// The text that panels examine, which a person can type, and the line that describes what is under the pointer.
class TextBar : public QWidget {
    Q_OBJECT

public:
    explicit TextBar(Workspace *workspace, QWidget *parent = nullptr);

    /// A sentence shown while nothing is under the pointer; empty clears it.
    void setNotice(const QString &sentence);
    /// Shows the share of a long text that is read, 0 to 1.
    void setProgress(double share);
    /// Asks whether to examine a text of `tokens` tokens; the answer is lengthAllowed(), or another text.
    void askAboutLength(qsizetype tokens);
    QToolButton *allowButton() { return m_allow; }
    QToolButton *stopButton() { return m_stop; }
    /// The characters of the text that the vocabulary lacks, each once; they are marked in the field. Of many, only the
    /// first few.
    const QStringList &unknown() const { return m_unknown; }
    /// The text of the line.
    QString line() const;
    /// True if a person typed the text; false if it is the data's example.
    bool typed() const { return m_typed; }
    /// Shows a text as if the person had typed it.
    void type(const QString &text);
    /// Shows an example text from now on.
    void setExample(const QString &text);
    void focusText();

signals:
    /// The user confirmed the long text.
    void lengthAllowed();
    /// The user stopped the reading of the long text.
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
    /// Places and lengths of the unknown characters in the field.
    QList<std::pair<int, int>> m_unknownPlaces;
    QString m_readout;
    QString m_notice;
    bool m_typed = false;
};

/// Line ends to ⏎ and back: a one-line field shows and takes ⏎.
QString withLineSigns(QString text);
QString withLineEnds(QString text);

} // namespace samout
