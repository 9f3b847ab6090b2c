// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QButtonGroup;
class QComboBox;
class QHBoxLayout;

namespace samout {

/// The layers 1 to N to choose one from: a button each, or a list where they are many. Up and down move.
class LayerChooser : public QWidget {
    Q_OBJECT

public:
    explicit LayerChooser(QWidget *parent = nullptr);

    /// Layers are counted from 0 here.
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
