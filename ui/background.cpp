#include "ui/background.h"

#include <QMetaObject>

#include <exception>
#include <utility>

namespace samout {

Background::~Background()
{
    m_pool.clear();
    m_pool.waitForDone();
}

void Background::run(std::function<void()> work, std::function<void(const QString &error)> done)
{
    m_pool.start([this, work = std::move(work), done = std::move(done)] {
        QString error;
        try {
            work();
        } catch (const std::exception &problem) {
            error = QString::fromUtf8(problem.what());
        }
        QMetaObject::invokeMethod(
            this, [done, error] { done(error); }, Qt::QueuedConnection);
    });
}

} // namespace samout
