#!/usr/bin/env bash
# check.sh BUILD: installs BUILD into a fresh folder, moves it, and builds and runs examples/embed with CMake and with pkg-config.
set -euo pipefail
build=$(readlink -f "$1")
embed=$(dirname "$(readlink -f "$0")")/../../examples/embed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ "$(wc -l <"$embed/embed.cpp")" -le 80 ]  # the whole of it, in what a page shows

cmake --install "$build" --prefix "$work/first"
mv "$work/first" "$work/prefix"
prefix=$work/prefix

cmake -G Ninja -S "$embed" -B "$work/embed" -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix"
cmake --build "$work/embed"
"$work/embed/embed"

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
c++ -std=c++23 "$embed/embed.cpp" $(pkg-config --cflags --libs oscilla) -o "$work/by_pkg_config"
"$work/by_pkg_config"

"$prefix/bin/oscilla" --version
