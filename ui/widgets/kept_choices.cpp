// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/kept_choices.h"

#include <QAbstractItemModel>
#include <QAction>
#include <QComboBox>
#include <QLineEdit>
#include <QSpinBox>

#include <memory>
#include <utility>

namespace samout {

namespace {

QJsonValue itemOf(const QComboBox &box, int index)
{
    const QVariant data = box.itemData(index);
    return index < 0 ? QJsonValue() : data.isValid() ? QJsonValue::fromVariant(data) : QJsonValue(index);
}

/// Chooses the item if the box has it.
bool choose(QComboBox &box, const QJsonValue &item)
{
    for (int i = 0; i < box.count(); ++i)
        if (itemOf(box, i) == item) {
            box.setCurrentIndex(i);
            return true;
        }
    return false;
}

} // namespace

void KeptChoices::add(const QString &key, QComboBox *box)
{
    auto awaited = std::make_shared<QJsonValue>(); // null: nothing
    const auto tryToChoose = [box, awaited] {
        if (!awaited->isNull() && choose(*box, *awaited))
            *awaited = {};
    };
    // Queued: whoever fills the box also chooses its first item.
    QObject::connect(box->model(), &QAbstractItemModel::rowsInserted, box, tryToChoose, Qt::QueuedConnection);
    QObject::connect(box, &QComboBox::activated, box, [awaited] { *awaited = {}; });
    add(
        key, [box, awaited] { return awaited->isNull() ? itemOf(*box, box->currentIndex()) : *awaited; },
        [awaited, tryToChoose](const QJsonValue &item) {
            *awaited = item;
            tryToChoose();
        });
}

void KeptChoices::add(const QString &key, QLineEdit *field)
{
    add(
        key, [field] { return field->text(); }, [field](const QJsonValue &text) { field->setText(text.toString()); });
}

void KeptChoices::add(const QString &key, QSpinBox *spin)
{
    add(
        key, [spin] { return spin->value(); }, [spin](const QJsonValue &value) { spin->setValue(value.toInt()); });
}

void KeptChoices::add(const QString &key, QDoubleSpinBox *spin)
{
    add(
        key, [spin] { return spin->value(); }, [spin](const QJsonValue &value) { spin->setValue(value.toDouble()); });
}

void KeptChoices::add(const QString &key, QAction *action)
{
    add(
        key, [action] { return action->isChecked(); },
        [action](const QJsonValue &checked) { action->setChecked(checked.toBool()); });
}

void KeptChoices::add(const QString &key, std::function<QJsonValue()> get, std::function<void(const QJsonValue &)> set)
{
    m_choices.append({key, std::move(get), std::move(set)});
}

QJsonObject KeptChoices::state() const
{
    QJsonObject state;
    for (const Choice &choice : m_choices)
        if (const QJsonValue value = choice.get(); !value.isNull())
            state.insert(choice.key, value);
    return state;
}

void KeptChoices::setState(const QJsonObject &state) const
{
    for (const Choice &choice : m_choices)
        if (state.contains(choice.key))
            choice.set(state[choice.key]);
}

} // namespace samout
