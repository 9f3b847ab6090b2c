#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-only
# What ./dev promises where something is missing or fails: one sentence, exit 1, nothing half-done; and that a second
# call installs and fetches nothing. It runs in a copy of the checkout's few files that it reads, with every tool
# that installs, fetches or builds replaced by one that only notes its call in $calls.
# shellcheck disable=SC2016 # the bodies of those tools stand in single quotes
set -euo pipefail

checkout=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fake=$scratch/fake
calls=$scratch/calls
libtorch_folder=$scratch/cache/samout-studio
failures=0

fresh() {
    rm -rf "$scratch"/{project,cache,fake,tools}
    mkdir -p "$scratch"/{project/core,project/.ci,cache,fake,tools}
    : >"$calls"
    # Without the files that tell of some packages: what is installed here is no matter.
    sed 's|@/usr[^"]*||' "$checkout/dev" >"$scratch/project/dev"
    chmod +x "$scratch/project/dev"
    cp "$checkout"/core/libtorch*.txt "$scratch/project/core/"
    printf '#!/usr/bin/env bash\necho "checks [$*]"\n' >"$scratch/project/.ci/check.py"
    chmod +x "$scratch/project/.ci/check.py"
    # What it "builds": a program that prints its name and arguments, and saves.
    cat >"$scratch/program" <<'TEXT'
#!/usr/bin/env bash
printf '%s' "$(basename "$0")"
printf ' [%s]' "$@"
echo
while [ $# -gt 0 ]; do
    if [ "$1" = --save ]; then touch "$2"; fi
    shift
done
TEXT
    chmod +x "$scratch/program"
    local tool
    for tool in bash sh env dirname basename readlink realpath sed awk grep cut tail cat df id mkdir rm rmdir mv cp touch \
        mktemp flock nproc chmod; do
        ln -s "$(command -v "$tool")" "$scratch/tools/$tool"
    done
    # A machine on which all is well: every package is there, everything works.
    tool dpkg-query 'shift 2; printf "installed %s\n" "$@"'
    tool apt-get
    tool apt-cache 'echo "  Candidate: 1.0"'
    tool id 'echo 0'
    tool c++
    tool ninja
    tool ldconfig
    tool cmake 'case $1 in
        -S) printf "LIBTORCH:PATH=%s\n" "${@: -1}" | sed "s/=-DLIBTORCH=/=/" >"$4/CMakeCache.txt"; touch "$4/build.ninja" ;;
        --build) mkdir -p "$2/bin"; cp '"$scratch/program"' "$2/bin/samout"; cp '"$scratch/program"' "$2/bin/samout-studio" ;;
        esac'
    tool ctest 'echo "100% tests passed"'
    tool python3 'case "$*" in *download*) for last; do :; done; touch "$last/torch.whl" ;; esac'
    tool unzip 'for last; do :; done; mkdir -p "$last/torch/lib" "$last/nvidia"; touch "$last/torch/lib/libtorch_cpu.so"'
}

# tool NAME [BODY]: a stand-in that notes its call.
tool() {
    printf '#!/usr/bin/env bash\necho "%s $*" >>"%s"\n%s\n' "$1" "$calls" "${2:-}" >"$fake/$1"
    chmod +x "$fake/$1"
}

# dev ARGUMENTS...: runs it; its output is in $out, its errors in $err, its exit status in $code.
dev() {
    code=0
    env -i HOME="$scratch" XDG_CACHE_HOME="$scratch/cache" PATH="$fake:$scratch/tools" ${display:+DISPLAY=$display} \
        "$scratch/project/dev" "$@" >"$scratch/out" 2>"$scratch/err" </dev/null || code=$?
    out=$(<"$scratch/out") err=$(<"$scratch/err")
}

check() { # check WHAT CONDITION...
    local what=$1
    shift
    if "$@"; then return; fi
    failures=$((failures + 1))
    printf 'FAILED: %s\n  exit %s\n  out: %s\n  err: %s\n  calls: %s\n' "$what" "$code" "$out" "$err" "$(tail -n 5 "$calls")"
}

says() { [[ $err == *"$1"* ]]; }
prints() { [[ $out == *"$1"* ]]; }
exits() { [ "$code" = "$1" ]; }
called() { grep -q -e "$1" "$calls"; }
not_called() { ! grep -qE -e "$1" "$calls"; }
# The last line alone is ./dev's own, and the only one.
one_sentence() { [ "$(grep -c '^\./dev: ' <<<"$err")" = 1 ] && [[ $(tail -n 1 <<<"$err") == './dev: '* ]]; }
no_libtorch() { ! compgen -G "$libtorch_folder/libtorch*" >/dev/null; }

