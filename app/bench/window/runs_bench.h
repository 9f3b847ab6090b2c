// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <vector>

namespace samout {

class MainWindow;
class WorkLane;

/// How long a user waits for a stored run: from a click on the timeline until all panels show that step, and from
/// opening a run of a million steps to its first picture.
class RunsBench : public QObject {
    Q_OBJECT

public:
    explicit RunsBench(MainWindow *window);
    ~RunsBench() override;

    void begin();
    std::vector<Finding> findings() const;

signals:
    void done();

private:
    void openArticle();
    void move();
    void openLong();
    /// Draws everything that waits to be drawn; returns the seconds since m_since.
    double secondsToPicture();

    MainWindow *m_window;
    std::unique_ptr<WorkLane> m_background;
    QElapsedTimer m_since;
    int m_moves = 0;
    qint64 m_wanted = -1;
    bool m_long = false;
    std::vector<double> m_moved, m_opened;
};

} // namespace samout
