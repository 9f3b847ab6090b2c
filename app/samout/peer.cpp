// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/peer.h"

#include "core/base/error.h"
#include "peer_script.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace samout::cli {

Peer::Peer(const std::string &python, const std::vector<std::string> &arguments) : m_python(python)
{
    // If the peer has ended, writing to it shall be an error to report, not the end of this program.
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> questions{}, answers{};
    if (pipe2(questions.data(), O_CLOEXEC) != 0 || pipe2(answers.data(), O_CLOEXEC) != 0)
        throw Error(std::string("No pipe to Python could be made: ") + std::strerror(errno) + ".");
    m_questions = questions[1];
    m_answers = answers[0];

    std::vector<std::string> words{python, "-c", peerScript};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char *> pointers;
    for (std::string &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, questions[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, answers[1], STDOUT_FILENO);
    const int problem = posix_spawnp(&m_process, python.c_str(), &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    close(questions[0]);
    close(answers[1]);
    if (problem != 0) {
        close(m_questions);
        close(m_answers);
        throw Error("\"" + python + "\" could not be started (" + std::strerror(problem) +
                    "); --peer should be a Python that has torch, as python3 or a path.");
    }
    ask("memory");
}

Peer::~Peer()
{
    close(m_questions);
    close(m_answers);
    kill(m_process, SIGTERM);
    waitpid(m_process, nullptr, 0);
}

double Peer::ask(const std::string &question)
{
    const std::string line = question + "\n";
    std::string answer;
    if (write(m_questions, line.data(), line.size()) == static_cast<ssize_t>(line.size())) {
        char letter = 0;
        while (read(m_answers, &letter, 1) == 1 && letter != '\n')
            answer += letter;
    }
    try {
        return std::stod(answer);
    } catch (const std::logic_error &) {
        throw Error("\"" + m_python +
                    "\" ended without an answer; --peer should be a Python that has torch (and for "
                    "torch.compile a C++ compiler).");
    }
}

} // namespace samout::cli
