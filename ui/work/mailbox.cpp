// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/mailbox.h"

#include <QMetaObject>
#include <QPointer>

#include <utility>

namespace samout {

void Mailbox::post(std::function<void()> letter)
{
    {
        const MutexLock lock(m_mutex);
        m_letters.push_back(std::move(letter));
        if (m_letters.size() > 1)
            return;
    }
    QMetaObject::invokeMethod(this, "open", Qt::QueuedConnection);
}

void Mailbox::open()
{
    std::vector<std::function<void()>> letters;
    {
        const MutexLock lock(m_mutex);
        letters.swap(m_letters);
    }
    const QPointer<Mailbox> self(this);
    for (auto letter = letters.begin(); letter != letters.end() && self; ++letter)
        (*letter)();
}

} // namespace samout
