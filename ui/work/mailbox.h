// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QObject>

#include <functional>
#include <mutex>
#include <vector>

namespace samout {

/// Brings calls from any thread onto the thread that it lives on, in the order in which they are posted. What is
/// handed over is guarded by a mutex of our own: Qt's, in a library that is not built with it, is not seen by the
/// thread sanitizer.
class Mailbox : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Calls `letter` on the mailbox's thread when that next handles events; never where the mailbox is gone by then.
    void post(std::function<void()> letter);

private slots:
    void open();

private:
    std::mutex m_mutex;
    std::vector<std::function<void()>> m_letters;
};

} // namespace samout
