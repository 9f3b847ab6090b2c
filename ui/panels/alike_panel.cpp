#include "ui/panels/alike_panel.h"

#include "core/base/error.h"
#include "ui/panels/job_bar.h"
#include "ui/panels/quiet_line.h"
#include "ui/panels/token_view.h"
#include "ui/plots/color_map.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpression>
#include <QShowEvent>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <map>

namespace samout {

namespace {

enum Column { Score, Times, Text };
enum Role { BeforeRole = Qt::UserRole, StretchRole, AfterRole };
/// The share of the job that reading the data is; the rest is the network over it.
constexpr double readingShare = 0.1;

QString shown(const Vocabulary &vocabulary, std::int64_t token)
{
    const QString label = QString::fromStdString(vocabulary.label(token));
    if (label == QStringLiteral("␣"))
        return QStringLiteral(" ");
    return vocabulary.isNumbers() ? label + QLatin1Char(' ') : label;
}

/// A passage with the stretch on a ground of its own.
class PassageDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, QModelIndex());
        const PlotTheme theme = PlotTheme::of(*option.widget);
        const bool selected = option.state & QStyle::State_Selected;
        const QColor ground = blended(theme.background, categoryColor(5, theme.dark), 0.45);
        painter->save();
        painter->setClipRect(option.rect);
        int x = option.rect.left() + 4;
        const QFontMetrics metrics(option.font);
        for (const int role : {BeforeRole, StretchRole, AfterRole}) {
            const QString text = index.data(role).toString();
            const QRect place(x, option.rect.top(), metrics.horizontalAdvance(text), option.rect.height());
            if (role == StretchRole && !selected)
                painter->fillRect(place.adjusted(0, 1, 0, -1), ground);
            QFont font = option.font;
            font.setUnderline(role == StretchRole); // not by colour alone
            painter->setFont(font);
            painter->setPen(selected ? option.palette.color(QPalette::HighlightedText) : theme.text);
            painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
            x += place.width();
        }
        painter->restore();
    }
};

