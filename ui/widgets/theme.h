// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QDBusVariant>
#include <QIcon>
#include <QObject>
#include <QPalette>
#include <QString>
#include <QVariant>

namespace samout {

enum class ThemeChoice { Desktop, Light, Dark };

/// The style of the window: Fusion in a quiet palette, light or dark. Follows the desktop unless told otherwise: the
/// portal's setting if there is a portal, else the lightness of the desktop's palette.
class Theme : public QObject {
    Q_OBJECT

public:
    /// Gives the application its style and palette. Make one per program, after QApplication.
    explicit Theme(ThemeChoice choice, QObject *parent = nullptr);

    ThemeChoice choice() const { return m_choice; }
    void choose(ThemeChoice choice);
    bool dark() const { return m_dark; }

signals:
    void changed();

private slots:
    void portalChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void askPortal();
    void setDesktopScheme(const QVariant &value);
    void apply();

    ThemeChoice m_choice;
    bool m_desktopDark = false;
    bool m_dark = false;
};

/// True if a palette is dark.
bool isDark(const QPalette &palette);
/// A line icon from the resources in the current text colour; it follows a change of theme.
QIcon lineIcon(const QString &name);

} // namespace samout
