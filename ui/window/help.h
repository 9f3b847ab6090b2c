// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>

class QWidget;

namespace samout {

/// Opens the page that explains a panel (by its dock's name), or the keys (any other name); one window that
/// changes its page.
void showHelp(QWidget *parent, const QString &page);
/// The page's text, in rich text.
QString helpText(const QString &page);

} // namespace samout
