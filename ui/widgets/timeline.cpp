// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/timeline.h"

#include "core/train/edit_text.h"
#include "ui/models/commands.h"
#include "ui/plots/plot_theme.h"
#include "ui/work/shown_run.h"
#include "ui/work/translated.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QProgressBar>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

constexpr int margin = 6;
/// A step further ahead of the last one than this does not come from a sound run.
constexpr std::size_t mostAhead = 100'000'000;
/// The height of the marks of samples and snapshots, in pixels.
constexpr int markHeight = 6;
/// The dot of a breakpoint, as in debuggers.
constexpr double breakRadius = 3.5;
const QColor breakColor(0xd5, 0x5e, 0x00);
/// The distance at which the pointer is on a mark, in pixels.
constexpr double reach = 3;
/// Milliseconds for which each snapshot is shown while playing.
constexpr int playInterval = 250;

} // namespace

TimelineStrip::TimelineStrip(ShownRun *run, QWidget *parent) : QWidget(parent), m_run(run)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Timeline of the run"));
    setToolTip(tr("The run from its first step: the loss, a mark below for every snapshot and above for every sample. "
                  "A dashed line is a change that you made, a dot a breakpoint that was met. Drag or use the arrow "
                  "keys to look at a snapshot; double-click trains exactly that step again."));
    connect(run, &ShownRun::opened, this, [this] {
        m_losses.clear();
        update();
    });
    connect(run, &ShownRun::stepped, this, &TimelineStrip::addSteps);
    connect(run, &ShownRun::listsChanged, this, qOverload<>(&QWidget::update));
    connect(run, &ShownRun::positionChanged, this, qOverload<>(&QWidget::update));
}

void TimelineStrip::addSteps(const QList<StepMetrics> &steps)
{
    for (const StepMetrics &metrics : steps)
        if (!metrics.again && static_cast<std::size_t>(metrics.step) < m_losses.size() + mostAhead) {
            m_losses.resize(static_cast<std::size_t>(metrics.step), NAN);
            m_losses.back() = static_cast<float>(metrics.loss);
        }
    update();
}

double TimelineStrip::xOf(qint64 step) const
{
    const double last = std::max<double>(1, static_cast<double>(m_losses.size()));
    return margin + static_cast<double>(step) / last * (width() - 2 * margin);
}

/// A step that is not finite was rejected: until it is passed over, its mark stands at the last step.
double TimelineStrip::xOfBreak(const BreakpointHit &hit) const
{
    return xOf(std::min(hit.step, static_cast<std::int64_t>(m_losses.size())));
}

qint64 TimelineStrip::stepAt(double x) const
{
    const auto last = static_cast<double>(m_losses.size());
    return std::llround(std::clamp((x - margin) / std::max(1, width() - 2 * margin), 0.0, 1.0) * last);
}

void TimelineStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().base());
    if (m_losses.empty()) {
        painter.setPen(blended(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.6));
        painter.drawText(rect(), Qt::AlignCenter, tr("The steps of a training appear here."));
    } else {
        drawLoss(painter);
        drawMarks(painter);
        drawPosition(painter);
    }
    if (hasFocus()) {
        painter.setPen(palette().color(QPalette::Highlight));
        painter.drawRect(rect().adjusted(0, 0, -1, -1));
    }
}

/// A column of pixels shows the mean of a few of its steps; if there are more columns than steps, each step is a point.
void TimelineStrip::drawLoss(QPainter &painter) const
{
    constexpr std::size_t looks = 8;
    const auto steps = m_losses.size();
    const auto points = std::min(steps, static_cast<std::size_t>(std::max(1, width() - 2 * margin)));
    std::vector<double> means;
    double low = INFINITY, high = -INFINITY;
    for (std::size_t point = 0; point < points; ++point) {
        const std::size_t begin = steps * point / points, end = steps * (point + 1) / points;
        double sum = 0;
        int count = 0;
        for (std::size_t i = begin; i < end; i += std::max<std::size_t>(1, (end - begin) / looks))
            if (std::isfinite(m_losses[i])) {
                sum += m_losses[i];
                ++count;
            }
        means.push_back(count > 0 ? sum / count : NAN);
        if (count > 0) {
            low = std::min(low, means.back());
            high = std::max(high, means.back());
        }
    }
    const double top = markHeight + 3, bottom = height() - markHeight - 3;
    QPainterPath path;
    bool begun = false;
    for (std::size_t point = 0; point < points; ++point) {
        const double mean = means[point];
        if (!std::isfinite(mean))
            continue;
        const double x = xOf(static_cast<qint64>(steps * (point + 1) / points));
        const double y = high > low ? bottom - (mean - low) / (high - low) * (bottom - top) : bottom;
        begun ? path.lineTo(x, y) : path.moveTo(x, y);
        begun = true;
    }
    painter.setPen(QPen(palette().color(QPalette::Text), 1));
    painter.drawPath(path);
}

