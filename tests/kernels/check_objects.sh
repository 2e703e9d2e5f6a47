#!/bin/sh
# Kernel objects hold no fused multiply-add and call nothing from outside their room: usage check_objects.sh BUILD_DIRECTORY.
set -u
[ $# -eq 1 ] || { echo "usage: $0 BUILD_DIRECTORY" >&2; exit 2; }
objects=$(find "$1" -path '*oscilla_kernels.dir*' \( -name 'block_kernels_*.o' -o -name 'scalar_kernels*.o' -o -name 'maths64*.o' \))
[ -n "$objects" ] || { echo "no kernel objects under $1" >&2; exit 2; }

failed=0
complain() {
  echo "$1: $2"
  failed=1
}
for object in $objects; do
  fused=$(objdump -d "$object" | grep -cE 'vfn?m(add|sub)')
  [ "$fused" -eq 0 ] || complain "$object" "$fused fused multiply-adds"
  # Everything undefined must be of this room, or memory moves that compilers emit.
  foreign=$(nm -C --undefined-only "$object" | sed 's/^ *U //' |
    grep -vE '^oscilla::kernels::|^mem(cpy|set|move)$|^_GLOBAL_OFFSET_TABLE_$|^__(asan|ubsan|stack_chk)')
  [ -z "$foreign" ] || complain "$object" "calls $(echo "$foreign" | tr '\n' ' ')"
  # Weak code is merged between objects of different levels: it must carry its level in its name.
  case "$object" in
  *block_kernels_*)
    merged=$(nm -C --defined-only "$object" | sed -nE 's/^[0-9a-f]+ [WVu] //p' | grep -vE 'Isa\)[0-4]' | grep -vE ' k[A-Z]|::k[A-Z]')
    [ -z "$merged" ] || complain "$object" "shares $(echo "$merged" | head -3 | tr '\n' ' ')"
    ;;
  esac
done
[ "$failed" -eq 0 ] && echo "kernel objects: clean"
exit "$failed"
