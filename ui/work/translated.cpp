// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/translated.h"

#include "core/base/error.h"

#include <QCoreApplication>

namespace samout {

QString translated(const Text &text)
{
    return QString::fromStdString(text.in(
        [](const std::string &english) { return QCoreApplication::translate("core", english.c_str()).toStdString(); }));
}

QString translated(const std::exception &exception) { return translated(textOf(exception)); }

} // namespace samout
