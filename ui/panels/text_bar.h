#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;

namespace samout {

class Workspace;

/// The text to look at, which a person can type, and the line that says what is under the pointer.
class TextBar : public QWidget {
    Q_OBJECT

public:
    explicit TextBar(Workspace *workspace, QWidget *parent = nullptr);

    /// A sentence shown while nothing is under the pointer; empty clears it.
    void setNotice(const QString &sentence);
    /// What the line says now.
    QString line() const;
    /// True where a person typed the text rather than taking the data's example.
    bool typed() const { return m_typed; }
    /// Shows an example text from now on.
    void setExample(const QString &text);
    void focusText();

private:
    QWidget *newSides();
    void showText();
    void showLine();

    Workspace *m_workspace;
    QLineEdit *m_text;
    QLabel *m_line;
    QString m_readout;
    QString m_notice;
    bool m_typed = false;
};

/// A one-line field shows and takes line ends as ⏎.
QString withLineSigns(QString text);
QString withLineEnds(QString text);

} // namespace samout
