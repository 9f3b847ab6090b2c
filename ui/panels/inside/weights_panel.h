// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/weight_view.h"
#include "ui/panels/examined_panel.h"
#include "ui/panels/measured_of.h"

#include <memory>

class QComboBox;
class QLabel;
class QToolButton;

namespace samout {

class Background;
class ColorBar;
class Heatmap;
class Histogram;
class Workspace;

/// One parameter of the weights that are looked at as a picture and a histogram, or its change since weights that a
/// person remembered or since the run's first snapshot; as changed, or the difference that interventions make, where
/// that is shown: a silenced part is zeros in what reads it. It asks for no examination, but that there are newer
/// weights while it is seen.
class WeightsPanel : public ExaminedPanel {
    Q_OBJECT

public:
    enum class Against { Nothing, Remembered, First };

    explicit WeightsPanel(Workspace *workspace, QWidget *parent = nullptr);
    ~WeightsPanel() override;

    void addWishes(Question &question) const override;
    void setExamination(std::shared_ptr<const Examination>) override {}

    /// By its published name.
    void setParameter(const QString &name);
    void setAgainst(Against against);
    /// Changes can be shown since what is looked at now.
    void remember();

    /// What is on screen; nullptr before the first.
    const WeightView *view() const { return m_view.get(); }
    Heatmap *picture() { return m_picture; }
    Histogram *histogram() { return m_histogram; }
    QString summary() const;
    QString table() const override;

signals:
    /// What is asked for is on screen.
    void shown();

protected:
    bool marksItself() const override { return true; }
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void namesChanged();
    void nameRemembered();
    void ask();
    void askForFirst();
    void present(std::shared_ptr<const WeightView> view, const QString &parameter, const MeasuredOf &of);
    void drawColors();
    void readCell(int row, int col);

    Workspace *m_workspace;
    QComboBox *m_names;
    QComboBox *m_againstBox;
    Heatmap *m_picture;
    ColorBar *m_bar;
    Histogram *m_histogram;
    QLabel *m_summary;
    std::shared_ptr<const Snapshot> m_remembered, m_first;
    /// The run or file that m_remembered is of, and whether it was looked at as changed.
    QString m_rememberedOf;
    bool m_rememberedChanged = false;
    /// The run that m_first is of.
    QString m_firstOf;
    std::shared_ptr<const WeightView> m_view;
    /// What m_view is of.
    QString m_shownParameter;
    bool m_shownChange = false;
    float m_range = 0;
    bool m_busy = false;
    bool m_again = false;
    std::unique_ptr<Background> m_background; // last: it uses the above
};

} // namespace samout
