// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/panels/examined_panel.h"

#include <memory>

class QLabel;

namespace samout {

class AlternativesChart;
class ColorBar;
class ReadingTable;
class Workspace;

/// The predictions of the network if it ended after each layer: the output head applied to every layer's output at
/// every position, and the ten likeliest tokens of a chosen cell.
class ReadingPanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit ReadingPanel(Workspace *workspace, QWidget *parent = nullptr);

    void ask(Question &question) const override;
    bool showsThinned() const override { return true; }
    QString table() const override;

    /// Shows the reading of a cell; layers count from 0.
    void choose(int layer, int position);
    ReadingTable *readings() const { return m_table; }
    const AlternativesChart *chart() const { return m_chart; }
    /// The line above the bars.
    QString sentence() const;

protected:
    void draw() override;
    bool showsDifference() const override { return true; }
    void changeEvent(QEvent *event) override;

private:
    void showLegend();
    void showChosen();
    QString sentenceOf(int layer, int position) const;

    Workspace *m_workspace;
    ReadingTable *m_table;
    QLabel *m_sentence;
    QLabel *m_legend;
    ColorBar *m_bar;
    AlternativesChart *m_chart;
    /// -1: the last layer, and the last position but one.
    int m_layer = -1, m_position = -1;
};

} // namespace samout
