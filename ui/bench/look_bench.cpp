#include "ui/bench/look_bench.h"

#include "core/inspect/examination.h"
#include "ui/live.h"
#include "ui/main_window.h"
#include "ui/models/training_setup.h"
#include "ui/panels/text_bar.h"
#include "ui/snapshot_feed.h"
#include "ui/training_controls.h"
#include "ui/workspace.h"

#include <QAction>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>

namespace samout {

namespace {

constexpr int tokens = 200;
constexpr std::size_t presses = 60;
/// No multiple of a step's time, so that keys come at all moments of a step.
constexpr int between = 370;

} // namespace

LookBench::LookBench(MainWindow *window)
    : m_window(window), m_text(window->findChild<TextBar *>()->findChild<QLineEdit *>())
{
    TrainingOptions options = articlePreset();
    options.steps = 0;
    options.heldOutEvery = 0;
    options.device = "cpu";
    window->setup()->setOptions(options);
    m_presses.setInterval(between);
    connect(&m_presses, &QTimer::timeout, this, &LookBench::press);
    connect(window->feed(), &SnapshotFeed::examined, this, [this](const std::shared_ptr<const Examination> &answer) {
        const auto text = m_window->workspace()->text().toStdString();
        if (!m_waiting || answer->tokens != answer->snapshot->vocabulary().encode(text))
            return;
        m_waiting = false;
        // Plots draw on the next turn of the event loop.
        QTimer::singleShot(0, this, &LookBench::drawn);
    });
    connect(window->live(), &Live::statusChanged, this, [this](SessionStatus status) {
        if (status == SessionStatus::Stopped || status == SessionStatus::Failed)
            emit done();
    });
}

void LookBench::begin()
{
    connect(
        m_window->live(), &Live::stepped, this,
        [this] {
            QStringList words;
            for (int i = 1; i < tokens; ++i)
                words += QString::number(4 + i * 7 % 100);
            words += QStringLiteral("4");
            m_window->workspace()->setText(words.join(QLatin1Char(' ')));
            m_presses.start();
        },
        Qt::SingleShotConnection);
    m_window->controls()->start()->trigger();
}

/// Makes the last token 41, and 4 again in turns.
void LookBench::press()
{
    if (m_waiting || !m_window->workspace()->snapshot())
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
    const bool paused = m_window->live()->status() == SessionStatus::Paused;
    auto &times = paused ? m_paused : m_training;
    if (times.size() < presses && (paused || m_window->live()->status() == SessionStatus::Running))
        times.push_back(static_cast<double>(m_since.nsecsElapsed()) * 1e-9);
    if (m_paused.size() == presses) {
        m_presses.stop();
        m_window->controls()->stop()->trigger();
    } else if (m_training.size() == presses && m_window->live()->status() == SessionStatus::Running) {
        m_window->controls()->pause()->trigger();
    }
}

std::vector<Finding> LookBench::findings() const
{
    return {
        {.name = "look/a key in 200 tokens of Article, all panels",
         .ours = timingsOf(m_paused),
         .others = {},
         .limit = 0.060},
        {.name = "look/the same while Article trains", .ours = timingsOf(m_training), .others = {}, .limit = 0.150}};
}

} // namespace samout
