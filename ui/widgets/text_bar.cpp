// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/text_bar.h"

#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/side_chooser.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QInputMethodEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTextCharFormat>
#include <QTextLayout>
#include <QToolButton>

namespace samout {

namespace {

const QChar lineSign(0x23CE);
/// The most characters in the field; typing in a longer line is slow.
constexpr int longestText = 1 << 20;
/// The most unknown characters that are named.
constexpr qsizetype mostNamed = 8;

} // namespace

TextBar::TextBar(Workspace *workspace, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_text(new QLineEdit(this)), m_line(new QLabel(this)),
      m_allow(new QToolButton(this)), m_stop(new QToolButton(this))
{
    auto *label = new QLabel(tr("Text to look at"), this);
    const QString tip =
        tr("The panels show what the network makes of this text, read from an empty state. ⏎ is the end of a line.");
    label->setToolTip(tip);
    label->setBuddy(m_text);
    m_text->setToolTip(tip);
    m_text->setAccessibleName(label->text());
    m_text->setMaxLength(longestText);
    m_allow->setObjectName(QStringLiteral("allow"));
    m_allow->setText(tr("Compute it"));
    setCommand(m_allow, "text.allow");
    m_allow->hide();
    m_stop->setObjectName(QStringLiteral("stopReading"));
    m_stop->setText(tr("Stop"));
    setCommand(m_stop, "text.stop");
    m_stop->setToolTip(tr("Reads the text no further; the panels keep what they show."));
    m_stop->hide();
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
    auto *below = new QHBoxLayout;
    below->setSpacing(8);
    below->addWidget(m_line, 1);
    below->addWidget(m_allow);
    below->addWidget(m_stop);
    grid->addLayout(below, 1, 0, 1, 3);
    grid->addWidget(newSides(), 0, 2);
    grid->setColumnStretch(1, 1);

    connect(m_text, &QLineEdit::textEdited, this, [this](const QString &text) { type(withLineEnds(text)); });
    connect(m_allow, &QToolButton::clicked, this, &TextBar::lengthAllowed);
    connect(m_stop, &QToolButton::clicked, this, &TextBar::readingStopped);
    connect(workspace, &Workspace::textChanged, this, [this] {
        showText();
        findUnknown();
    });
    connect(workspace, &Workspace::snapshotChanged, this, &TextBar::findUnknown);
    connect(workspace, &Workspace::readout, this, [this](const QString &text) {
        m_readout = text;
        showLine();
    });
    showText();
    showLine();
}

/// Makes the chooser of sides, shown while there are interventions so that nobody forgets them.
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
    m_allow->hide();
    m_stop->hide();
    if (sentence == m_notice)
        return;
    m_notice = sentence;
    showLine();
}

void TextBar::setProgress(double share)
{
    setNotice(tr("Reading the text: %1 %.").arg(100 * share, 0, 'f', 0));
    m_stop->show();
}

void TextBar::askAboutLength(qsizetype tokens)
{
    setNotice(
        tr("The text has %L1 tokens. To compute them may take a while; panels then show some of them, evenly apart.")
            .arg(tokens));
    m_allow->show();
}

void TextBar::findUnknown()
{
    QStringList unknown;
    QList<std::pair<int, int>> places;
    const auto &snapshot = m_workspace->snapshot();
    if (snapshot && !snapshot->vocabulary().isNumbers()) {
        const Vocabulary &vocabulary = snapshot->vocabulary();
        const QString text = withLineEnds(m_text->text());
        // A letter with a combining mark may be known as one character: then the places differ, and none are marked.
        const QString whole = text.normalized(QString::NormalizationForm_C);
        for (int i = 0; i < whole.size();) {
            const int size = whole[i].isHighSurrogate() && i + 1 < whole.size() ? 2 : 1;
            const QString character = whole.mid(i, size);
            if (vocabulary.find(character.toStdString()) < 0) {
                if (!unknown.contains(character) && unknown.size() <= mostNamed)
                    unknown << character;
                if (whole == text)
                    places.append({i, size});
            }
            i += size;
        }
    }
    const bool same = unknown == m_unknown && places == m_unknownPlaces;
    m_unknown = unknown;
    m_unknownPlaces = places;
    if (!places.isEmpty() || !same)
        markUnknown();
    if (!same)
        showLine();
}

/// A line edit has no text formats, but shows those of an input method.
void TextBar::markUnknown()
{
    QTextCharFormat format;
    format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
    format.setFontUnderline(true);
    const QColor color = PlotTheme::of(*m_text).readable(QColor(0xD5, 0x5E, 0x00));
    format.setUnderlineColor(color);
    format.setForeground(color);
    QList<QInputMethodEvent::Attribute> attributes;
    for (const auto &[begin, size] : m_unknownPlaces)
        attributes.append(QInputMethodEvent::Attribute(QInputMethodEvent::TextFormat, begin - m_text->cursorPosition(),
                                                       size, format));
    QInputMethodEvent event(QString(), attributes);
    QCoreApplication::sendEvent(m_text, &event);
}

void TextBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && !m_unknownPlaces.isEmpty())
        markUnknown();
    QWidget::changeEvent(event);
}

QString TextBar::line() const { return m_line->text(); }

void TextBar::type(const QString &text)
{
    m_typed = !text.isEmpty();
    m_workspace->setText(text);
}

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
    if (line.isEmpty() && !m_unknown.isEmpty()) {
        QStringList named;
        for (const QString &character : m_unknown.first(std::min(mostNamed, m_unknown.size())))
            named << QStringLiteral("\u201c%1\u201d").arg(character);
        line = m_unknown.size() > mostNamed
                   ? tr("Not in the network's vocabulary, and read as one unknown token: %1 and others.")
                         .arg(named.join(QStringLiteral(", ")))
                   : tr("Not in the network's vocabulary, and read as one unknown token: %1.")
                         .arg(named.join(QStringLiteral(", ")));
    }
    if (line.isEmpty())
        line = tr("Move the pointer over a panel to read its numbers here.");
    m_line->setText(line);
    m_line->setForegroundRole(m_readout.isEmpty() && m_notice.isEmpty() && m_unknown.isEmpty()
                                  ? QPalette::PlaceholderText
                                  : QPalette::WindowText);
}

QString withLineSigns(QString text) { return text.replace(QLatin1Char('\n'), lineSign); }

QString withLineEnds(QString text) { return text.replace(lineSign, QLatin1Char('\n')); }

} // namespace samout
