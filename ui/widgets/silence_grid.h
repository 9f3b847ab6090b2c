// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;
class QToolButton;

namespace samout {

class InterventionsList;
class Workspace;

/// Buttons that silence parts of the network: one row per layer, with every head, the mixer and the feed-forward.
class SilenceGrid : public QWidget {
    Q_OBJECT

public:
    SilenceGrid(Workspace *workspace, InterventionsList *list, QWidget *parent = nullptr);

    QToolButton *head(int layer, int head) const;
    QToolButton *mixer(int layer) const { return m_mixers.value(layer); }
    QToolButton *feedForward(int layer) const { return m_feedForwards.value(layer); }

private:
    void setNetwork();
    void refresh();
    QToolButton *newButton(const QString &toolTip);

    Workspace *m_workspace;
    InterventionsList *m_list;
    QWidget *m_sheet = nullptr;
    int m_headCount = 0;
    QList<QToolButton *> m_heads; // layer by layer
    QList<QToolButton *> m_mixers, m_feedForwards;
};

} // namespace samout
