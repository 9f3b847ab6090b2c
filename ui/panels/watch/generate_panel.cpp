// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/watch/generate_panel.h"

#include "core/base/error.h"
#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/widgets/alternatives_chart.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/sampling_form.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/token_view.h"
#include "ui/work/generation.h"
#include "ui/work/snapshot_feed.h"
#include "ui/work/translated.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace samout {

namespace {

/// The colours from unsure to sure.
class SurenessScale : public QWidget {
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        for (int x = 0; x < width(); ++x)
            painter.fillRect(x, 0, 1, height(),
                             TokenView::ground(static_cast<float>(x) / static_cast<float>(width() - 1)));
    }
};

QToolButton *newButton(QAction *action, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace

GeneratePanel::GeneratePanel(Workspace *workspace, QWidget *parent)
    : Panel(tr("Generate"), parent), m_workspace(workspace),
      m_generate(new QAction(lineIcon(QStringLiteral("generate")), tr("Generate"), this)),
      m_stop(new QAction(lineIcon(QStringLiteral("stop")), tr("Stop writing"), this)), m_state(new QLabel(this)),
      m_prompt(new QLineEdit(this)), m_form(new SamplingForm(this)), m_trained(newWriting(tr("As trained"))),
      m_written(newWriting(QString())), m_chart(new AlternativesChart(this))
{
    setCommand(m_generate, "generation.start");
    setCommand(m_stop, "generation.stop");
    m_generate->setShortcut(Qt::CTRL | Qt::Key_G);
    m_generate->setToolTip(tr("Write a text with the newest weights (Ctrl+G)"));
    m_stop->setToolTip(tr("End this text here"));
    m_stop->setEnabled(false);
    m_state->setTextFormat(Qt::PlainText);
    m_state->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_prompt->setPlaceholderText(tr("What the text begins with; empty: a begin token"));
    m_prompt->setToolTip(tr("What the network reads before it writes. ⏎ is the end of a line; token numbers where the "
                            "data has no letters."));
    m_prompt->setAccessibleName(tr("Prompt"));
    m_written.view->setEmptyText(
        tr("Here the network writes, each letter coloured by how sure it was. Start a training, then press Generate."));
    m_chart->setEmptyText(tr("Click a written token: its ten likeliest alternatives will be here."));

    addActions({m_generate, m_stop});
    for (QAction *action : actions())
        header()->controls()->addWidget(newButton(action, header()));
    auto *promptRow = new QHBoxLayout;
    promptRow->setSpacing(8);
    promptRow->addWidget(new QLabel(tr("Prompt"), this));
    promptRow->addWidget(m_prompt, 1);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(newTexts());
    split->addWidget(m_chart);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);

    auto *body = new QVBoxLayout;
    body->setContentsMargins(12, 4, 12, 8);
    body->setSpacing(4);
    body->addLayout(promptRow);
    body->addWidget(m_form);
    body->addWidget(split, 1);
    body->addWidget(newLegend());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header());
    column->addLayout(body);

    connect(m_stop, &QAction::triggered, this, [this] {
        m_trained.generation->stop();
        m_written.generation->stop();
    });
    connect(m_prompt, &QLineEdit::textEdited, this, [this](const QString &text) { m_promptTyped = !text.isEmpty(); });
    connect(m_prompt, &QLineEdit::returnPressed, m_generate, &QAction::trigger);
    connectWriting(m_trained);
    connectWriting(m_written);
    connect(workspace, &Workspace::trainingChanged, this, &GeneratePanel::takeDefaults);
    m_form->keepIn(choices());
    choices().add(
        QStringLiteral("prompt"),
        [this] { return m_promptTyped ? QJsonValue(withLineEnds(m_prompt->text())) : QJsonValue(); },
        [this](const QJsonValue &prompt) { setPrompt(prompt.toString()); });
}

void GeneratePanel::connectTo(const PanelContext &context)
{
    connect(m_generate, &QAction::triggered, this, [this, feed = context.feed] {
        m_state->setText(tr("Waiting for the newest weights…"));
        m_waiting = true;
        feed->newest([this](std::shared_ptr<const Snapshot> snapshot) { begin(std::move(snapshot)); });
    });
}

void GeneratePanel::tryOut() { m_generate->trigger(); }

GeneratePanel::Writing GeneratePanel::newWriting(const QString &title)
{
    Writing writing{.generation = new Generation(this), .view = new TokenView(this), .title = new QLabel(title, this)};
    writing.title->setForegroundRole(QPalette::PlaceholderText);
    writing.title->hide();
    return writing;
}

QWidget *GeneratePanel::newTexts()
{
    auto *texts = new QWidget(this);
    auto *column = new QVBoxLayout(texts);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (const Writing *writing : {&m_trained, &m_written}) {
        column->addWidget(writing->title);
        column->addWidget(writing->view, 1);
    }
    m_trained.view->hide();
    return texts;
}

