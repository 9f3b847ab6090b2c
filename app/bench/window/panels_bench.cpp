// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/window/panels_bench.h"

#include "core/runs/session.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/work/live.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>

namespace samout {

namespace {

constexpr int tickMilliseconds = 5;
constexpr int pressMilliseconds = 250;
/// The turns of a cycle, after a first turn that warms up: hidden, shown, hidden, shown and typed into.
constexpr std::int64_t turnsOfACycle = 4;
/// The limits of the slowdown by open panels: for Article's steps, and for Classroom's, which are a hundred times
/// shorter.
constexpr double articleLimit = 1.03;
constexpr double classroomLimit = 1.10;

} // namespace

PanelsBench::PanelsBench(MainWindow *window, std::string preset, int cycles)
    : m_window(window), m_text(window->findChild<TextBar *>()->findChild<QLineEdit *>()), m_preset(std::move(preset)),
      m_turnLength(m_preset == "article" ? 6 : 200)
{
    TrainingOptions options = presetNamed(m_preset);
    options.steps = m_turnLength * (turnsOfACycle * cycles + 1);
    options.heldOutEvery = 0;
    options.device = "cpu";
    window->context().setup->setOptions(options);
    // 50 tokens: numbers if the vocabulary consists of numbers, else letters.
    QStringList tokens;
    for (int i = 0; i < 50; ++i)
        tokens += m_preset == "article" ? QString::number(4 + i * 2) : QString(QLatin1Char("the cat sees "[i % 13]));
    m_probe = tokens.join(m_preset == "article" ? QStringLiteral(" ") : QString());
    connect(window->context().workspace, &Workspace::snapshotChanged, this, [this] {
        if (m_window->isVisible() && m_sinceSnapshot.isValid())
            m_refreshes.push_back(static_cast<double>(m_sinceSnapshot.nsecsElapsed()) * 1e-9);
        m_sinceSnapshot.start();
    });
    connect(window->context().live, &Live::stepped, this, &PanelsBench::stepped);
    connect(window->context().live, &Live::statusChanged, this, [this](SessionStatus status) {
        if (status == SessionStatus::Stopped || status == SessionStatus::Failed)
            emit done();
    });
    m_ticks.setTimerType(Qt::PreciseTimer);
    connect(&m_ticks, &QTimer::timeout, this, &PanelsBench::tick);
    connect(&m_presses, &QTimer::timeout, this, &PanelsBench::press);
    m_text->installEventFilter(this);
}

void PanelsBench::begin()
{
    m_window->context().workspace->setText(m_probe);
    m_window->context().controls->start()->trigger();
    m_ticks.start(tickMilliseconds);
    m_presses.start(pressMilliseconds);
}

void PanelsBench::stepped(const QList<StepMetrics> &steps)
{
    for (const StepMetrics &metrics : steps) {
        const auto turn = (metrics.step - 1) / m_turnLength, place = (metrics.step - 1) % m_turnLength;
        if (turn == 0 || place == 0)
            continue; // warms up
        if (turn % 2 == 1)
            m_hidden.push_back(metrics.seconds);
        else if (turn % turnsOfACycle == 2)
            m_shown.push_back(metrics.seconds);
    }
    const auto next = steps.last().step / m_turnLength;
    const bool show = next % 2 == 0;
    m_typing = next > 0 && next % turnsOfACycle == 0;
    if (show != m_window->isVisible()) {
        m_window->setVisible(show);
        m_sinceTick.invalidate();
        m_sinceSnapshot.invalidate();
        m_waiting = false;
    }
}

/// Records how late the event loop handled the tick.
void PanelsBench::tick()
{
    if (m_window->isVisible() && m_sinceTick.isValid())
        m_waits.push_back(static_cast<double>(m_sinceTick.nsecsElapsed()) * 1e-9 - tickMilliseconds * 1e-3);
    m_sinceTick.start();
}

/// Types a letter and deletes it again, in turns; eventFilter() sees when it is painted.
void PanelsBench::press()
{
    if (!m_window->isVisible() || !m_typing || m_waiting)
        return;
    m_typed = !m_typed;
    const auto letter = m_preset == "article" ? Qt::Key_1 : Qt::Key_A;
    m_waiting = true;
    m_sincePress.start();
    QApplication::postEvent(m_text, m_typed
                                        ? new QKeyEvent(QEvent::KeyPress, letter, {}, QString(QChar(letter)).toLower())
                                        : new QKeyEvent(QEvent::KeyPress, Qt::Key_Backspace, {}));
}

bool PanelsBench::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Paint && m_waiting) {
        m_waiting = false;
        m_keys.push_back(static_cast<double>(m_sincePress.nsecsElapsed()) * 1e-9);
    }
    return QObject::eventFilter(watched, event);
}

std::vector<Finding> PanelsBench::findings() const
{
    Finding step{.name = "panels/" + m_preset + " step, all open", .ours = timingsOf(m_shown), .others = {}};
    step.others.emplace_back("panels hidden", timingsOf(m_hidden));
    step.mostRatio = m_preset == "article" ? articleLimit : classroomLimit;
    Finding wait{.name = "panels/" + m_preset + " wait of the window", .ours = timingsOf(m_waits), .others = {}};
    wait.ours.p95 = *std::max_element(m_waits.begin(), m_waits.end()); // the longest
    wait.limit = 0.050;
    std::vector<Finding> all{step, wait};
    if (!m_keys.empty())
        all.push_back({.name = "panels/" + m_preset + " key press to screen",
                       .ours = timingsOf(m_keys),
                       .others = {},
                       .limit = 0.100});
    if (!m_refreshes.empty()) {
        all.push_back({.name = "panels/" + m_preset + " from one picture of the inside to the next",
                       .ours = timingsOf(m_refreshes),
                       .others = {},
                       .limit = m_preset == "article" ? 2.0 : 1.0});
    }
    return all;
}

} // namespace samout
