// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/surprise.h"
#include "ui/panels/examined_panel.h"

#include <memory>
#include <vector>

class QLabel;

namespace samout {

class AlternativesChart;
class ColorBar;
class TokenView;
class Workspace;

/// The text to look at; the colour behind each token is its loss, that is, how much the token surprised the network. A
/// click on a token shows what the network expected in its place.
class SurprisePanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit SurprisePanel(Workspace *workspace, QWidget *parent = nullptr);

    void ask(Question &question) const override;
    bool showsThinned() const override { return true; }
    QString table() const override;

    /// Shows what the network expected in the place of a token.
    void choose(int token);
    TokenView *text() const { return m_text; }
    const AlternativesChart *chart() const { return m_chart; }
    /// The mean loss, as a sentence.
    QString sentence() const;

protected:
    void changeEvent(QEvent *event) override;
    bool showsDifference() const override { return true; }
    void draw() override;

private:
    void showMean();
    void showText();
    void showChosen();
    void showCursor();
    void readOut(int token);
    /// The row of the logits that predict a shown token.
    int rowOf(int token) const;
    QString named(int token) const;

    Workspace *m_workspace;
    QLabel *m_sentence, *m_expected;
    ColorBar *m_bar;
    TokenView *m_text;
    AlternativesChart *m_chart;
    /// What is on screen; m_trained is empty unless a difference is shown.
    Surprise m_shown, m_trained;
    int m_chosen = -1;
};

} // namespace samout
