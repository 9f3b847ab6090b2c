// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "core/train/breakpoints.h"

#include <QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSettings;
class QSpinBox;
class QTreeWidget;
class QTreeWidgetItem;

namespace samout {

class MessageStrip;

/// The conditions at which a training pauses, as a debugger lists them: each is switched on and off, and its value is
/// edited in its line.
class BreakpointsPanel : public QWidget {
    Q_OBJECT

public:
    /// The list is kept in `settings`, not owned; with nullptr it is not kept.
    explicit BreakpointsPanel(QSettings *settings, QWidget *parent = nullptr);

    /// What stands in the form becomes a breakpoint, switched on.
    void add();
    /// Those that are switched on.
    std::vector<Breakpoint> active() const;
    /// Whether the one for a loss or gradient that is not finite is switched on.
    bool breaksAtNotFinite() const { return m_notFinite.on; }
    /// Shows which one was met, and where.
    void showHit(const BreakpointHit &hit);
    /// Another training: none was met yet, and some may be of no use in it.
    void setTraining(const TrainingFacts &facts);

signals:
    /// active() or breaksAtNotFinite() is another.
    void changed();

private:
    struct Entry {
        Breakpoint breakpoint = {};
        bool on = true;
        /// The step at which it was met last; 0 is none.
        std::int64_t met = 0;
        QString sentence = {};
    };

    QWidget *newForm();
    QTreeWidgetItem *newLine(const QString &condition, const Entry &entry);
    void read();
    void keep();
    QString whyNever(const Breakpoint &breakpoint) const;
    void showList();
    void showForm();
    void remove();
    void edited(QTreeWidgetItem *item, int column);

    QSettings *m_settings;
    MessageStrip *m_strip;
    QLabel *m_hint;
    QTreeWidget *m_list;
    QComboBox *m_kind;
    QSpinBox *m_layer;
    QLineEdit *m_value;
    QPushButton *m_remove;
    std::vector<Entry> m_entries;
    std::optional<TrainingFacts> m_facts; // of the training; none before the first
    Entry m_notFinite;                    // the one that is always there
    bool m_showing = false;
};

} // namespace samout
