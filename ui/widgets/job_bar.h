// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QWidget>

namespace samout {

class Job;

/// The progress of a job, with a button that stops it; takes no room while the job does not run.
class JobBar : public QWidget {
    Q_OBJECT

public:
    /// `what` names the work, as a sentence without its full stop. The job must outlive the bar.
    JobBar(Job *job, const QString &what, QWidget *parent = nullptr);
};

} // namespace samout