fails_with() { # fails_with WHAT SENTENCE
    check "$1: exit 1" exits 1
    check "$1: one sentence" one_sentence
    check "$1: says '$2'" says "$2"
}

display=
fresh
dev help
check "help: exit 0" exits 0
check "help: lists the commands" prints './dev test'
dev fly
check "an unknown command is wrong usage" exits 2
dev build fly
check "an argument of build that is no -D is wrong usage" exits 2

fresh
rm "$fake/apt-get" "$fake/dpkg-query"
dev build
fails_with "unknown distribution" "by hand"
for name in QCustomPlot SQLiteCpp OpenSSL yaml-cpp; do
    check "unknown distribution: says to install $name" says "$name"
done

missing='shift 2; for name; do [ "$name" = g++ ] || printf "installed %s\n" "$name"; done'
fresh
tool dpkg-query "$missing"
tool id 'echo 1000'
dev build
fails_with "no root" "root or sudo"
check "no root: names the package" says "g++"
check "no root: touches nothing" not_called '^(apt-get|python3)'

fresh
tool dpkg-query "$missing"
dev build
check "a missing package: goes on" exits 0
check "a missing package: is installed, and only it" called 'apt-get install .* -y -q g++$'
check "a missing package: the amount is said" says "to download"

fresh
tool dpkg-query "$missing"
tool apt-get 'case "$*" in *" -y "*) echo "E: Failed to fetch http://x/g++.deb"; exit 100 ;; esac'
dev build
fails_with "apt fails" "Failed to fetch http://x/g++.deb"
check "apt fails: nothing is built" not_called '^cmake'

fresh
tool dpkg-query "$missing"
tool apt-cache
dev build
fails_with "a release without the package" "has no package g++"

fresh
tool dpkg-query 'shift 2; for name; do [ "$name" = qt6-svg-dev ] || printf "installed %s\n" "$name"; done'
dev build
check "one of two names of a package is enough" not_called '^apt-get'

fresh
rm "$fake/c++"
dev build
fails_with "no compiler" "C++ compiler"

fresh
tool df 'echo head; echo "x 1 1 100 99% /"'
dev build
fails_with "full disk" "The disk is full"
check "full disk: nothing is fetched" not_called 'python3 .*download'
check "full disk: nothing is left" no_libtorch

fresh
tool python3 'case "$*" in *download*) echo "ERROR: Could not find a version of torch" >&2; exit 1 ;; esac'
dev build
fails_with "failed download" "Could not find a version of torch"
check "failed download: nothing is left" no_libtorch

fresh
tool python3 'case "$*" in *download*) echo "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES" >&2; exit 1 ;; esac'
dev build
fails_with "another hash" "its hash differs"
check "another hash: nothing is left" no_libtorch

fresh
tool unzip 'for last; do :; done; mkdir -p "$last/torch/lib"; touch "$last/torch/lib/libtorch_cpu.so"
    echo "libtorch_cpu.so: write error (disk full?)"; exit 50'
dev build
fails_with "a disk that fills while unpacking" "The disk is full"
check "a disk that fills while unpacking: nothing is left" no_libtorch

fresh
mkdir -p "$libtorch_folder/libtorch-2.11.0.part/torch/stale"
dev build
check "what an interrupted call left is no hindrance" exits 0
check "LibTorch is downloaded by hash" called 'python3 .*--require-hashes'
check "LibTorch is there, whole" test -e "$(echo "$libtorch_folder"/libtorch-*/torch/lib/libtorch_cpu.so)"
check "what an interrupted call left is no part of it" test ! -e "$libtorch_folder/libtorch-2.11.0/torch/stale"
check "nothing else is left" test ! -e "$libtorch_folder/libtorch-2.11.0.part"
: >"$calls"
dev build
check "a second call: exit 0" exits 0
check "a second call installs, fetches and sets up nothing" not_called '^(apt-get|apt-cache|python3|unzip|cmake -S)'

fresh
tool cmake 'case $1 in -S) echo "CMake Error at x: no Qt"; exit 1 ;; esac'
dev build
fails_with "CMake fails" "could not set up the build"
check "CMake fails: its words are shown" says "CMake Error at x: no Qt"

