// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace samout {

/// The header line of a panel: its name at the left, its controls at the right. A panel adds one as the first row of
/// its layout; the window makes it the dock's title bar, by which the panel is dragged.
class PanelHeader : public QWidget {
    Q_OBJECT

public:
    explicit PanelHeader(const QString &title, QWidget *parent = nullptr);

    QString title() const;
    /// A word after the title, in the colour of changes: what the panel shows is not the trained network. Empty: no
    /// word.
    void setNote(const QString &note, const QString &toolTip = {});
    QString note() const;
    /// The row for the controls, right-aligned, from left to right.
    QHBoxLayout *controls() { return m_controls; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void colorNote();

    QLabel *m_title;
    QLabel *m_note;
    QHBoxLayout *m_controls;
};

} // namespace samout
