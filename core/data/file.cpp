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
        throw Error("The file \"" + path + "\" does not exist.");
    if (status.type() == std::filesystem::file_type::directory)
        throw Error("\"" + path + "\" is a folder; a text file or a .jsonl file is needed.");
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
        throw Error("The file \"" + path + "\" cannot be read; check that you may read it.");
    if (bytes.empty())
        throw Error("The file \"" + path + "\" is empty.");
    return bytes;
}

} // namespace samout
