// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/window/look_bench.h"

#include "core/inspect/examination.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/work/live.h"
#include "ui/work/snapshot_feed.h"

#include <QAction>
#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLineEdit>

namespace samout {

namespace {

constexpr int tokens = 200;
constexpr std::size_t presses = 60;
/// In milliseconds; no multiple of a step's time, so that keys come at all moments of a step.
constexpr int pauseOfLooks = 370;

/// The panel in front in each group of tabs: the default one, and the most expensive one. Panels behind the Train panel
/// are not redrawn.
const QStringList defaultFronts = {QStringLiteral("loss"), QStringLiteral("states"), QStringLiteral("alpha"),
                                   QStringLiteral("generate")};
const QStringList costlyFronts = {QStringLiteral("weights"), QStringLiteral("reading"), QStringLiteral("alpha"),
                                  QStringLiteral("surprise")};

} // namespace

LookBench::LookBench(MainWindow *window)
    : m_window(window), m_text(window->findChild<TextBar *>()->findChild<QLineEdit *>())
{
    TrainingOptions options = articlePreset();
    options.steps = 0;
    options.heldOutEvery = 0;
    options.device = "cpu";
    window->context().setup->setOptions(options);
    m_presses.setInterval(pauseOfLooks);
    connect(&m_presses, &QTimer::timeout, this, &LookBench::press);
    connect(window->context().feed, &SnapshotFeed::examined, this,
            [this](const std::shared_ptr<const Examination> &answer) {
                const auto text = m_window->context().workspace->text().toStdString();
                if (!m_waiting || answer->tokens != answer->snapshot->vocabulary().encode(text))
                    return;
                m_waiting = false;
                // Plots draw on the next turn of the event loop.
                QTimer::singleShot(0, this, &LookBench::drawn);
            });
    connect(window->context().live, &Live::statusChanged, this, [this](SessionStatus status) {
        if (status == SessionStatus::Stopped || status == SessionStatus::Failed)
            emit done();
    });
}

void LookBench::begin()
{
    connect(
        m_window->context().live, &Live::stepped, this,
        [this] {
            QStringList words;
            for (int i = 1; i < tokens; ++i)
                words += QString::number(4 + i * 7 % 100);
            words += QStringLiteral("4");
            m_window->context().workspace->setText(words.join(QLatin1Char(' ')));
            m_presses.start();
        },
        Qt::SingleShotConnection);
    m_window->context().controls->start()->trigger();
}

/// Changes the last token to 41 and back to 4, in turns.
void LookBench::press()
{
    if (m_waiting || !m_window->context().workspace->snapshot())
        return;
    m_typed = !m_typed;
    QKeyEvent typed(QEvent::KeyPress, Qt::Key_1, {}, QStringLiteral("1"));
    QKeyEvent taken(QEvent::KeyPress, Qt::Key_Backspace, {});
    m_text->setCursorPosition(static_cast<int>(m_text->text().size()));
    m_since.start();
    QApplication::sendEvent(m_text, m_typed ? &typed : &taken);
    m_waiting = true;
}

void LookBench::drawn()
{
    QApplication::sendPostedEvents(m_window, QEvent::UpdateRequest);
    const bool paused = m_window->context().live->status() == SessionStatus::Paused;
    if (!paused && m_window->context().live->status() != SessionStatus::Running)
        return;
    auto &times = (paused ? m_paused : m_training)[m_layout];
    times.push_back(static_cast<double>(m_since.nsecsElapsed()) * 1e-9);
    if (times.size() == presses)
        goOn(paused);
}

void LookBench::goOn(bool paused)
{
    if (m_layout != Costly)
        return show(Costly);
    show(Default);
    if (!paused)
        return m_window->context().controls->pause()->trigger();
    m_presses.stop();
    m_window->context().controls->stop()->trigger();
}

void LookBench::show(Layout layout)
{
    m_layout = layout;
    for (const QString &front : layout == Default ? defaultFronts : costlyFronts)
        m_window->docks()->dock(front)->raise();
}

std::vector<Finding> LookBench::findings() const
{
    const auto finding = [](const char *name, const std::vector<double> &times, double limit) {
        return Finding{.name = name, .ours = timingsOf(times), .others = {}, .limit = limit};
    };
    return {finding("look/a key in 200 tokens of Article, default panels", m_paused[Default], 0.060),
            finding("look/with the costliest panels in front", m_paused[Costly], 0.060),
            finding("look/while Article trains, default panels", m_training[Default], 0.150),
            finding("look/while it trains, the costliest panels", m_training[Costly], 0.150)};
}

} // namespace samout