void GeneratePanel::connectWriting(Writing &writing)
{
    connect(writing.generation, &Generation::written, this,
            [this, &writing](const QList<GeneratedToken> &tokens) { addTokens(writing, tokens); });
    connect(writing.generation, &Generation::finished, this,
            [this, &writing](bool complete) { ended(writing, complete, {}); });
    connect(writing.generation, &Generation::failed, this,
            [this, &writing](const QString &reason) { ended(writing, false, reason); });
    connect(writing.view, &TokenView::clicked, this, [this, &writing](int index) { showAlternatives(writing, index); });
    connect(writing.view, &TokenView::hovered, this, [this, &writing](int index) { showHover(writing, index); });
}

QWidget *GeneratePanel::newLegend()
{
    auto *widget = new QWidget(this);
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto *scale = new SurenessScale(widget);
    scale->setFixedSize(64, 8);
    const QString tip = tr("The ground of a token is its probability by the model, at temperature 1, from 0 to 1.");
    auto *unsure = new QLabel(tr("unsure"), widget);
    auto *sure = new QLabel(tr("sure"), widget);
    for (QWidget *part : std::initializer_list<QWidget *>{scale, unsure, sure})
        part->setToolTip(tip);
    m_markLegend = new QLabel(widget);
    m_markLegend->setToolTip(
        tr("Longer than this the network was never trained on: text that is carried past it decays."));
    row->addWidget(m_state, 1);
    row->addWidget(m_markLegend);
    row->addWidget(unsure);
    row->addWidget(scale);
    row->addWidget(sure);
    return widget;
}

bool GeneratePanel::running() const { return m_trained.running || m_written.running; }

QString GeneratePanel::comparison() const { return m_both ? m_written.title->text() : QString(); }

int GeneratePanel::firstDifference() const { return m_written.view->firstDifference(); }

QString GeneratePanel::status() const { return m_state->text(); }

void GeneratePanel::setPrompt(const QString &prompt)
{
    m_prompt->setText(withLineSigns(prompt));
    m_prompt->setCursorPosition(0);
    m_promptTyped = true;
}

void GeneratePanel::takeDefaults()
{
    const Dataset &data = *m_workspace->training()->data;
    m_trainedLength = data.sequenceLength() - 1;
    m_form->setDefaults(m_trainedLength, data.lineEnd().value_or(-1), data.vocabulary());
    m_markLegend->setText(tr("<font color=\"#D55E00\">┃</font> trained length, %1").arg(m_trainedLength));
    if (m_promptTyped)
        return;
    m_prompt->setText(withLineSigns(QString::fromStdString(data.examplePrompt())));
    m_prompt->setCursorPosition(0);
}

void GeneratePanel::begin(std::shared_ptr<const Snapshot> snapshot)
{
    m_waiting = false;
    if (!snapshot)
        return fail(tr("There are no weights yet. Start a training or open a model, then press Generate."));
    const Vocabulary &vocabulary = snapshot->vocabulary();
    std::vector<std::int64_t> prompt;
    GenerationOptions options;
    try {
        prompt = vocabulary.encode(withLineEnds(m_prompt->text()).toStdString());
        options = m_form->options(vocabulary);
    } catch (const Error &error) {
        return fail(translated(error));
    }
    m_snapshot = std::move(snapshot);
    m_clearAt = options.memory == Memory::ClearAt ? options.clearAt : -1;
    m_chart->setBars({});
    m_complete = true;
    m_error.clear();
    if (m_workspace->side() != Side::AsTrained)
        options.interventions = m_workspace->interventions();
    m_both = !options.interventions.empty();
    for (QWidget *part : std::initializer_list<QWidget *>{m_trained.view, m_trained.title, m_written.title})
        part->setVisible(m_both);
    header()->setNote(
        m_both ? tr("as changed") : QString(),
        tr("The network with the interventions of the What if panel, beside what it writes as trained; the "
           "first token that differs is underlined."));
    m_written.title->setText(tr("As changed, from the same seed"));
    m_state->setText(tr("From step %1…").arg(m_snapshot->step()));
    m_stop->setEnabled(true);
    m_trained.running = false;
    m_trained.generation->stop();
    if (m_both) {
        GenerationOptions trained = options;
        trained.interventions = {};
        beginWriting(m_trained, prompt, trained);
    }
    beginWriting(m_written, prompt, options);
}

void GeneratePanel::beginWriting(Writing &writing, const std::vector<std::int64_t> &prompt,
                                 const GenerationOptions &options)
{
    writing.tokens.clear();
    writing.view->clear();
    writing.read = 0;
    QList<GeneratedToken> given;
    for (std::size_t i = 0; i < prompt.size(); ++i)
        given.append(GeneratedToken{
            .token = prompt[i], .position = static_cast<std::int64_t>(i), .probability = -1, .alternatives = {}});
    addTokens(writing, given);
    writing.running = true;
    writing.generation->generate(m_snapshot, prompt, options, m_form->length());
}

