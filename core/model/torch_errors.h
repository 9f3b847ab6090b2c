#pragma once

#include "core/base/error.h"

#include <c10/util/Exception.h>

#include <new>

namespace samout {

/// Runs `work`. What LibTorch throws (its text goes on into a stack trace) and a lack of memory become an Error.
template <typename Work> auto withoutTorchErrors(const Work &work)
{
    try {
        return work();
    } catch (const c10::Error &error) {
        throw Error(std::string("LibTorch failed: ") + error.what_without_backtrace());
    } catch (const std::bad_alloc &) {
        throw Error("There is not enough memory; a shorter text, a smaller batch or a smaller network needs less.");
    }
}

} // namespace samout
