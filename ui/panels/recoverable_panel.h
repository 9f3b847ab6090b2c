#pragma once

#include "core/inspect/recoverability.h"
#include "ui/job.h"
#include "ui/panels/plot_panel.h"
#include "ui/plots/color_map.h"

#include <memory>

class QComboBox;
class QLabel;
class QToolButton;

namespace samout {

class ColorBar;
class Heatmap;
class Workspace;

/// Can a word of the sentences be read from the states of a layer, so many tokens after it? A row a layer, a column a
/// distance; below them what the network itself does with the word, and what guessing would.
class RecoverablePanel : public PlotPanel {
    Q_OBJECT

public:
    explicit RecoverablePanel(Workspace *workspace, QWidget *parent = nullptr);

    /// Measures the weights that are looked at.
    void measure();
    Job *job() { return &m_job; }
    /// What is on screen; nullptr before the first.
    const Recoverability *result() const { return m_result.get(); }
    Heatmap *map() { return m_map; }
    QToolButton *measureButton() { return m_measure; }
    QComboBox *kindChooser() { return m_kinds; }
    QString summary() const;
    QString table() const override;

signals:
    /// A new result is on screen.
    void shown();

protected:
    void changeEvent(QEvent *event) override;

private:
    void setKinds();
    void drawColors();
    void present(std::shared_ptr<const Recoverability> result, const QString &kind, qint64 step);
    void readCell(int row, int col);
    const Recoverability::Recall *recallAt(int distance) const;

    Workspace *m_workspace;
    QComboBox *m_kinds;
    QToolButton *m_measure;
    QWidget *m_names;
    Heatmap *m_map;
    ColorMap m_colors;
    QLabel *m_summary;
    QString m_source;
    std::shared_ptr<const Recoverability> m_result;
    QString m_kind;
    Job m_job; // last: it uses the above
};

} // namespace samout
