// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/infer/generator.h"

#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace samout {

/// Generates texts on a thread of its own. Tokens reach the GUI thread in lists, at most 30 times a second; if the
/// generator is far ahead of the window it waits. One text at a time: a new one ends the one before.
class Generation : public QObject {
    Q_OBJECT

public:
    explicit Generation(QObject *parent = nullptr);
    ~Generation() override;

    void generate(std::shared_ptr<const Snapshot> snapshot, std::vector<std::int64_t> prompt, GenerationOptions options,
                  qint64 length);
    /// Ends the text after the token that is being computed; finished() follows.
    void stop();
    bool running() const { return m_running; }

signals:
    void written(const QList<samout::GeneratedToken> &tokens);
    /// All tokens were delivered. `complete`: the requested number was reached.
    void finished(bool complete);
    /// `reason` is a sentence; emitted instead of finished().
    void failed(const QString &reason);

private:
    void deliver();

    struct Impl;
    std::unique_ptr<Impl> m_impl;
    bool m_running = false;
};

} // namespace samout
