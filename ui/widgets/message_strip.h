// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

class QLabel;

namespace samout {

/// A sentence on a coloured ground with an icon. It blocks nothing, is hidden while empty, and can be closed.
class MessageStrip : public QWidget {
    Q_OBJECT

public:
    enum class Kind { Info, Error };

    explicit MessageStrip(QWidget *parent = nullptr);

    void say(Kind kind, const QString &text);
    void clear();
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void updateColors();

    QLabel *m_icon;
    QLabel *m_text;
    Kind m_kind = Kind::Info;
};

} // namespace samout
