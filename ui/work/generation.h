// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/infer/generator.h"

#include <QList>
#include <QObject>
#include <QString>

#include <memory>
#include <vector>

namespace samout {

/// Writes texts on a thread of its own. Tokens come to the GUI thread in lists, at most 30 times a second; a
/// writer that is far ahead of the window waits for it. One text at a time: a new one ends the one before.
class Generation : public QObject {
    Q_OBJECT

public:
    explicit Generation(QObject *parent = nullptr);
    ~Generation() override;

    void generate(std::shared_ptr<const Snapshot> snapshot, std::vector<std::int64_t> prompt, GenerationOptions options,
                  qint64 length);
    /// Ends the text after the token in work; finished() follows.
    void stop();
    bool running() const { return m_running; }

signals:
    void written(const QList<samout::GeneratedToken> &tokens);
    /// All tokens were told. `complete`: as many as were asked for.
    void finished(bool complete);
    /// A sentence; stands in for finished().
    void failed(const QString &reason);

private:
    void deliver();

    struct Impl;
    std::unique_ptr<Impl> m_impl;
    bool m_running = false;
};

} // namespace samout
