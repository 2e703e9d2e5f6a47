# What the tests of `play` share: a display of their own, the program in it, and ways to wait, look and press. Sourced by
# perform and soak, after $program is set.
export LIBGL_ALWAYS_SOFTWARE=1 LC_ALL=C NO_COLOR=1
unset OSCILLA_ISA WAYLAND_DISPLAY SDL_VIDEODRIVER
for tool in Xvfb xdotool import compare; do
  command -v $tool >/dev/null || { echo "no $tool here: skipped"; exit 77; }
done

scratch=$(mktemp -d)
server= player=
clean_up() {
  [ -z "$player" ] || kill -KILL "$player" 2>/dev/null
  [ -z "$server" ] || kill "$server" 2>/dev/null
  rm -rf "$scratch"
}
trap clean_up EXIT
cd "$scratch" || exit 1

failures=0
fail() {
  echo "FAILED: $1"
  sed 's/^/  out: /' out 2>/dev/null | tail -n 5
  sed 's/^/  err: /' err 2>/dev/null | tail -n 5
  failures=$((failures + 1))
}
passed() { echo "ok: $1"; }

# within SECONDS CMD...: until it holds
within() {
  local end=$((SECONDS + $1))
  shift
  until "$@"; do
    [ $SECONDS -lt $end ] || return 1
    sleep 0.1
  done
}

# display [ARGS]: a screen of 1000x700 on a number of its own
display() {
  exec 3>"$scratch/number"
  Xvfb -displayfd 3 -screen 0 1000x700x24 -nolisten tcp -noreset "$@" 2>/dev/null &
  server=$!
  exec 3>&-
  within 20 test -s "$scratch/number" || { echo "Xvfb does not start: skipped"; exit 77; }
  DISPLAY=:$(cat "$scratch/number")
  export DISPLAY
}

find_window() { window=$(xdotool search --onlyvisible --name 'oscilla$' 2>/dev/null | head -n 1) && [ -n "$window" ]; }

# play ARGS: in the background, with standard input from the pipe `commands`; until its window shows something
play() {
  : >out
  : >err
  rm -f commands
  mkfifo commands
  "$program" play "$@" --commands <commands >out 2>err &
  player=$!
  exec 4>commands
  within 30 find_window || { fail "no window"; kill "$player"; wait "$player"; player=; return 1; }
  within 20 test -s err
  sleep 0.7
}
command() { echo "$*" >&4; }
# ended: waits for the program and says how it ended
ended() {
  exec 4>&-
  wait "$player"
  local code=$?
  player=
  return $code
}

shot() { import -window "$window" "png24:$1"; }
# differing A B GEOMETRY: pixels that differ by more than a little
differing() { compare -metric AE -fuzz 8% -extract "$3" "$1" "$2" null: 2>&1 | sed 's/[^0-9.e+].*//' | awk '{ printf "%d\n", $1 }'; }
# reddish PICTURE: pixels of the colour of errors
reddish() { convert "$1" -fuzz 12% -fill white -opaque '#ff6b66' -fill black +opaque white -format '%[fx:int(mean*w*h+0.5)]' info:; }

osc() { printf "$@" >"/dev/udp/127.0.0.1/$port"; }
