#pragma once

#include "core/inspect/examination.h"

#include <QObject>
#include <QString>

#include <memory>

namespace samout {

/// Asks core for examinations on a thread of its own. The newest question wins: one that was not begun yet is
/// replaced, one that runs is cancelled. Answers come on the GUI thread.
class Examiner : public QObject {
    Q_OBJECT

public:
    explicit Examiner(QObject *parent = nullptr);
    ~Examiner() override;

    void ask(Question question);

signals:
    void answered(std::shared_ptr<const samout::Examination> answer);
    /// Of a question that takes long: the share that is done, 0 to 1.
    void progressed(double share);
    /// A sentence; the last good answer stays.
    void failed(const QString &reason);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
