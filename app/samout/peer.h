// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>
#include <vector>

namespace samout::cli {

/// A Python with PyTorch in a process of its own that runs app/bench/peer.py: what SamOut is compared with. It waits
/// between two questions, so that it can take turns with what is measured here.
class Peer {
public:
    /// Returns when it is ready. Throws Error where `python` cannot be started or has no torch.
    Peer(const std::string &python, const std::vector<std::string> &arguments);
    ~Peer();
    Peer(const Peer &) = delete;
    Peer &operator=(const Peer &) = delete;

    /// The number that it answers `question` with. Throws Error where it ended instead; its own words are on standard
    /// error.
    double ask(const std::string &question);

private:
    std::string m_python;
    int m_process = -1;
    int m_questions = -1;
    int m_answers = -1;
};

} // namespace samout::cli
