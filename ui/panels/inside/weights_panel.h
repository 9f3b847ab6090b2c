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

class ColorBar;
class Heatmap;
class Histogram;
class WorkLane;
class Workspace;

/// A picture and a histogram of one parameter of the weights to look at, or of its change since weights that the person
/// remembered or since the run's first snapshot. If the workspace shows the network as changed or the difference, so
/// does the panel: a silenced part appears as zeros in the matrices that read it. The panel needs no examination, only
/// newer weights while it is visible.
class WeightsPanel : public ExaminedPanel {
    Q_OBJECT

public:
    enum class Against { Nothing, Remembered, First };

    explicit WeightsPanel(Workspace *workspace, QWidget *parent = nullptr);
    ~WeightsPanel() override;

    void ask(Question &question) const override;
    void setExamination(std::shared_ptr<const Examination>) override {}
    bool busy() const override { return m_busy; }

    /// `name`: the published name.
    void setParameter(const QString &name);
    void setAgainst(Against against);
    /// Remembers the current weights, so that changes since then can be shown.
    void remember();

    /// What is on screen; nullptr before the first.
    const WeightView *view() const { return m_view.get(); }
    Heatmap *heatmap() { return m_picture; }
    Histogram *histogram() { return m_histogram; }
    QString summary() const;
    QString table() const override;

signals:
    /// The chosen parameter is on screen.
    void shown();

protected:
    bool marksItself() const override { return true; }
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void namesChanged();
    void nameRemembered();
    void askForView();
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
    /// The run or file that m_remembered comes from, and whether the network was shown as changed.
    QString m_rememberedOf;
    bool m_rememberedChanged = false;
    /// The folder of the run that m_first comes from.
    QString m_firstOf;
    std::shared_ptr<const WeightView> m_view;
    /// The parameter in m_view, and whether m_view is a change.
    QString m_shownParameter;
    bool m_shownChange = false;
    float m_range = 0;
    bool m_busy = false;
    bool m_again = false;
    std::unique_ptr<WorkLane> m_background; // last: its work uses the members above
};

} // namespace samout
