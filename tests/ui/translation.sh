#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-only
# Every sentence of the window and of core has its Chinese, where the program looks for it.
# Usage: translation.sh LUPDATE SOURCE
set -eu
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
cp "$2/resources/translations/samout_zh_CN.ts" "$copy/zh.ts"
"$2/resources/translations/update.sh" "$1" "$copy/zh.ts"

missing=$(grep -B 1 'type="unfinished"' "$copy/zh.ts" | grep '<source>' || true)
if [ -n "$missing" ]; then
    echo "These sentences have no Chinese; update_translations puts them into the .ts file:" >&2
    echo "$missing" >&2
    exit 1
fi
# tr() of a namespace: lupdate cannot tell which class such a sentence belongs to.
if grep '<name>samout</name>' "$copy/zh.ts" >&2; then
    echo "Sentences are in the context samout, where nobody looks for them: call tr() of a class by its name." >&2
    exit 1
fi
