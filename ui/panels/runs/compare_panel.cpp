// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/runs/compare_panel.h"

#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/plots/color_map.h"
#include "ui/plots/heatmap.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/token_view.h"
#include "ui/work/worker.h"

#include <QGridLayout>
#include <QLabel>
#include <QShowEvent>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

/// The comparison waits until nothing was typed for this long.
constexpr int restMilliseconds = 150;
std::vector<float> turned(const Grid &grid)
{
    std::vector<float> values(grid.values.size());
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            values[static_cast<std::size_t>(col) * static_cast<std::size_t>(grid.rows) +
                   static_cast<std::size_t>(row)] = grid.at(row, col);
    return values;
}

QList<TokenView::Token> tokensOf(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens,
                                 const std::vector<float> &losses)
{
    QList<TokenView::Token> all;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        TokenView::Token token;
        token.text = QString::fromStdString(vocabulary.label(tokens[i]));
        if (token.text == QStringLiteral("␣"))
            token.text = QStringLiteral(" ");
        if (vocabulary.isNumbers())
            token.text += QLatin1Char(' ');
        if (i < losses.size() && std::isfinite(losses[i]))
            token.probability = std::exp(-losses[i]);
        token.endsLine = token.text == QStringLiteral("⏎");
        all.append(token);
    }
    return all;
}

} // namespace

ComparePanel::ComparePanel(Workspace *workspace, QWidget *parent)
    : PlotPanel(
          tr("Compare"),
          tr("Two networks on the same text: choose a step on the timeline and press Compare, or choose two runs. What "
             "you change in the What if panel is compared with the network as trained."),
          parent),
      m_workspace(workspace), m_background(std::make_unique<WorkLane>(WorkKind::Short)), m_sides(new QLabel),
      m_alphas(new QLabel), m_one(new Heatmap), m_two(new Heatmap), m_difference(new Heatmap)
{
    QToolButton *clear = addButton(tr("Clear"), tr("Compare with nothing."), false);
    setCommand(clear, "compare.clear");
    connect(clear, &QToolButton::clicked, workspace, [workspace] { workspace->compareWith(nullptr, {}); });
    connect(workspace, &Workspace::otherChanged, this, &ComparePanel::takeOther);

    auto *grid = new QGridLayout(content());
    grid->setContentsMargins(12, 0, 12, 8);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    m_sides->setTextFormat(Qt::PlainText);
    m_sides->setWordWrap(true);
    m_alphas->setTextFormat(Qt::PlainText);
    m_alphas->setWordWrap(true);
    grid->addWidget(m_sides, 0, 0, 1, 6);
    int column = 0;
    for (Heatmap *map : {m_one, m_two, m_difference}) {
        grid->addWidget(map, 1, column, 1, 2);
        connect(map, &Heatmap::hovered, this, [this, map](int row, int col) { readState(map, row, col); });
        column += 2;
    }
    m_one->setTitle(tr("A: states"));
    m_two->setTitle(tr("B: states"));
    m_difference->setTitle(tr("B − A"));
    m_difference->setEmptyText(tr("Networks of different sizes have no difference."));
    grid->addWidget(m_alphas, 2, 0, 1, 6);
    for (int side = 0; side < 2; ++side) {
        const QString letter = side == 0 ? QStringLiteral("A") : QStringLiteral("B");
        m_text[side] = new TokenView;
        m_written[side] = new TokenView;
        m_text[side]->setToolTip(tr("How sure %1 was of each token of the text.").arg(letter));
        m_written[side]->setToolTip(
            tr("What %1 writes after the beginning of the text, from the same seed.").arg(letter));
        grid->addWidget(new QLabel(tr("%1 reads").arg(letter)), 3, 3 * side, 1, 3);
        grid->addWidget(m_text[side], 4, 3 * side, 1, 3);
        grid->addWidget(new QLabel(tr("%1 writes").arg(letter)), 5, 3 * side, 1, 3);
        grid->addWidget(m_written[side], 6, 3 * side, 1, 3);
        connect(m_text[side], &TokenView::hovered, this, [this](int token) {
            if (!m_compared || token < 0)
                return m_workspace->readout({});
            const auto at = static_cast<std::size_t>(token);
            const auto loss = [at](const Compared::Side &s) {
                return at < s.losses.size() ? shortNumber(s.losses[at]) : QStringLiteral("-");
            };
            emit m_workspace->readout(tr("Token %1: loss of A %2, of B %3 (nats)")
                                          .arg(token)
                                          .arg(loss(m_compared->one), loss(m_compared->other)));
        });
    }
    grid->setRowStretch(1, 1);
    for (TokenView *view : {m_text[0], m_text[1], m_written[0], m_written[1]})
        view->setFixedHeight(3 * fontMetrics().height());
    for (int i = 0; i < 6; ++i)
        grid->setColumnStretch(i, 1);

    m_due.setSingleShot(true);
    m_due.setInterval(restMilliseconds);
    connect(&m_due, &QTimer::timeout, this, &ComparePanel::askToCompare);
    for (auto changed : {&Workspace::snapshotChanged, &Workspace::textChanged, &Workspace::layerChanged})
        connect(workspace, changed, this, [this] {
            if ((other() || (comparesSides() && isVisible())) && !m_due.isActive())
                m_due.start();
        });
    connect(workspace, &Workspace::interventionsChanged, this, [this] {
        if (!other() && !comparesSides()) {
            m_compared.reset();
            header()->setNote({});
            return setEmpty(true);
        }
        if ((other() || isVisible()) && !m_due.isActive())
            m_due.start();
    });
}

