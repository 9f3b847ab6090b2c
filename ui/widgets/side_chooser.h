// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QButtonGroup;

namespace samout {

class Workspace;

/// Which of the two networks is looked at where there are interventions: as trained, as changed, or their difference.
class SideChooser : public QWidget {
    Q_OBJECT

public:
    explicit SideChooser(Workspace *workspace, QWidget *parent = nullptr);

private:
    void refresh();

    Workspace *m_workspace;
    QButtonGroup *m_buttons;
};

} // namespace samout