void TimelineStrip::drawMarks(QPainter &painter) const
{
    const QColor quiet = blended(palette().color(QPalette::Base), palette().color(QPalette::Text), 0.55);
    const ShownRun::Lists &lists = m_run->lists();
    painter.setPen(QPen(quiet, 1));
    for (const StoredFile &snapshot : lists.snapshots) {
        const double x = std::floor(xOf(snapshot.step)) + 0.5;
        const int tall = snapshot.kept ? markHeight + 4 : markHeight;
        if (snapshot.kept)
            painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawLine(QPointF(x, height() - tall), QPointF(x, height()));
        painter.setPen(QPen(quiet, 1));
    }
    for (const RunSample &sample : lists.samples) {
        const double x = std::floor(xOf(sample.step)) + 0.5;
        painter.drawLine(QPointF(x, 0), QPointF(x, markHeight - 2));
    }
    painter.setPen(QPen(quiet, 1, Qt::DashLine));
    for (const AppliedEdit &edit : lists.edits) {
        const double x = std::floor(xOf(edit.step)) + 0.5;
        painter.drawLine(QPointF(x, 0), QPointF(x, height()));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (const BreakpointHit &hit : m_run->breaks()) {
        const double x = std::floor(xOfBreak(hit)) + 0.5;
        painter.setPen(QPen(breakColor, 1));
        painter.drawLine(QPointF(x, 0), QPointF(x, height()));
        painter.setPen(Qt::NoPen);
        painter.setBrush(breakColor);
        painter.drawEllipse(QPointF(x, breakRadius + 1), breakRadius, breakRadius);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setBrush(Qt::NoBrush);
}

void TimelineStrip::drawPosition(QPainter &painter) const
{
    const bool newest = m_run->position() < 0;
    const double x = std::floor(newest ? xOf(static_cast<qint64>(m_losses.size())) : xOf(m_run->position())) + 0.5;
    painter.setPen(QPen(palette().color(QPalette::Highlight), newest ? 1 : 2));
    painter.drawLine(QPointF(x, 0), QPointF(x, height()));
}

void TimelineStrip::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !m_losses.empty())
        m_run->goTo(stepAt(event->position().x()));
}

void TimelineStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (m_losses.empty())
        return;
    const qint64 step = stepAt(event->position().x());
    if (event->buttons() & Qt::LeftButton)
        m_run->goTo(step);
    emit hovered(textAt(event->position().x()));
}

QString TimelineStrip::textAt(double x) const
{
    const qint64 step = stepAt(x);
    const double loss = step > 0 ? m_losses[static_cast<std::size_t>(step - 1)] : NAN;
    QString text =
        std::isfinite(loss) ? tr("step %1, loss %2").arg(step).arg(loss, 0, 'g', 4) : tr("step %1").arg(step);
    for (const auto &[changed, edit] : m_run->lists().edits)
        if (std::abs(xOf(changed) - x) < reach)
            text += tr("; changed after step %1: %2").arg(QString::number(changed), translated(sentenceOf(edit)));
    for (const BreakpointHit &hit : m_run->breaks())
        if (std::abs(xOfBreak(hit) - x) < reach)
            text += QStringLiteral("; ") + translated(hit.sentence);
    return text;
}

/// Shows a tooltip for the marks under the pointer.
bool TimelineStrip::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && !m_losses.empty()) {
        auto *help = static_cast<QHelpEvent *>(event);
        const QString text = textAt(help->pos().x());
        if (text.contains(QLatin1Char(';'))) {
            QToolTip::showText(help->globalPos(), text, this);
            return true;
        }
    }
    return QWidget::event(event);
}

void TimelineStrip::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && !m_losses.empty())
        m_run->rebuild(stepAt(event->position().x()));
}

void TimelineStrip::leaveEvent(QEvent *) { emit hovered({}); }

void TimelineStrip::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return m_run->goBy(-1);
    case Qt::Key_Right:
        return m_run->goBy(1);
    case Qt::Key_PageUp:
        return m_run->goBy(-10);
    case Qt::Key_PageDown:
        return m_run->goBy(10);
    case Qt::Key_Home:
        return m_run->goTo(0);
    case Qt::Key_End:
        return m_run->goToNewest();
    default:
        QWidget::keyPressEvent(event);
    }
}

