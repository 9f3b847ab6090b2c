// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/error.h"

#include <c10/util/Exception.h>

#include <new>
#include <string>

namespace samout {

/// Whether LibTorch failed for lack of memory, which on the CPU has no type of its own.
inline bool isOutOfMemory(const c10::Error &error)
{
    return dynamic_cast<const c10::OutOfMemoryError *>(&error) ||
           std::string(error.what_without_backtrace()).find("can't allocate memory") != std::string::npos;
}

/// The sentence of a LibTorch error, without the stack trace that follows in its text.
inline Text sentenceOf(const c10::Error &error)
{
    if (isOutOfMemory(error))
        return Text("There is not enough memory; a smaller network, a smaller batch or shorter sequences need less.");
    return Text("LibTorch failed: {0}", error.what_without_backtrace());
}

/// Runs `work`. A LibTorch error or a lack of memory becomes an Error.
template <typename Work> auto withoutTorchErrors(const Work &work)
{
    try {
        return work();
    } catch (const c10::Error &error) {
        throw Error(isOutOfMemory(error) ? Error::OutOfMemory : Error::WrongValue, sentenceOf(error));
    } catch (const std::bad_alloc &) {
        throw Error(
            Error::OutOfMemory,
            Text("There is not enough memory; a shorter text, a smaller batch or a smaller network needs less."));
    }
}

} // namespace samout
