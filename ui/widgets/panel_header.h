// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace samout {

/// The one header line of a panel: its name at the left, its few controls at the right. A panel makes one as
/// the first row of its layout; in the window it becomes the dock's title bar, by which the panel is dragged.
class PanelHeader : public QWidget {
    Q_OBJECT

public:
    explicit PanelHeader(const QString &title, QWidget *parent = nullptr);

    QString title() const;
    /// A word after the title in the colour of changes: that what is shown is not the network as it was trained.
    /// Empty: none.
    void setNote(const QString &note, const QString &toolTip = {});
    QString note() const;
    /// Where the controls go, right-aligned, from left to right.
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
