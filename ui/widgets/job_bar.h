// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

namespace samout {

class Job;

/// How far a job is, with a button that stops it; takes no room while nothing runs.
class JobBar : public QWidget {
    Q_OBJECT

public:
    /// `what` says what is being done, as a sentence without its full stop. The job lives as long.
    JobBar(Job *job, const QString &what, QWidget *parent = nullptr);
};

} // namespace samout
