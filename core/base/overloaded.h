// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace samout {

/// One visitor of lambdas for std::visit: Overloaded{[](const Circle &) {...}, [](const auto &) {...}}.
template <typename... Visitors> struct Overloaded : Visitors... {
    using Visitors::operator()...;
};
template <typename... Visitors> Overloaded(Visitors...) -> Overloaded<Visitors...>;

} // namespace samout