fresh
tool cmake 'case $1 in -S) touch "$4/build.ninja" ;; --build) echo "a.cpp:1: error: no"; exit 1 ;; esac'
dev build
fails_with "the compiler fails" "The build failed"
check "the compiler fails: its words are shown" says "a.cpp:1: error: no"

fresh
mkdir -p "$scratch/project/mine/lib"
dev build "-DLIBTORCH=$scratch/project/mine"
fails_with "no LibTorch where one's own should be" "There is no LibTorch in $scratch/project/mine"
touch "$scratch/project/mine/lib/libtorch_cpu.so"
dev build "-DLIBTORCH=$scratch/project/mine"
check "one's own LibTorch: exit 0" exits 0
check "one's own LibTorch: nothing is fetched" not_called '^python3'
check "one's own LibTorch: CMake gets it" called "cmake -S .* -DLIBTORCH=$scratch/project/mine"
dev build
check "one's own LibTorch is kept" not_called '^python3'

fresh
dev build -DSAMOUT_STUDIO=OFF
check "without the studio no Qt is asked for" not_called 'dpkg-query .*qt6'
check "without the studio samout is built alone" called 'cmake --build .* --target samout -j'

fresh
dev test -R name
check "test: exit 0" exits 0
check "test: prints ctest's closing line" prints "100% tests passed"
check "test: its arguments go to ctest" called 'ctest .*-R name'
tool ctest 'echo "1 tests failed"; exit 8'
dev test
check "a failing test: exit 1" exits 1

fresh
dev check
check "check: exit 0" exits 0
check "check: calls the checks with the build folder" prints "checks [$scratch/project/build]"
check "check: sets up the build, from which clang-tidy reads" called 'cmake -S'
check "check: builds nothing" not_called 'cmake --build'
check "check: asks for its tools" called 'dpkg-query .*clang-tidy.*codespell.*shellcheck'
dev check format arrows
check "check: takes the names of checks" prints "checks [$scratch/project/build format arrows]"
dev tidy
check "tidy: looks at every file" prints "checks [$scratch/project/build --all tidy]"
printf '#!/usr/bin/env bash\nexit 1\n' >"$scratch/project/.ci/check.py"
dev check
check "a check that fails: exit 1" exits 1

fresh
dev asan
check "asan: exit 0" exits 0
check "asan: has a folder of its own" called "cmake -S .* -B $scratch/project/build-asan-core .*--preset asan-core"
check "asan: builds there" called "cmake --build $scratch/project/build-asan-core "
check "asan: tests by its preset" called 'ctest --preset asan-core'
tool ctest 'exit 8'
dev asan
check "asan: a failing test: exit 1" exits 1

fresh
mkdir -p "$scratch/project/mine/lib"
touch "$scratch/project/mine/lib/libtorch_cpu.so"
dev build "-DLIBTORCH=$scratch/project/mine"
: >"$calls"
dev clang
check "clang: exit 0" exits 0
check "clang: has a folder of its own" called "cmake -S .* -B $scratch/project/build-clang .*--preset clang"
check "clang: takes the LibTorch of build/" called "cmake -S .* -DLIBTORCH=$scratch/project/mine"
check "clang: asks for the compiler" called 'dpkg-query .* clang libomp-dev'
check "clang: leaves build/ alone" not_called "cmake (-S .* -B|--build) $scratch/project/build "

fresh
dev run
check "no display: trains in the terminal" prints 'samout [train] [--preset] [classroom] [--save]'
check "no display: prints a sample" prints 'samout [generate]'
check "no display: the model that nobody asked for is not kept" test ! -e "$(sed -n 's/.*\[generate\] \[\([^]]*\)\].*/\1/p' <<<"$out")"
dev run --preset article --save "$scratch/model.safetensors"
check "no display: arguments go to samout train" prints "samout [train] [--preset] [article] [--save] [$scratch/model.safetensors]"
check "no display: a model that is kept is the one that writes" prints "samout [generate] [$scratch/model.safetensors]"

display=:7
dev run
check "a display: the studio trains Classroom" prints 'samout-studio [--start] [--preset] [classroom]'
dev run --preset article
check "a display: arguments go to the studio" prints 'samout-studio [--start] [--preset] [article]'

tool nvidia-smi
dev run
check "a driver but no terminal: says so and goes on" says "NVIDIA driver"
check "a driver but no terminal: fetches nothing" not_called 'libtorch-cuda'

if [ "$failures" -gt 0 ]; then
    echo "$failures checks failed."
    exit 1
fi
echo "All checks of ./dev passed."
