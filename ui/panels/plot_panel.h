// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/panels/panel.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace samout {

/// A panel that shows pictures of numbers: a header line, and below it the picture. While there is nothing to show, a
/// sentence says what the panel will show and what to press.
class PlotPanel : public Panel {
    Q_OBJECT

public:
    bool isEmpty() const;

protected:
    /// `emptyText`: the sentence for the empty panel.
    PlotPanel(const QString &title, const QString &emptyText, QWidget *parent);

    /// The widget that holds the picture.
    QWidget *content() { return m_content; }
    void setEmpty(bool empty);
    /// Shows this sentence in place of the picture, until setEmpty(false).
    void showSentence(const QString &sentence);
    QComboBox *addChoice(const QStringList &choices, const QString &toolTip);
    QToolButton *addButton(const QString &text, const QString &toolTip, bool checkable);
    void addControl(QWidget *control);

private:
    QStackedWidget *m_stack;
    QLabel *m_empty;
    QWidget *m_content;
};

} // namespace samout
