// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/plot_panel.h"

#include "ui/widgets/panel_header.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace samout {

PlotPanel::PlotPanel(const QString &title, const QString &emptyText, QWidget *parent)
    : Panel(title, parent), m_stack(new QStackedWidget(this)), m_empty(new QLabel(emptyText, m_stack)),
      m_content(new QWidget(m_stack))
{
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(24, 12, 24, 24);
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(m_content);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(header());
    layout->addWidget(m_stack, 1);
}

bool PlotPanel::isEmpty() const { return m_stack->currentWidget() != m_content; }

void PlotPanel::setEmpty(bool empty) { m_stack->setCurrentIndex(empty ? 0 : 1); }

void PlotPanel::showSentence(const QString &sentence)
{
    m_empty->setText(sentence);
    setEmpty(true);
}

QComboBox *PlotPanel::addChoice(const QStringList &choices, const QString &toolTip)
{
    auto *box = new QComboBox;
    box->addItems(choices);
    box->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    box->setToolTip(toolTip);
    // The box may be squeezed in a narrow window; its text is elided then.
    box->setMinimumWidth(56);
    addControl(box);
    return box;
}

QToolButton *PlotPanel::addButton(const QString &text, const QString &toolTip, bool checkable)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setToolTip(toolTip);
    button->setCheckable(checkable);
    button->setAutoRaise(true);
    addControl(button);
    return button;
}

void PlotPanel::addControl(QWidget *control) { header()->controls()->addWidget(control); }

} // namespace samout
