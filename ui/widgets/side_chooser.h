// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QButtonGroup;

namespace samout {

class Workspace;

/// Chooses what panels show if there are interventions: the trained network, the changed one, or their difference.
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