/// "0, 3, 7-9" of a head's channels.
std::vector<int> readNumbers(const QString &text)
{
    static const QRegularExpression part(QStringLiteral("^(\\d{1,6})(?:\\s*[-–]\\s*(\\d{1,6}))?$"));
    std::vector<int> numbers;
    for (const QString &piece : text.split(QRegularExpression(QStringLiteral("[,;]")), Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = part.match(piece.trimmed());
        if (!match.hasMatch())
            return {};
        const int first = match.captured(1).toInt();
        const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
        for (int number = first; number <= std::min(last, first + 100'000); ++number)
            numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

QString writeNumbers(const std::vector<int> &numbers)
{
    QStringList pieces;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        if (last < i + 2)
            last = i;
        pieces << (last == i ? QString::number(numbers[i])
                             : QStringLiteral("%1-%2").arg(numbers[i]).arg(numbers[last]));
        i = last + 1;
    }
    return pieces.join(QStringLiteral(", "));
}

} // namespace

/// What a search takes along, and brings back.
struct AlikePanel::Search {
    std::shared_ptr<const Dataset> data;
    MeasuredOf of;
    qint64 tokens = 0;
    AlikeQuestion question;
    std::shared_ptr<const ChangeIndex> index;
    AlikeAnswer answer;

    void run(const Job::Progress &progress, const std::stop_token &stop)
    {
        if (!index) {
            if (!(data->vocabulary() == of.trained->vocabulary()))
                throw Error("The network reads other tokens than the data of the run has; look for passages with a "
                            "network that was trained on this data.");
            Passages passages = readPassages(
                *data, tokens, [&](double share) { progress(readingShare * std::min(1.0, share)); }, stop);
            index = ChangeIndex::make(
                of.networks().front(), std::move(passages),
                [&](double share) { progress(readingShare + (1 - readingShare) * share); }, stop);
        }
        if (index)
            answer = findAlike(*index, question, stop);
    }
};

AlikePanel::AlikePanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(tr("Find alike"),
                    tr("Passages of the data in which a head holds the same channels together as in the text at the "
                       "bottom will be found here: press Start to train."),
                    parent),
      m_workspace(workspace), m_text(new TokenView), m_channels(new QLineEdit), m_summary(new QLabel),
      m_remark(new QuietLine), m_list(new QTreeWidget), m_run(*workspace)
{
    setFocusPolicy(Qt::StrongFocus);
    m_heads = addChoice({}, tr("The head whose channels are looked for, in the layer that the States panel shows."));
    m_sinces = addChoice({}, tr("Since when the channels are held: those that were set at the same token and have not "
                                "changed until the last token of the stretch."));
    m_find =
        addButton(tr("Find"),
                  tr("Looks through up to 1,000,000 tokens of different passages of the training data. The first time "
                     "with these weights the data is read, which takes some seconds; from then on a search takes less "
                     "than one."),
                  false);
    connect(m_heads, &QComboBox::currentIndexChanged, this, &AlikePanel::suggest);
    connect(m_sinces, &QComboBox::currentIndexChanged, this, &AlikePanel::suggestChannels);
    connect(m_find, &QToolButton::clicked, this, &AlikePanel::find);

    m_text->setToolTip(
        tr("The text to look at. Click the last token of the stretch; the ground of a token says how much "
           "of the head's state is then still held since it (yellow: all)."));
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
    m_list->setColumnCount(3);
    m_list->setHeaderLabels({tr("Score"), tr("Times"), tr("Passage")});
    m_list->headerItem()->setToolTip(Times, tr("How often the passage was in the data that was read."));
    m_list->setRootIsDecorated(false);
    m_list->setUniformRowHeights(true);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setItemDelegateForColumn(Text, new PassageDelegate(m_list));
    m_list->header()->setStretchLastSection(true);
    m_list->header()->setSectionResizeMode(Score, QHeaderView::ResizeToContents);
    m_list->header()->setSectionResizeMode(Times, QHeaderView::ResizeToContents);
    m_list->setToolTip(tr("A double-click looks at the passage: it becomes the text at the bottom."));

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
    connect(m_list, &QTreeWidget::itemDoubleClicked, this,
            [this](QTreeWidgetItem *item) { lookAt(m_list->indexOfTopLevelItem(item)); });
    connect(&m_job, &Job::failed, m_summary, &QLabel::setText);
    connect(workspace, &Workspace::cursorChanged, this, &AlikePanel::takeCursor);
    connect(workspace, &Workspace::layerChanged, this, &AlikePanel::questionChanged);
    connect(workspace, &Workspace::snapshotChanged, this, &AlikePanel::showRemark);
    connect(workspace, &Workspace::interventionsChanged, this, &AlikePanel::showRemark);
    connect(workspace, &Workspace::trainingChanged, this, &AlikePanel::takeTraining);
    forget();
}

void AlikePanel::addWishes(Question &question) const
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
    return m_examination ? m_examination->findWinners(m_workspace->layer()) : nullptr;
}

int AlikePanel::headSize() const { return static_cast<int>(m_examination->snapshot->config().headSize()); }

int AlikePanel::since() const
{
    const QVariant since = m_sinces->currentData();
    return since.isValid() ? since.toInt() : -1;
}

/// The head's channels at the end of the stretch, by the token since which they are held; the largest group first.
void AlikePanel::suggest()
{
    const Winners *held = winners();
    if (!held || m_end < 0 || m_end >= static_cast<int>(m_examination->tokens.size()) || m_heads->currentIndex() < 0)
        return;
    const int before = since();
    const auto hidden = static_cast<int>(m_examination->snapshot->config().hiddenSize);
    std::map<int, int> groups;
    for (int c = 0; c < headSize(); ++c) {
        const int since =
            held->since[static_cast<std::size_t>(m_end * hidden + m_heads->currentIndex() * headSize() + c)];
        if (since >= 0)
            ++groups[since];
    }
    std::vector<std::pair<int, int>> sorted(groups.begin(), groups.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto &a, const auto &b) { return a.second > b.second; });
    {
        const QSignalBlocker quiet(m_sinces);
        m_sinces->clear();
        const Vocabulary &vocabulary = m_examination->snapshot->vocabulary();
        for (const auto &[since, count] : sorted)
            m_sinces->addItem(tr("%n held since \"%1\" (%2)", nullptr, count)
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
    const auto hidden = static_cast<int>(m_examination->snapshot->config().hiddenSize);
    std::vector<int> channels;
    for (int c = 0; c < headSize() && since() >= 0; ++c)
        if (held->since[static_cast<std::size_t>(m_end * hidden + m_heads->currentIndex() * headSize() + c)] == since())
            channels.push_back(c);
    if (!m_channels->hasFocus() || m_channels->text().isEmpty())
        m_channels->setText(writeNumbers(channels));
    showText();
}

/// The text, on grounds that say how much of the head is held since each token.
void AlikePanel::showText()
{
    const Winners *held = winners();
    const auto hidden = static_cast<int>(m_examination->snapshot->config().hiddenSize);
    std::vector<int> counts(m_examination->tokens.size());
    for (int c = 0; c < headSize(); ++c) {
        const int since =
            held->since[static_cast<std::size_t>(m_end * hidden + m_heads->currentIndex() * headSize() + c)];
        if (since >= 0)
            ++counts[static_cast<std::size_t>(since)];
    }
    QList<TokenView::Token> tokens;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        TokenView::Token token;
        token.text = shown(m_examination->snapshot->vocabulary(), m_examination->tokens[i]);
        if (counts[i] > 0)
            token.probability = static_cast<float>(counts[i]) / static_cast<float>(headSize());
        tokens << token;
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

/// What another panel points at is suggested; what it points away from stays.
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
    std::vector<int> channels = readNumbers(m_channels->text());
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
    if (!m_examination || since() < 0)
        return;
    if (!training || !training->data)
        return m_summary->setText(tr("There is no data to look through: train, or open a run."));
    auto search = std::make_shared<Search>();
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
    search->of = MeasuredOf::of(m_examination->snapshot, m_workspace->snapshotName(), m_examination->interventions,
                                Side::AsChanged);
    search->tokens = m_indexed;
    if (m_indexOf && m_indexOf->isSame(search->of) && m_indexData == search->data)
        search->index = m_index;
    m_job.run([search](const Job::Progress &progress, const std::stop_token &stop) { search->run(progress, stop); },
              [this, search, run = m_run.number()] {
                  if (run == m_run.number())
                      present(*search);
              });
}

void AlikePanel::present(const Search &search)
{
    m_index = search.index;
    m_indexOf = search.of;
    m_indexData = search.data;
    m_answer = std::make_shared<const AlikeAnswer>(search.answer);
    m_length = search.question.length;
    const Passages &passages = m_index->passages();
    m_list->clear();
    for (const AlikePlace &place : m_answer->best) {
        auto *item = new QTreeWidgetItem(m_list);
        item->setText(Score, QString::number(place.score, 'f', 3));
        item->setText(Times, QLocale().toString(passages.times[static_cast<std::size_t>(place.passage)]));
        item->setTextAlignment(Score, Qt::AlignRight | Qt::AlignVCenter);
        item->setTextAlignment(Times, Qt::AlignRight | Qt::AlignVCenter);
        const auto tokens = passages.at(place.passage);
        QString parts[3];
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            const auto at = static_cast<std::int64_t>(i);
            parts[at < place.begin              ? 0
                  : at < place.begin + m_length ? 1
                                                : 2] += shown(search.of.trained->vocabulary(), tokens[i]);
        }
        for (int i = 0; i < 3; ++i)
            item->setData(Text, BeforeRole + i, parts[i]);
        item->setData(Text, Qt::AccessibleTextRole, parts[0] + parts[1] + parts[2]);
    }
    std::int64_t read = 0;
    for (std::int64_t i = 0; i < passages.count(); ++i)
        read += passages.times[static_cast<std::size_t>(i)] * static_cast<std::int64_t>(passages.at(i).size());
    m_summary->setText(tr("Step %1: %L2 channels over %L3 tokens, looked for in the %L4 different passages (%L5 "
                          "tokens) of %L6 tokens of "
                          "the data. All are held together in %L7 of them; the mean score is %8.")
                           .arg(search.of.trained->step())
                           .arg(search.question.channels.size())
                           .arg(m_length)
                           .arg(passages.count())
                           .arg(passages.tokens.size())
                           .arg(read)
                           .arg(m_answer->complete)
                           .arg(m_answer->meanScore, 0, 'f', 3));
    showRemark();
    emit found();
}

/// A difference of places means nothing: where that is shown, they are those of the network as changed.
void AlikePanel::showRemark()
{
    if (!m_indexOf)
        return m_remark->say({});
    const MeasuredOf now = MeasuredOf::shown(*m_workspace, false);
    QStringList sentences{m_indexOf->remark(now, tr("Find"))};
    if (m_workspace->side() == Side::Difference && now.side == Side::AsChanged)
        sentences << tr("Places have no difference: what is found is as changed.");
    sentences.removeAll(QString());
    m_remark->say(sentences.join(QLatin1Char(' ')));
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
    m_index.reset();
    m_indexOf.reset();
    m_indexData.reset();
    m_answer.reset();
    m_list->clear();
    m_summary->setText(tr("Click a token, choose since when, and press Find."));
    showRemark();
}

void AlikePanel::lookAt(int row)
{
    if (!m_answer || row < 0 || row >= static_cast<int>(m_answer->best.size()))
        return;
    const AlikePlace &place = m_answer->best[static_cast<std::size_t>(row)];
    const auto passage = m_index->passages().at(place.passage);
    m_end =
        static_cast<int>(std::min<std::int64_t>(place.begin + m_length, static_cast<std::int64_t>(passage.size())) - 1);
    const std::vector<std::int64_t> tokens(passage.begin(), passage.end());
    m_workspace->setText(QString::fromStdString(m_index->snapshot()->vocabulary().decode(tokens)));
}

QString AlikePanel::summary() const { return m_summary->text(); }

QString AlikePanel::remark() const { return m_remark->text(); }

QString AlikePanel::table() const
{
    QString text = QStringLiteral("score\ttimes\tbefore\tstretch\tafter\n");
    for (int i = 0; i < m_list->topLevelItemCount(); ++i) {
        const QTreeWidgetItem *item = m_list->topLevelItem(i);
        text += QStringLiteral("%1\t%2")
                    .arg(exactNumber(m_answer->best[static_cast<std::size_t>(i)].score))
                    .arg(item->text(Times));
        for (int part = 0; part < 3; ++part)
            text += QLatin1Char('\t') + item->data(Text, BeforeRole + part).toString();
        text += QLatin1Char('\n');
    }
    return text;
}

void AlikePanel::showEvent(QShowEvent *event)
{
    ExaminedPanel::showEvent(event);
    if (m_stale)
        setExamination(m_examination);
}

} // namespace samout