ComparePanel::~ComparePanel() = default;

const std::shared_ptr<const Snapshot> &ComparePanel::other() const { return m_workspace->other(); }

void ComparePanel::takeOther()
{
    m_compared.reset();
    emit wanted();
    if (!other() && !comparesSides())
        return setEmpty(true);
    askToCompare();
}

/// Whether the panel compares the network as trained with the network as changed: if there is no other network and
/// there are interventions.
bool ComparePanel::comparesSides() const { return !other() && !m_workspace->interventions().empty(); }

void ComparePanel::showEvent(QShowEvent *event)
{
    PlotPanel::showEvent(event);
    if (other() || comparesSides())
        m_due.start();
}

/// Starts a comparison. Only one runs at a time; the newest request waits for its end.
void ComparePanel::askToCompare()
{
    if ((!other() && !comparesSides()) || !m_workspace->snapshot() || m_workspace->text().isEmpty())
        return;
    if (m_busy) {
        m_again = true;
        return;
    }
    m_busy = true;
    ComparisonQuestion question = comparisonOf(m_workspace->snapshot(), other() ? other() : m_workspace->snapshot(),
                                               m_workspace->text().toStdString());
    // The interventions apply to B if the sides are compared, else to A.
    if (comparesSides())
        question.otherChanged = m_workspace->interventions();
    else if (m_workspace->side() != Side::AsTrained)
        question.oneChanged = m_workspace->interventions();
    question.layer = m_workspace->layer();
    const TrainingFacts *training = m_workspace->training();
    if (training && training->data->lineEnd())
        question.end = "\n";
    auto answer = std::make_shared<std::shared_ptr<const Compared>>();
    m_background->run(
        [answer, question] { *answer = compare(question); },
        [this, answer, prompt = question.prompt, asked = other(), sides = comparesSides()](const QString &error) {
            m_busy = false;
            m_prompt = prompt;
            if (!error.isEmpty())
                emit m_workspace->readout(error);
            else if (asked == other() && sides == comparesSides())
                show(*answer);
            else
                m_again = other() || comparesSides();
            if (std::exchange(m_again, false))
                askToCompare();
        });
}

