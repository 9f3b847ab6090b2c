// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/verification.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "core/base/error.h"
#include "core/compute/devices.h"
#include "golden_file.h"

#include <CLI/CLI.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <memory>
#include <unistd.h>

namespace samout::cli {

namespace {

const char *const explanation =
    R"(Trains and runs small networks on the device and compares with reference numbers of PyTorch and with float64 on
the CPU. It ends with 1 where an error is larger than it may be: what is trained on that device is then not to be
trusted.

Examples:
  samout verify --device cuda
  samout verify --device cpu)";

/// The reference numbers as a file, removed at the end.
class GoldenFile {
public:
    GoldenFile()
        : m_path(std::filesystem::temp_directory_path() /
                 ("samout-golden-" + std::to_string(getpid()) + ".safetensors"))
    {
        std::ofstream file(m_path, std::ios::binary);
        file.write(reinterpret_cast<const char *>(goldenFile), std::size(goldenFile));
        if (!file.flush())
            throw Error("\"" + m_path.string() +
                        "\" cannot be written; the folder for temporary files should have room.");
    }
    ~GoldenFile()
    {
        std::error_code ignored;
        std::filesystem::remove(m_path, ignored);
    }
    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

void run(const std::string &device, bool bfloat16)
{
    const GoldenFile golden;
    const auto lines = verifyDevice(device, bfloat16, golden.path());
    print(findDevice(device).name + "\n\n");
    char line[160];
    std::snprintf(line, sizeof line, "%-48s %10s %10s\n", "", "error", "allowed");
    print(line);
    int broken = 0;
    for (const Verified &verified : lines) {
        std::snprintf(line, sizeof line, "%-48s %10.2g %10.2g  %s\n", verified.what.c_str(), verified.error,
                      verified.allowed, verified.holds() ? "holds" : "DOES NOT HOLD");
        print(line);
        broken += verified.holds() ? 0 : 1;
    }
    if (broken > 0)
        throw Error(std::to_string(broken) + " of " + std::to_string(lines.size()) +
                    " do not hold on this device; train on another one.");
}

} // namespace

void addVerify(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("verify", "See whether a device computes what it should");
    auto device = std::make_shared<std::string>("auto");
    auto bfloat16 = std::make_shared<bool>(false);
    command->add_option("--device", *device, "auto, cpu, cuda or cuda:N (default auto)")->type_name("DEVICE");
    command->add_flag("--bfloat16", *bfloat16, "With products in bfloat16, on a GPU");
    command->footer(explanation);
    command->callback([device, bfloat16] { run(*device, *bfloat16); });
}

} // namespace samout::cli
