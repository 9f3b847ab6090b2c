#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# Puts the sentences of the window and of core into a .ts file, where a person translates them.
# Usage: update.sh LUPDATE TS
set -eu
ts=$(realpath "$2")
cd "$(dirname "$0")/../.."
# lupdate takes a text's context from the class around it. Core's are all in one, which lupdate reads in a copy where
# Text(...), and Pattern<0>(...) in tables, are tr() of a class core.
core=$(mktemp -d)
trap 'rm -rf "$core"' EXIT
cp -r core "$core"
find "$core" -type f -exec sed -i -E -e '1i class core { Q_OBJECT };' \
    -e 's/\b(Text( [a-z][A-Za-z]*)?|Pattern<[0-9]>)\(/core::tr(/g' {} +
# Qt's own CMake target cannot be told where headers are found, without which a sentence loses its class.
"$1" -silent ui "$core" -recursive -I . -no-obsolete -locations none -ts "$ts"
