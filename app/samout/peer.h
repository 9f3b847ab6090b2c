// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>
#include <vector>

namespace samout::cli {

/// A process of Python with PyTorch that runs app/bench/peer.py, with which SamOut is compared. It waits between two
/// questions, so that it can take turns with this program's measurements.
class Peer {
public:
    /// Returns when the process is ready. Throws Error if `python` cannot be started or has no torch.
    Peer(const std::string &python, const std::vector<std::string> &arguments);
    ~Peer();
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;

    /// The number that the process answers to `question`. Throws Error if it ended instead; its own message is on
    /// standard error.
    double ask(const std::string &question);

private:
    std::string m_python;
    int m_process = -1;
    int m_questions = -1;
    int m_answers = -1;
};

} // namespace samout::cli
