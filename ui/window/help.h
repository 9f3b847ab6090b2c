// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>

class QWidget;

namespace samout {

/// Opens the help page of a panel (by its dock's name), or the page of the keys (any other name), in one window whose
/// page changes.
void showHelp(QWidget *parent, const QString &page);
/// The page as rich text.
QString helpText(const QString &page);

} // namespace samout
