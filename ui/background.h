#pragma once

#include <QObject>
#include <QString>
#include <QThreadPool>

#include <functional>

namespace samout {

/// Work that is too slow for the GUI thread and too short for a thread of its own: files, lists of devices.
class Background : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;
    /// Waits for what has begun.
    ~Background() override;

    /// Does `work` on another thread, then `done` on this one with the sentence of what it threw, empty where it
    /// went well.
    void run(std::function<void()> work, std::function<void(const QString &error)> done);

private:
    QThreadPool m_pool;
};

} // namespace samout