/// Compares the tokens that both texts have: each grows at its own pace.
void GeneratePanel::findDifference()
{
    if (!m_both || firstDifference() >= 0)
        return;
    const qsizetype both = std::min(m_trained.tokens.size(), m_written.tokens.size());
    for (qsizetype i = 0; i < both; ++i) {
        if (m_trained.tokens[i].token == m_written.tokens[i].token)
            continue;
        m_trained.view->setFirstDifference(static_cast<int>(i));
        m_written.view->setFirstDifference(static_cast<int>(i));
        return;
    }
}

void GeneratePanel::ended(Writing &writing, bool complete, const QString &error)
{
    // A text that was stopped is not waited for.
    if (!std::exchange(writing.running, false))
        return;
    m_complete = m_complete && complete;
    if (m_error.isEmpty())
        m_error = error;
    if (running())
        return;
    QString state = m_error;
    if (state.isEmpty())
        state = m_complete ? tr("From step %1.").arg(m_snapshot->step())
                           : tr("From step %1, stopped.").arg(m_snapshot->step());
    if (m_error.isEmpty() && m_both) {
        m_written.title->setText(firstDifference() < 0
                                     ? tr("As changed: the same text")
                                     : tr("As changed: differs from token %1 on").arg(firstDifference()));
        for (const Writing *one : {&m_trained, &m_written})
            one->view->reveal(firstDifference());
    }
    end(state);
    emit finished(m_complete);
}

QString GeneratePanel::pieceText(qint64 token) const
{
    const Vocabulary &vocabulary = m_snapshot->vocabulary();
    const QString label = QString::fromStdString(vocabulary.label(token));
    if (vocabulary.isNumbers())
        return label + QLatin1Char(' ');
    const bool space = vocabulary.symbols()[static_cast<std::size_t>(token)] == " ";
    return space ? QStringLiteral(" ") : label;
}

void GeneratePanel::addTokens(Writing &writing, const QList<GeneratedToken> &tokens)
{
    const Vocabulary &vocabulary = m_snapshot->vocabulary();
    const qint64 lineEnd = vocabulary.isNumbers() ? -1 : vocabulary.find("\n");
    const bool firstWritten = !tokens.isEmpty() && tokens.first().probability >= 0 && writing.view->selected() < 0;
    const int before = writing.view->count();
    QList<TokenView::Token> pieces;
    pieces.reserve(tokens.size());
    for (const GeneratedToken &token : tokens) {
        pieces.append({.text = pieceText(token.token),
                       .probability = token.probability,
                       .endsLine = token.token == lineEnd,
                       .marked = m_trainedLength > 0 && writing.read == m_trainedLength});
        writing.read = token.token == m_clearAt ? 1 : writing.read + 1;
    }
    writing.tokens.append(tokens);
    writing.view->append(pieces);
    findDifference();
    if (firstWritten && &writing == &m_written)
        showAlternatives(writing, before);
}

void GeneratePanel::showAlternatives(Writing &writing, int index)
{
    (&writing == &m_written ? m_trained : m_written).view->select(-1);
    writing.view->select(index);
    const GeneratedToken &token = writing.tokens[index];
    QList<AlternativesChart::Bar> bars;
    for (const TokenProbability &other : token.alternatives)
        bars.append({.label = QString::fromStdString(m_snapshot->vocabulary().label(other.token)),
                     .probability = other.probability,
                     .drawn = other.token == token.token});
    m_chart->setEmptyText(tr("This token was given, not written: click a coloured one."));
    m_chart->setBars(bars);
}

void GeneratePanel::showHover(const Writing &writing, int index)
{
    if (index < 0)
        return emit m_workspace->readout({});
    const GeneratedToken &token = writing.tokens[index];
    const QString label = QString::fromStdString(m_snapshot->vocabulary().label(token.token));
    emit m_workspace->readout(token.probability < 0
                                  ? tr("Token “%1” at position %2, given by the prompt").arg(label).arg(token.position)
                                  : tr("Token “%1” at position %2, written with probability %3")
                                        .arg(label)
                                        .arg(token.position)
                                        .arg(static_cast<double>(token.probability), 0, 'g', 4));
}

void GeneratePanel::fail(const QString &why)
{
    end(why);
    emit finished(false);
}

void GeneratePanel::end(const QString &state)
{
    m_state->setText(state);
    m_state->setToolTip(state);
    m_stop->setEnabled(false);
}

QString GeneratePanel::text() const
{
    if (!m_snapshot)
        return {};
    std::vector<std::int64_t> tokens;
    for (const GeneratedToken &token : m_written.tokens)
        tokens.push_back(token.token);
    return QString::fromStdString(m_snapshot->vocabulary().decode(tokens));
}

QString GeneratePanel::table() const
{
    QString table = QStringLiteral("position\ttoken\tprobability\n");
    for (const GeneratedToken &token : m_written.tokens)
        table += QStringLiteral("%1\t%2\t%3\n")
                     .arg(QString::number(token.position),
                          QString::fromStdString(m_snapshot->vocabulary().label(token.token)),
                          token.probability < 0 ? QString() : exactNumber(token.probability));
    return table;
}

} // namespace samout
