#include "ui/panels/text_bar.h"

#include "ui/panels/side_chooser.h"
#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"
#include "ui/workspace.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

namespace samout {

namespace {

const QChar lineSign(0x23CE);

} // namespace

TextBar::TextBar(Workspace *workspace, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_text(new QLineEdit(this)), m_line(new QLabel(this))
{
    auto *label = new QLabel(tr("Text to look at"), this);
    const QString tip =
        tr("The panels show what the network makes of this text, read from an empty state. ⏎ is the end of a line.");
    label->setToolTip(tip);
    label->setBuddy(m_text);
    m_text->setToolTip(tip);
    m_text->setAccessibleName(label->text());
    m_text->setPlaceholderText(
        tr("The data's example stands here once a training starts; type what you want to look at."));
    m_line->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_line->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_line->setTextFormat(Qt::PlainText);
    m_line->setAccessibleName(tr("What is under the pointer"));

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 4, 12, 4);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_text, 0, 1);
    grid->addWidget(m_line, 1, 0, 1, 2);
    grid->addWidget(newSides(), 0, 2);
    grid->setColumnStretch(1, 1);

    connect(m_text, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_typed = !text.isEmpty();
        m_workspace->setText(withLineEnds(text));
    });
    connect(workspace, &Workspace::textChanged, this, &TextBar::showText);
    connect(workspace, &Workspace::readout, this, [this](const QString &text) {
        m_readout = text;
        showLine();
    });
    showText();
    showLine();
}

/// There while the network is changed, so that nobody forgets.
QWidget *TextBar::newSides()
{
    auto *sides = new QWidget(this);
    auto *row = new QHBoxLayout(sides);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    auto *label = new QLabel(sides);
    row->addWidget(label);
    row->addWidget(new SideChooser(m_workspace, sides));
    const auto refresh = [this, sides, label] {
        const PlotTheme theme = PlotTheme::of(*this);
        QPalette palette = label->palette();
        palette.setColor(QPalette::WindowText, theme.readable(categoryColor(3, theme.dark)));
        label->setPalette(palette);
        label->setText(tr("Changed:"));
        sides->setVisible(!m_workspace->interventions().empty());
    };
    sides->setToolTip(tr("Interventions are on: the What if panel lists them."));
    connect(m_workspace, &Workspace::interventionsChanged, sides, refresh);
    refresh();
    return sides;
}

void TextBar::setNotice(const QString &sentence)
{
    if (sentence == m_notice)
        return;
    m_notice = sentence;
    showLine();
}

QString TextBar::line() const { return m_line->text(); }

void TextBar::setExample(const QString &text)
{
    m_typed = false;
    m_workspace->setText(text);
}

void TextBar::focusText() { m_text->setFocus(Qt::ShortcutFocusReason); }

void TextBar::showText()
{
    const QString shown = withLineSigns(m_workspace->text());
    if (shown != m_text->text()) {
        m_text->setText(shown);
        m_text->setCursorPosition(0);
    }
}

void TextBar::showLine()
{
    QString line = m_readout;
    if (line.isEmpty())
        line = m_notice;
    if (line.isEmpty())
        line = tr("Move the pointer over a panel to read its numbers here.");
    m_line->setText(line);
    m_line->setForegroundRole(m_readout.isEmpty() && m_notice.isEmpty() ? QPalette::PlaceholderText
                                                                        : QPalette::WindowText);
}

QString withLineSigns(QString text) { return text.replace(QLatin1Char('\n'), lineSign); }

QString withLineEnds(QString text) { return text.replace(lineSign, QLatin1Char('\n')); }

} // namespace samout