Timeline::Timeline(ShownRun *run, QWidget *parent)
    : QWidget(parent), m_run(run), m_strip(new TimelineStrip(run, this)), m_where(new QLabel(this)),
      m_sample(new QLabel(this)), m_progress(new QProgressBar(this))
{
    m_back = newButton(QStringLiteral("◀"), tr("One snapshot back"));
    m_play = newButton(QStringLiteral("▶"), tr("Play from here: one snapshot after the other"));
    m_on = newButton(QStringLiteral("▶▏"), tr("One snapshot on"));
    m_star = newButton(QStringLiteral("★"), tr("Keep this snapshot for good, or no longer"));
    m_compare = newButton(tr("Compare"), tr("Compare other steps with this one, on the same text"));
    m_goOn = newButton(
        tr("Train from here"),
        tr("Start a new run with these weights and the settings of the Train panel; Adam's moments begin anew"));
    m_newest = newButton(tr("Newest (L)"), tr("Back to the newest step"));
    m_stop = newButton(tr("Stop"), tr("Stop training this step again"));
    const std::pair<QToolButton *, const char *> commands[] = {
        {m_back, "step.back"},       {m_play, "step.play"},       {m_on, "step.forward"},    {m_star, "step.star"},
        {m_compare, "step.compare"}, {m_goOn, "training.branch"}, {m_newest, "step.newest"}, {m_stop, "step.stop"}};
    for (const auto &[button, command] : commands)
        setCommand(button, command);
    m_play->setCheckable(true);
    m_star->setCheckable(true);
    m_stop->hide();
    m_progress->hide();
    m_progress->setFormat(tr("Training the step again: %v of %m"));
    m_where->setMinimumWidth(fontMetrics().horizontalAdvance(tr("step %1").arg(QStringLiteral("0,000,000"))));
    m_sample->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_sample->setTextFormat(Qt::PlainText);
    m_sample->setAccessibleName(tr("What the network wrote at this step"));

    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    for (QWidget *widget : {static_cast<QWidget *>(m_back), static_cast<QWidget *>(m_play),
                            static_cast<QWidget *>(m_on), static_cast<QWidget *>(m_where)})
        row->addWidget(widget);
    row->addWidget(m_sample, 1);
    for (QWidget *widget :
         {static_cast<QWidget *>(m_progress), static_cast<QWidget *>(m_stop), static_cast<QWidget *>(m_star),
          static_cast<QWidget *>(m_compare), static_cast<QWidget *>(m_goOn), static_cast<QWidget *>(m_newest)})
        row->addWidget(widget);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(12, 4, 12, 0);
    column->setSpacing(2);
    column->addWidget(m_strip);
    column->addLayout(row);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    m_player.setInterval(playInterval);
    connect(&m_player, &QTimer::timeout, this, &Timeline::play);
    connect(m_strip, &TimelineStrip::hovered, this, &Timeline::hovered);
    connect(m_back, &QToolButton::clicked, this, [this] { m_run->goBy(-1); });
    connect(m_on, &QToolButton::clicked, this, [this] { m_run->goBy(1); });
    connect(m_play, &QToolButton::toggled, this, [this](bool on) {
        if (on && m_run->position() < 0)
            m_run->goTo(0);
        on ? m_player.start() : m_player.stop();
    });
    connect(m_star, &QToolButton::clicked, run, &ShownRun::starPosition);
    connect(m_compare, &QToolButton::clicked, this, &Timeline::compareWithThis);
    connect(m_goOn, &QToolButton::clicked, this, &Timeline::goOnFromHere);
    connect(m_newest, &QToolButton::clicked, run, &ShownRun::goToNewest);
    connect(m_stop, &QToolButton::clicked, run, &ShownRun::stopRebuilding);
    connect(run, &ShownRun::listsChanged, this, &Timeline::showState);
    connect(run, &ShownRun::positionChanged, this, &Timeline::showState);
    connect(run, &ShownRun::rebuildProgressed, this, [this](qint64 done, qint64 all) {
        m_progress->setMaximum(static_cast<int>(std::max<qint64>(1, all)));
        m_progress->setValue(static_cast<int>(done));
        m_progress->setVisible(m_run->isRebuilding());
        m_stop->setVisible(m_run->isRebuilding());
    });
    showState();
}

QToolButton *Timeline::newButton(const QString &text, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setText(text);
    button->setToolTip(tip);
    button->setAccessibleName(tip);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

void Timeline::play()
{
    m_run->goBy(1);
    if (m_run->position() < 0)
        m_play->setChecked(false);
}

void Timeline::showState()
{
    const bool stored = !m_run->lists().snapshots.empty();
    const qint64 position = m_run->position();
    for (QToolButton *button : {m_back, m_play, m_on})
        button->setEnabled(stored);
    m_star->setEnabled(stored && position >= 0);
    m_star->setChecked(std::ranges::any_of(
        m_run->lists().snapshots, [position](const StoredFile &file) { return file.step == position && file.kept; }));
    m_compare->setEnabled(position >= 0);
    m_goOn->setEnabled(stored && position >= 0);
    m_newest->setEnabled(position >= 0);
    m_where->setText(position >= 0 ? tr("step %1").arg(QLocale().toString(position)) : tr("newest"));
    QString text;
    if (const RunSample *sample = m_run->sample())
        text = tr("It wrote at step %1: %2")
                   .arg(QLocale().toString(static_cast<qlonglong>(sample->step)),
                        QString::fromStdString(sample->prompt + sample->drawn).simplified());
    m_sample->setText(text);
    m_sample->setToolTip(text);
}

} // namespace samout