void ComparePanel::show(const std::shared_ptr<const Compared> &compared)
{
    m_compared = compared;
    setEmpty(false);
    const bool changed =
        !compared->one.examination->interventions.empty() || !compared->other.examination->interventions.empty();
    header()->setNote(changed ? tr("as changed") : QString(), tr("With the interventions of the What if panel."));
    const QString one =
        m_workspace->training() ? QString::fromStdString(m_workspace->training()->run.filename().string()) : QString();
    if (!other())
        m_sides->setText(tr("A: as trained, B: as changed in the What if panel; both of step %1.")
                             .arg(compared->one.examination->snapshot->step()));
    else
        m_sides->setText(tr("A: %1, step %2.   B: %3, step %4.")
                             .arg(one.isEmpty() ? tr("what is looked at") : one)
                             .arg(compared->one.examination->snapshot->step())
                             .arg(m_workspace->otherName())
                             .arg(compared->other.examination->snapshot->step()));
    if (compared->one.cut)
        m_sides->setText(m_sides->text() + QStringLiteral("   ") +
                         tr("Only the first %L1 tokens of the text are compared.").arg(comparedTokens));
    m_alphas->setText(alphaLine());
    showStates();
    showTexts();
    emit shown();
}

/// Rows are channels, columns are tokens. Both states share one range; the difference has a range around 0.
void ComparePanel::showStates()
{
    const Grid &one = m_compared->one.states, &two = m_compared->other.states,
               &difference = m_compared->stateDifference;
    float low = INFINITY, high = -INFINITY, most = 0;
    for (const Grid *grid : {&one, &two})
        for (const float value : grid->values)
            if (std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
    for (const float value : difference.values)
        if (std::isfinite(value))
            most = std::max(most, std::abs(value));
    QStringList labels;
    const Vocabulary &vocabulary = m_compared->one.examination->snapshot->vocabulary();
    for (const auto token : m_compared->one.examination->tokens)
        labels += QString::fromStdString(vocabulary.label(token));
    for (const auto &[map, grid] : {std::pair(m_one, &one), std::pair(m_two, &two)}) {
        map->setValues(grid->cols, grid->rows, turned(*grid));
        map->setColors(ColorMap::cividis(), Heatmap::Scale::Linear, low, high);
        map->setColumnLabels(labels);
    }
    m_difference->setValues(difference.cols, difference.rows, turned(difference));
    m_difference->setColors(ColorMap::diverging(PlotTheme::of(*this).dark), Heatmap::Scale::Linear, -most, most);
    m_difference->setColumnLabels(labels);
}

void ComparePanel::showTexts()
{
    for (int i = 0; i < 2; ++i) {
        const Compared::Side &side = i == 0 ? m_compared->one : m_compared->other;
        const Vocabulary &vocabulary = side.examination->snapshot->vocabulary();
        m_text[i]->clear();
        m_text[i]->append(tokensOf(vocabulary, side.examination->tokens, side.losses));
        QList<TokenView::Token> written = tokensOf(vocabulary, side.written, {});
        if (m_compared->firstDifference && static_cast<qsizetype>(*m_compared->firstDifference) < written.size())
            written[static_cast<qsizetype>(*m_compared->firstDifference)].marked = true;
        m_written[i]->clear();
        m_written[i]->append(tokensOf(vocabulary, vocabulary.encode(m_prompt), {}) + written);
    }
}

QString ComparePanel::alphaLine() const
{
    QStringList lines;
    const std::vector<float> &one = m_compared->one.alphas, &two = m_compared->other.alphas;
    for (std::size_t layer = 0; layer < std::min(one.size(), two.size()); ++layer)
        lines +=
            tr("%1: %2 → %3").arg(layer).arg(QString::number(one[layer], 'f', 3), QString::number(two[layer], 'f', 3));
    return tr("Alpha by layer, A → B:  %1").arg(lines.join(QStringLiteral("   ")));
}

void ComparePanel::readState(const Heatmap *map, int channel, int token)
{
    if (!m_compared || channel < 0 || token < 0)
        return m_workspace->readout({});
    emit m_workspace->readout(tr("%1, channel %2, token %3: %4")
                                  .arg(map == m_one   ? tr("State of A")
                                       : map == m_two ? tr("State of B")
                                                      : tr("Difference of the states"))
                                  .arg(channel)
                                  .arg(token)
                                  .arg(exactNumber(map->value(channel, token))));
}

QString ComparePanel::table() const
{
    return QString::fromStdString(tabSeparated(tableOf(m_compared ? *m_compared : Compared())));
}

} // namespace samout
