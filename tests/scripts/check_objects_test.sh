#!/usr/bin/env bash
# The object check passes clean objects and names each forbidden thing in others.
set -euo pipefail
check=$(dirname "$(readlink -f "$0")")/../../scripts/check-objects
build=$(mktemp -d)
trap 'rm -rf "$build"' EXIT
failures=0

# compile ROOM NAME TEXT [FLAG...]
compile() {
  mkdir -p "$build/oscilla_$1.dir"
  c++ -std=c++23 -O2 -x c++ -c -o "$build/oscilla_$1.dir/$2.cpp.o" "${@:4}" - <<<"$3"
}
# expect ROOM WORDS TEXT [FLAG...]: with that source the check fails and says the words.
expect() {
  compile "$1" wrong "$3" "${@:4}"
  local said
  if said=$("$check" "$build"); then echo "should fail: $3"; failures=$((failures + 1)); fi
  if ! grep -qF "$2" <<<"$said"; then echo "should say '$2', said: $said"; failures=$((failures + 1)); fi
  rm "$build/oscilla_$1.dir/wrong.cpp.o"
}

if "$check" "$build" >/dev/null; then echo "should fail: no objects at all"; failures=1; fi
compile kernels clean 'void scale(float* x, float a, float b) { for (int i = 0; i < 64; ++i) x[i] = x[i] * a + b; }' -ffp-contract=off -mavx512f
compile exec clean $'#include <vector>\n#include <string_view>\nint f(std::vector<int>& v, std::string_view s) { v.push_back(1); return s.size(); }'
compile graph clean $'#include <map>\n#include <string>\nint& f(std::map<std::string, int>& m) { return m["x"]; }'
"$check" "$build" >/dev/null || { echo "should pass: clean objects"; failures=$((failures + 1)); }

expect kernels 'a fused multiply-add' 'float f(float a, float b, float c) { return a * b + c; }' -mfma -ffp-contract=fast
expect kernels 'libm' $'#include <cmath>\nfloat f(float x) { return std::sin(x); }'
expect kernels 'a throwing standard function' $'#include <vector>\nvoid f(std::vector<int>& v) { v.push_back(1); }'
expect graph 'libm' $'#include <cmath>\ndouble f(double x) { return std::pow(x, 0.3); }'
expect runtime 'clock, randomness or environment' $'#include <ctime>\nlong f() { return std::time(nullptr); }'
expect runtime 'a lock' $'#include <mutex>\nstd::mutex m; void f() { const std::lock_guard lock(m); }'
expect exec 'a lock' $'#include <condition_variable>\nvoid f(std::condition_variable& c) { c.notify_all(); }'
expect exec 'a string' $'#include <string>\nstd::string f(std::string a) { return a + "x"; }'
expect exec 'an ordered or hashed container' $'#include <map>\nint& f(std::map<int, int>& m) { return m[3]; }'
expect exec 'an ordered or hashed container' $'#include <unordered_map>\nint& f(std::unordered_map<int, int>& m) { return m[3]; }'
expect exec 'an exception' 'void f() { throw 1; }'
expect exec 'a virtual class' 'struct A { virtual void f(); }; void A::f() {}'
expect exec 'clock, randomness or environment' $'#include <chrono>\nlong f() { return std::chrono::steady_clock::now().time_since_epoch().count(); }'
expect exec 'clock, randomness or environment' $'#include <cstdlib>\nint f() { return std::rand(); }'
expect exec 'clock, randomness or environment' $'#include <cstdlib>\nchar* f() { return std::getenv("X"); }'

[ $failures = 0 ] && echo "check-objects: all cases as expected"
exit $((failures > 0))
