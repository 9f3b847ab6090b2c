// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/mutex.h"

#include <QObject>

#include <functional>
#include <vector>

namespace samout {

/// Brings calls from any thread onto the mailbox's own thread, in the order in which they are posted. A mutex of our
/// own guards the calls: the thread sanitizer does not see Qt's, unless Qt is built with the sanitizer.
class Mailbox : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// Calls `letter` on the mailbox's thread when that thread next handles events; drops it if the mailbox is
    /// destroyed first, be it by the letter before.
    void post(std::function<void()> letter);

private slots:
    void open();

private:
    Mutex m_mutex;
    std::vector<std::function<void()>> m_letters GUARDED_BY(m_mutex);
};

} // namespace samout
