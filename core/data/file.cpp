// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/error.h"
#include "core/data/sources.h"

#include <filesystem>
#include <fstream>

namespace samout {

std::string readFile(const std::string &path)
{
    std::error_code failure;
    const std::filesystem::file_status status = std::filesystem::status(path, failure);
    if (status.type() == std::filesystem::file_type::not_found)
        throw Error(Error::Missing, Text("The file \"{0}\" does not exist.", path));
    if (status.type() == std::filesystem::file_type::directory)
        throw Error(Error::Unreadable, Text("\"{0}\" is a folder; a text file or a .jsonl file is needed.", path));
    std::ifstream file(path, std::ios::binary);
    std::string bytes;
    if (status.type() == std::filesystem::file_type::regular) {
        const auto size = std::filesystem::file_size(path, failure);
        if (!failure)
            bytes.reserve(size);
    }
    std::string part(std::size_t{1} << 20, '\0');
    while (file) {
        file.read(part.data(), static_cast<std::streamsize>(part.size()));
        bytes.append(part, 0, static_cast<std::size_t>(file.gcount()));
    }
    if (!file.eof())
        throw Error(Error::Unreadable, Text("The file \"{0}\" cannot be read; check that you may read it.", path));
    if (bytes.empty())
        throw Error(Error::Damaged, Text("The file \"{0}\" is empty.", path));
    return bytes;
}

} // namespace samout
