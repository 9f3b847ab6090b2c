// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "core/train/breakpoints.h"
#include "ui/panels/panel.h"

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTreeWidget;
class QTreeWidgetItem;

namespace samout {

class MessageStrip;

/// The conditions at which a training pauses, as a debugger lists them: the person switches each on and off, and edits
/// its value in the list.
class BreakpointsPanel : public Panel {
    Q_OBJECT

public:
    explicit BreakpointsPanel(QWidget *parent = nullptr);

    void connectTo(const PanelContext &context) override;
    /// The list, as {"breakpoints": ["on gradient=10", "off not-finite"]}.
    QJsonObject state() const override;
    void setState(const QJsonObject &state) override;
    QString table() const override;
    void tryOut() override { add(); }

    /// Adds the form's condition as a breakpoint, switched on.
    void add();
    /// The breakpoints that are switched on.
    std::vector<Breakpoint> active() const;
    /// Whether the breakpoint for a loss or gradient that is not finite is switched on.
    bool breaksAtNotFinite() const { return m_notFinite.on; }
    /// Shows which breakpoint was met, and at which step.
    void showHit(const BreakpointHit &hit);
    /// Takes another training: no breakpoint was met yet, and the training may never meet some of them.
    void setTraining(const TrainingFacts &facts);

signals:
    /// active() or breaksAtNotFinite() changed.
    void changed();

private:
    struct Entry {
        Breakpoint breakpoint = {};
        bool on = true;
        /// The step at which the breakpoint was last met; 0 if never.
        std::int64_t met = 0;
        QString sentence = {};
    };

    QWidget *newForm();
    QTreeWidgetItem *newLine(const QString &condition, const Entry &entry);
    void keep();
    QString whyNever(const Breakpoint &breakpoint) const;
    void showList();
    void showForm();
    void remove();
    void edited(QTreeWidgetItem *item, int column);

    MessageStrip *m_strip;
    QLabel *m_hint;
    QTreeWidget *m_list;
    QComboBox *m_kind;
    QSpinBox *m_layer;
    QLineEdit *m_value;
    QPushButton *m_remove;
    std::vector<Entry> m_entries;
    std::optional<TrainingFacts> m_facts; // nullopt before the first training
    Entry m_notFinite;                    // always in the list
    bool m_showing = false;
};

} // namespace samout
