// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace samout {

class PanelHeader;

/// A panel that shows pictures of numbers: a header line, below it the picture, or while there is nothing to
/// show one sentence that says what will be here and what to press.
class PlotPanel : public QWidget {
    Q_OBJECT

public:
    /// The picture and its table (tab-separated, full precision) onto the clipboard.
    Q_INVOKABLE void copyToClipboard();
    /// What the picture shows, as tab-separated lines with a header line.
    virtual QString table() const = 0;
    bool isEmpty() const;

protected:
    /// `emptyText`: what will be here and what to press.
    PlotPanel(const QString &title, const QString &emptyText, QWidget *parent);

    /// Where the picture goes.
    QWidget *content() { return m_content; }
    void setEmpty(bool empty);
    /// This sentence in the picture's place, until setEmpty(false).
    void showSentence(const QString &sentence);
    QComboBox *addChoice(const QStringList &choices, const QString &toolTip);
    QToolButton *addButton(const QString &text, const QString &toolTip, bool checkable);
    void addControl(QWidget *control);
    PanelHeader *header() const { return m_header; }

private:
    PanelHeader *m_header;
    QStackedWidget *m_stack;
    QLabel *m_empty;
    QWidget *m_content;
};

} // namespace samout
