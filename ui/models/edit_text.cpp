#include "ui/models/edit_text.h"

#include "core/base/error.h"

#include <QCoreApplication>

namespace samout {

namespace {

struct EditText {
    Q_DECLARE_TR_FUNCTIONS(samout::EditText)
};

} // namespace

QString editText(const Edit &edit)
{
    EditValue value;
    try {
        value = valueOf(edit);
    } catch (const Error &) { // of a newer version
        return QString::fromStdString(edit.kind + " " + edit.value);
    }
    const QString layer = QString::number(value.layer), head = QString::number(value.head);
    const QString number = QString::fromStdString(editValue(value.number));
    if (edit.kind == "learning_rate")
        return EditText::tr("the learning rate is %1").arg(number);
    if (edit.kind == "steps")
        return value.number == 0 ? EditText::tr("it trains until it is stopped")
                                 : EditText::tr("it trains to step %1").arg(QString::number(value.number, 'f', 0));
    if (edit.kind == "freeze_head")
        return EditText::tr("head %1 of layer %2 is frozen").arg(head, layer);
    if (edit.kind == "unfreeze_head")
        return EditText::tr("head %1 of layer %2 learns again").arg(head, layer);
    if (edit.kind == "zero_head")
        return EditText::tr("head %1 of layer %2 became 0").arg(head, layer);
    if (edit.kind == "reinitialise_head")
        return EditText::tr("head %1 of layer %2 began anew").arg(head, layer);
    if (edit.kind == "freeze_layer")
        return EditText::tr("layer %1 is frozen").arg(layer);
    if (edit.kind == "unfreeze_layer")
        return EditText::tr("layer %1 learns again").arg(layer);
    if (edit.kind == "hold_alpha")
        return EditText::tr("the alpha of layer %1 is held at %2").arg(layer, number);
    if (edit.kind == "release_alpha")
        return EditText::tr("the alpha of layer %1 is learnt again").arg(layer);
    return QString::fromStdString(edit.kind + " " + edit.value);
}

} // namespace samout
