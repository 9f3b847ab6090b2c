// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/alike_panel.h"

#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/number_ranges.h"
#include "ui/widgets/quiet_line.h"
#include "ui/widgets/text_tokens.h"

#include <QComboBox>
#include <QEvent>
#include <QLabel>
#include <QLineEdit>
#include <QShowEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace samout {

AlikePanel::AlikePanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(tr("Find alike"),
                    tr("Passages of the data in which a head holds the same channels together as in the text at the "
                       "bottom will be found here: press Start to train."),
                    parent),
      m_workspace(workspace), m_text(new TokenView), m_channels(new QLineEdit), m_summary(new QLabel),
      m_remark(new QuietLine), m_list(new PassageList), m_run(*workspace)
{
    setFocusPolicy(Qt::StrongFocus);
    m_heads = addChoice({}, tr("The head whose channels are looked for, in the layer that the States panel shows."));
    m_sinces =
        addChoice({}, tr("Since when the channels are held: the channels that were set at the same token and have not "
                         "changed until the last token of the stretch."));
    m_find =
        addButton(tr("Find"),
                  tr("Looks through up to 1,000,000 tokens of different passages of the training data. The first time "
                     "with these weights the data is read, which takes some seconds; from then on a search takes less "
                     "than one."),
                  false);
    connect(m_heads, &QComboBox::currentIndexChanged, this, &AlikePanel::suggest);
    connect(m_sinces, &QComboBox::currentIndexChanged, this, &AlikePanel::suggestChannels);
    setCommand(m_find, "panel.measure");
    connect(m_find, &QToolButton::clicked, this, &AlikePanel::find);

    m_text->setToolTip(
        tr("The text to look at. Click the last token of the stretch; the ground of a token says how much "
           "of the head's state is then still held since it (yellow: all). Where the difference is shown it says "
           "how much more (red) or less (blue) than as trained."));
    m_text->setFixedHeight(3 * fontMetrics().height());
    m_channels->setToolTip(tr("The channels of the head, from 0 on: 0, 3, 7-9."));
    m_channels->setAccessibleName(tr("Channels"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setToolTip(tr(
        "Score: of every chosen channel that is set at the beginning of the stretch, the tokens are counted before it "
        "changes again, at most as many as the stretch has; their sum over all channels and tokens. 1: all are set "
        "there and held to the end. The first token of a sequence sets every channel, so it counts only for stretches "
        "that begin there themselves."));

    auto *label = new QLabel(tr("Channels"));
    label->setBuddy(m_channels);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(label);
    line->addWidget(m_channels, 1);
    auto *column = new QVBoxLayout(content());
    column->setContentsMargins(12, 0, 12, 8);
    column->setSpacing(8);
    column->addWidget(m_text);
    column->addLayout(line);
    column->addWidget(m_summary);
    column->addWidget(m_remark);
    column->addWidget(m_list, 1);
    layout()->addWidget(new JobBar(&m_job, tr("Reading the data"), this));

    connect(m_text, &TokenView::clicked, this, &AlikePanel::setEnd);
    connect(m_list, &PassageList::itemDoubleClicked, this,
            [this](QTreeWidgetItem *item) { lookAt(m_list->indexOfTopLevelItem(item)); });
    connect(&m_job, &Job::failed, m_summary, &QLabel::setText);
    connect(workspace, &Workspace::cursorChanged, this, &AlikePanel::takeCursor);
    connect(workspace, &Workspace::layerChanged, this, &AlikePanel::questionChanged);
    connect(workspace, &Workspace::snapshotChanged, this, &AlikePanel::showRemark);
    connect(workspace, &Workspace::interventionsChanged, this, &AlikePanel::showRemark);
    connect(workspace, &Workspace::trainingChanged, this, &AlikePanel::takeTraining);
    choices().add(QStringLiteral("head"), m_heads);
    forget();
}

void AlikePanel::ask(Question &question) const
{
    if (!isVisible())
        return;
    if (std::find(question.layers.begin(), question.layers.end(), m_workspace->layer()) == question.layers.end())
        question.layers.push_back(m_workspace->layer());
    question.winners = true;
}

void AlikePanel::setExamination(std::shared_ptr<const Examination> examination)
{
    if (!examination || !examination->findWinners(m_workspace->layer()))
        return;
    m_examination = std::move(examination);
    m_stale = true;
    if (!isVisible())
        return;
    m_stale = false;
    const bool thinned = m_examination->every > 1;
    for (QWidget *control : std::initializer_list<QWidget *>{m_heads, m_sinces, m_find})
        control->setEnabled(!thinned);
    if (thinned)
        return showSentence(tr("The text is too long to look for passages like it: one token of every %1 is kept, and "
                               "the search needs the very tokens at which channels were set. Shorten the text.")
                                .arg(m_examination->every));
    setEmpty(false);
    const auto last = static_cast<int>(m_examination->tokens.size()) - 1;
    if (m_end < 0 || m_end > last)
        m_end = last;
    const auto heads = static_cast<int>(m_examination->snapshot->config().numHeads);
    if (m_heads->count() != heads) {
        const QSignalBlocker quiet(m_heads);
        m_heads->clear();
        for (int head = 0; head < heads; ++head)
            m_heads->addItem(tr("head %1").arg(head));
    }
    suggest();
}

const Winners *AlikePanel::winners() const
{
    return m_examination && m_examination->every == 1 ? m_examination->findWinners(m_workspace->layer()) : nullptr;
}

std::vector<int> AlikePanel::heldSince(const Winners &held) const
{
    const auto hidden = static_cast<int>(m_examination->snapshot->config().hiddenSize);
    const auto first = held.since.begin() + m_end * hidden + m_heads->currentIndex() * headSize();
    return {first, first + headSize()};
}

int AlikePanel::headSize() const { return static_cast<int>(m_examination->snapshot->config().headSize()); }

int AlikePanel::since() const
{
    const QVariant since = m_sinces->currentData();
    return since.isValid() ? since.toInt() : -1;
}

/// Groups the head's channels at the end of the stretch by the token since which they are held; the largest group
/// first.
void AlikePanel::suggest()
{
    const Winners *held = winners();
    if (!held || m_end < 0 || m_end >= static_cast<int>(m_examination->tokens.size()) || m_heads->currentIndex() < 0)
        return;
    const int before = since();
    const std::vector<HeldGroup> groups =
        heldGroups(*held, m_examination->snapshot->config(), m_heads->currentIndex(), m_end);
    {
        const QSignalBlocker quiet(m_sinces);
        m_sinces->clear();
        const Vocabulary &vocabulary = m_examination->snapshot->vocabulary();
        for (const auto &[since, channels] : groups)
            m_sinces->addItem(tr("%n held since \"%1\" (%2)", nullptr, static_cast<int>(channels.size()))
                                  .arg(QString::fromStdString(
                                      vocabulary.label(m_examination->tokens[static_cast<std::size_t>(since)])))
                                  .arg(since),
                              since);
        m_sinces->setCurrentIndex(std::max(0, m_sinces->findData(before)));
    }
    suggestChannels();
}

void AlikePanel::suggestChannels()
{
    const Winners *held = winners();
    if (!held)
        return;
    const std::vector<int> sinces = heldSince(*held);
    std::vector<int> channels;
    for (int c = 0; c < headSize() && since() >= 0; ++c)
        if (sinces[static_cast<std::size_t>(c)] == since())
            channels.push_back(c);
    if (!m_channels->hasFocus() || m_channels->text().isEmpty())
        m_channels->setText(rangesOf(channels));
    showText();
}

/// Shows the text; the colour behind each token is the share of the head's channels that are held since that token.
void AlikePanel::showText()
{
    const auto sharesOf = [&](const Examination &examination) {
        std::vector<float> shares(examination.tokens.size());
        for (const int since : heldSince(*examination.findWinners(m_workspace->layer())))
            if (since >= 0)
                shares[static_cast<std::size_t>(since)] += 1 / static_cast<float>(headSize());
        return shares;
    };
    std::vector<float> shares = sharesOf(*m_examination);
    float most = 0;
    if (m_examination->trained) {
        const std::vector<float> trained = sharesOf(*m_examination->trained);
        for (std::size_t i = 0; i < shares.size(); ++i) {
            shares[i] -= trained[i];
            most = std::max(most, std::abs(shares[i]));
        }
    }
    const ColorMap &colors = ColorMap::diverging(PlotTheme::of(*this).dark);
    QList<TokenView::Token> tokens = textTokens(m_examination->snapshot->vocabulary(), m_examination->tokens);
    for (std::size_t i = 0; i < shares.size(); ++i) {
        TokenView::Token &token = tokens[static_cast<qsizetype>(i)];
        token.endsLine = false; // the panel has room for few lines
        if (most > 0 && shares[i] != 0)
            token.ground = QColor::fromRgb(
                colors.colors[static_cast<std::size_t>(std::lround((0.5F + shares[i] / most / 2) * 255))]);
        else if (shares[i] > 0)
            token.probability = shares[i];
    }
    m_text->clear();
    m_text->append(tokens);
    m_text->select(m_end);
}

void AlikePanel::setEnd(int token)
{
    if (!m_examination || token < 0 || token >= static_cast<int>(m_examination->tokens.size()))
        return;
    m_end = token;
    suggest();
}

/// Follows the shared cursor to a cell and suggests the channels held there; stays if the cursor leaves.
void AlikePanel::takeCursor()
{
    const int token = m_workspace->cursorToken(), channel = m_workspace->cursorChannel();
    const Winners *held = winners();
    if (!isVisible() || !held || token < 0 || token >= static_cast<int>(m_examination->tokens.size()))
        return;
    m_end = token;
    const auto hidden = static_cast<int>(m_examination->snapshot->config().hiddenSize);
    if (channel < 0 || channel >= hidden)
        return suggest();
    {
        const QSignalBlocker quiet(m_heads);
        m_heads->setCurrentIndex(channel / headSize());
    }
    suggest();
    m_sinces->setCurrentIndex(
        std::max(0, m_sinces->findData(held->since[static_cast<std::size_t>(token * hidden + channel)])));
}

std::vector<int> AlikePanel::channels() const
{
    if (!m_examination)
        return {};
    std::vector<int> channels = numbersOf(m_channels->text());
    for (int &channel : channels) {
        if (channel >= headSize())
            return {};
        channel += m_heads->currentIndex() * headSize();
    }
    return channels;
}

void AlikePanel::find()
{
    const TrainingFacts *training = m_workspace->training();
    if (!winners() || since() < 0)
        return;
    if (!training || !training->data)
        return m_summary->setText(tr("There is no data to look through: train, or open a run."));
    auto search = std::make_shared<AlikeSearch>();
    search->question.channels = channels();
    if (search->question.channels.empty())
        return m_summary->setText(
            tr("The channels cannot be read: \"%1\". Write numbers from 0 to %2, as in \"0, 3, 7-9\".")
                .arg(m_channels->text())
                .arg(headSize() - 1));
    search->question.layer = m_workspace->layer();
    search->question.length = m_end - since() + 1;
    search->question.fromBeginning = since() == 0;
    search->data = training->data;
    search->subject = Subject::of(m_examination->snapshot, m_examination->interventions,
                                  m_examination->trained ? Side::Difference : Side::AsChanged);
    search->tokens = m_indexed;
    if (m_found && m_found->data == search->data)
        search->indexes = m_found->indexes;
    m_job.run([search](const Job::Progress &progress, const std::stop_token &stop) { search->run(progress, stop); },
              [this, search, name = m_workspace->snapshotName(), run = m_run.number()] {
                  if (run == m_run.number())
                      present(search, name);
              });
}

void AlikePanel::present(std::shared_ptr<const AlikeSearch> search, const QString &name)
{
    m_found = std::move(search);
    m_foundOf = {m_found->subject, name};
    m_list->setFound(m_found.get());
    m_summary->setText(foundSentence());
    showRemark();
    emit found();
}

QString AlikePanel::foundSentence() const
{
    const Passages &passages = m_found->passages();
    QStringList sentences{tr("Step %1: %L2 channels over %L3 tokens, looked for in the %L4 different passages (%L5 "
                             "tokens) of %L6 tokens of the data.")
                              .arg(m_found->subject.trained->step())
                              .arg(m_found->question.channels.size())
                              .arg(m_found->question.length)
                              .arg(passages.count())
                              .arg(passages.tokens.size())
                              .arg(m_found->tokensRead())};
    if (m_found->isDifference()) {
        const AlikeDifference &difference = m_found->difference;
        sentences << tr("All are held together in %L1 of them by both networks, in %L2 only as changed, in %L3 only as "
                        "trained; the mean score is %4, as trained %5.")
                         .arg(difference.both)
                         .arg(difference.onlyOne)
                         .arg(difference.onlyOther)
                         .arg(difference.meanOne, 0, 'f', 3)
                         .arg(difference.meanOther, 0, 'f', 3);
        if (difference.largest.empty())
            sentences << tr("No passage is held differently: a change acts on the states of the layers after it.");
    } else {
        sentences << tr("All are held together in %L1 of them; the mean score is %2.")
                         .arg(m_found->answer.complete)
                         .arg(m_found->answer.meanScore, 0, 'f', 3);
    }
    return sentences.join(QLatin1Char(' '));
}

void AlikePanel::showRemark()
{
    m_remark->say(m_found ? m_foundOf.remark(MeasuredOf::shown(*m_workspace), tr("Find")) : QString());
}

void AlikePanel::takeTraining()
{
    if (!m_run.renew(*m_workspace))
        return;
    m_job.stop();
    forget();
}

void AlikePanel::forget()
{
    m_found.reset();
    m_list->setFound(nullptr);
    m_summary->setText(tr("Click a token, choose since when, and press Find."));
    showRemark();
}

void AlikePanel::lookAt(int row)
{
    if (!m_found || row < 0 || row >= m_list->topLevelItemCount())
        return;
    const AlikePlace place = m_list->place(row);
    const auto passage = m_found->passages().at(place.passage);
    m_end = static_cast<int>(
        std::min<std::int64_t>(place.begin + m_found->question.length, static_cast<std::int64_t>(passage.size())) - 1);
    const std::vector<std::int64_t> tokens(passage.begin(), passage.end());
    m_workspace->setText(QString::fromStdString(m_found->subject.trained->vocabulary().decode(tokens)));
}

const AlikeAnswer *AlikePanel::answer() const
{
    return m_found && !m_found->isDifference() ? &m_found->answer : nullptr;
}

const AlikeDifference *AlikePanel::difference() const
{
    return m_found && m_found->isDifference() ? &m_found->difference : nullptr;
}

QString AlikePanel::summary() const { return m_summary->text(); }

QString AlikePanel::remark() const { return m_remark->text(); }

QString AlikePanel::table() const
{
    return QString::fromStdString(tabSeparated(m_found ? m_found->table() : AlikeSearch().tableOf({})));
}

void AlikePanel::showEvent(QShowEvent *event)
{
    ExaminedPanel::showEvent(event);
    if (m_stale)
        setExamination(m_examination);
}

void AlikePanel::changeEvent(QEvent *event)
{
    ExaminedPanel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_stale && winners())
        showText();
}

} // namespace samout
