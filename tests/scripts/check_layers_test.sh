#!/usr/bin/env bash
# The layer check passes a right tree and names each wrong include of a wrong one.
set -euo pipefail
check=$(dirname "$(readlink -f "$0")")/../../scripts/check-layers
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
failures=0

put() { mkdir -p "$tree/$(dirname "$1")"; printf '%s\n' "$2" >"$tree/$1"; }
expect_pass() { "$check" "$tree" >/dev/null || { echo "should pass: $1"; failures=$((failures + 1)); }; }
# expect_fail FILE LINE-OF-TEXT WORDS: with that file the check fails and says the words.
expect_fail() {
  put "$1" "$2"
  local said
  if said=$("$check" "$tree"); then echo "should fail: $1: $2"; failures=$((failures + 1)); fi
  if ! grep -qF "$1:1: $3" <<<"$said"; then echo "should say '$3' for $1, said: $said"; failures=$((failures + 1)); fi
  rm "$tree/$1"
}

put include/oscilla/frame.hpp '#include <vector>'
put src/base/hash.cpp $'#include "base/hash.hpp"\n#include "oscilla/frame.hpp"\n#include <xxhash.h>\n#include <fmt/format.h>'
put src/ir/op.cpp $'#include "kernels/op_table.hpp"\n#include "frame/digest.hpp"'
put src/live/why.cpp $'#include "runtime/session.hpp"\n#include "compile/compile.hpp"'
put apps/oscilla/main.cpp $'#include "output/png.hpp"\n#include "oscilla/console.hpp"\n#include "oscilla/frame.hpp"\n#include <CLI/CLI.hpp>'
expect_pass "what the table allows"

expect_fail src/base/wrong.cpp '#include "ir/program.hpp"' 'src/base may not include "ir/program.hpp"'
expect_fail src/ir/wrong.cpp '#include "kernels/kernel_table.hpp"' 'src/ir may not include "kernels/kernel_table.hpp"'
expect_fail src/exec/wrong.hpp '  #  include "compile/compile.hpp"' 'src/exec may not include "compile/compile.hpp"'
expect_fail src/runtime/wrong.cpp '#include "graph/graph.hpp"' 'src/runtime may not include "graph/graph.hpp"'
expect_fail src/output/wrong.cpp '#include "runtime/session.hpp"' 'src/output may not include "runtime/session.hpp"'
expect_fail apps/oscilla/wrong.cpp '#include "exec/link.hpp"' 'apps/oscilla may not include "exec/link.hpp"'
expect_fail src/live/wrong.cpp '#include "oscilla/console.hpp"' 'src/live may not include "oscilla/console.hpp"'
expect_fail include/oscilla/wrong.hpp '#include "base/hash.hpp"' 'include/oscilla may not include "base/hash.hpp"'
expect_fail include/oscilla/wrong.hpp '#include <fmt/format.h>' 'include/oscilla may not include <fmt/format.h>'
expect_fail src/render/wrong.cpp '#include <cairo/cairo.h>' 'src/render may not include <cairo/cairo.h>'
expect_fail src/exec/wrong.cpp '#include <immintrin.h>' 'src/exec may not include <immintrin.h>'
expect_fail src/base/wrong.cpp '#include <iostream>' 'src/base may not include <iostream>'
expect_fail src/base/wrong.cpp '#include "hash.hpp"' 'write the folder too: "hash.hpp"'
expect_fail src/newroom/wrong.cpp '#include <vector>' 'the folder src/newroom is in no row'
expect_pass "the right tree again"

[ $failures = 0 ] && echo "check-layers: all cases as expected"
exit $((failures > 0))
