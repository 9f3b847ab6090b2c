// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QDialog>
#include <QString>

class QLineEdit;
class QListWidget;
class QListWidgetItem;

namespace samout {

class Commands;

/// All commands by their titles, with a filter. What is not possible now is grey. Enter chooses.
class CommandPalette : public QDialog {
    Q_OBJECT

public:
    CommandPalette(Commands *commands, QWidget *parent);

signals:
    /// The person chose the command with this id, which is possible.
    void chosen(const QString &id);

protected:
    /// The arrow keys move in the list while the filter has the focus.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void filter();
    void choose(const QListWidgetItem *item);

    Commands *m_commands;
    QLineEdit *m_words;
    QListWidget *m_list;
};

} // namespace samout
