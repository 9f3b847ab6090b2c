// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;

namespace samout {

/// Chooses one of the layers 0 to N - 1: one button per layer, or a list if there are many. The up and down keys move.
class LayerChooser : public QWidget {
    Q_OBJECT

public:
    explicit LayerChooser(QWidget *parent = nullptr);

    /// `count`: the number of layers N.
    void setCount(int count);
    int count() const { return m_count; }
    void setCurrent(int layer);

signals:
    void chosen(int layer);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    int m_count = 0;
    int m_current = 0;
    QHBoxLayout *m_row;
    QButtonGroup *m_buttons;
    QComboBox *m_list = nullptr;
};

} // namespace samout
