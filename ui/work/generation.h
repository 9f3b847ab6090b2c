// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/infer/generator.h"
#include "ui/work/worker.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <vector>

namespace samout {

/// Generates texts off the GUI thread. Tokens reach the GUI thread in lists, at most 30 times a second; if the
/// generator is far ahead of the window it waits. One text at a time: a new one ends the one before.
class Generation : public QObject {
    Q_OBJECT

public:
    explicit Generation(QObject *parent = nullptr);
    ~Generation() override;

    void generate(std::shared_ptr<const Snapshot> snapshot, std::vector<std::int64_t> prompt, GenerationOptions options,
                  qint64 length);
    /// Ends the text after the token that is being computed; finished() follows.
    void stop() { m_lane.stop(); }
    bool running() const { return m_lane.busy(); }

signals:
    void written(const QList<samout::GeneratedToken> &tokens);
    /// All tokens were delivered. `complete`: the requested number was reached.
    void finished(bool complete);
    /// `reason` is a sentence; emitted instead of finished().
    void failed(const QString &reason);

private:
    void deliver();

    struct Undelivered;
    /// The newest text's tokens on their way to the GUI thread.
    std::shared_ptr<Undelivered> m_undelivered;
    QTimer m_timer;
    WorkLane m_lane{WorkKind::Text};
};

} // namespace samout
