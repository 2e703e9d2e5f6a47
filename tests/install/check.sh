#!/usr/bin/env bash
# check.sh BUILD: installs BUILD into a fresh folder, moves it, and builds and runs a consumer with CMake and with pkg-config.
set -euo pipefail
build=$(readlink -f "$1")
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cmake --install "$build" --prefix "$work/first"
mv "$work/first" "$work/prefix"
prefix=$work/prefix

cmake -G Ninja -S "$here" -B "$work/consumer" -DCMAKE_BUILD_TYPE=Release -DCMAKE_PREFIX_PATH="$prefix"
cmake --build "$work/consumer"
"$work/consumer/consumer"

export PKG_CONFIG_PATH=$prefix/lib/pkgconfig
c++ -std=c++23 "$here/consumer.cpp" $(pkg-config --cflags --libs oscilla) -o "$work/by_pkg_config"
"$work/by_pkg_config"

"$prefix/bin/oscilla" --version
