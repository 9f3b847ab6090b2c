// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>

#include <functional>

class QAction;
class QComboBox;
class QDoubleSpinBox;
class QLineEdit;
class QSpinBox;

namespace samout {

/// The choices that a person makes in the controls of a panel, as JSON: to store them and to restore them. The controls
/// live as long as this object is used.
class KeptChoices {
public:
    /// The chosen item: its data, or its number if items have no data. A choice that the box does not offer yet waits
    /// until it does, or until the person chooses another one.
    void add(const QString &key, QComboBox *box);
    void add(const QString &key, QLineEdit *field);
    void add(const QString &key, QSpinBox *spin);
    void add(const QString &key, QDoubleSpinBox *spin);
    /// Whether a checkable action is checked.
    void add(const QString &key, QAction *action);
    /// Any other choice; while `get` returns null there is nothing to keep.
    void add(const QString &key, std::function<QJsonValue()> get, std::function<void(const QJsonValue &)> set);

    QJsonObject state() const;
    /// Keys that are missing change nothing.
    void setState(const QJsonObject &state) const;

private:
    struct Choice {
        QString key;
        std::function<QJsonValue()> get;
        std::function<void(const QJsonValue &)> set;
    };
    QList<Choice> m_choices;
};

} // namespace samout
