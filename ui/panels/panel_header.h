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
    /// Where the controls go, right-aligned, from left to right.
    QHBoxLayout *controls() { return m_controls; }

private:
    QLabel *m_title;
    QHBoxLayout *m_controls;
};

} // namespace samout
