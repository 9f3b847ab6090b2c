// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/job_bar.h"

#include "ui/models/commands.h"
#include "ui/work/job.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace samout {

JobBar::JobBar(Job *job, const QString &what, QWidget *parent) : QWidget(parent)
{
    auto *bar = new QProgressBar;
    bar->setRange(0, 1000);
    bar->setTextVisible(false);
    bar->setFixedHeight(8);
    auto *stop = new QToolButton;
    stop->setText(tr("Stop"));
    stop->setAutoRaise(true);
    setCommand(stop, "panel.stop");
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    layout->setSpacing(8);
    layout->addWidget(new QLabel(what));
    layout->addWidget(bar, 1);
    layout->addWidget(stop);
    setVisible(job->running());
    connect(stop, &QToolButton::clicked, job, &Job::stop);
    connect(job, &Job::progressed, bar, [bar](double share) { bar->setValue(static_cast<int>(share * 1000)); });
    connect(job, &Job::runningChanged, this, [this, job] { setVisible(job->running()); });
}

} // namespace samout
