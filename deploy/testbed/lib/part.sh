# Runs one verb of one part in a process of its own, so that an error ends it at once: bash lib/part.sh VERB PART.
# A part, parts/PART.sh, defines part_up, and where it needs them part_build, part_down and healthy_SERVER functions.
set -euo pipefail
source "$TESTBED_HOME/lib/common.sh"
source "$TESTBED_HOME/lib/process.sh"
source "$TESTBED_HOME/lib/cache.sh"
source "$TESTBED_HOME/lib/debian.sh"
VERB=$1
PART=$2
part_build() { :; }
part_down() { :; }
source "$TESTBED_HOME/parts/$PART.sh"

case $VERB in
  build) part_build ;;
  up)
    rm -f "$STATE/env/$PART.new"
    part_build
    part_up
    touch "$STATE/env/$PART.new"
    mv "$STATE/env/$PART.new" "$STATE/env/$PART"
    ;;
  down)
    # A part may end its servers in its own order; the rest goes last started first.
    part_down || say "$PART: its own part of down failed"
    for server in $(servers_of "$PART" | tac); do
      end_server "$server"
    done
    if [[ -f $STATE/undo/$PART ]]; then
      while IFS= read -r line; do
        eval "$line" || say "$PART: failed: $line"
      done < <(tac "$STATE/undo/$PART")
    fi
    rm -rf --one-file-system "$STATE/undo/$PART" "$STATE/env/$PART" "$STATE/env/$PART.new" "$STATE/notes/$PART" "$STATE/parts/$PART"
    ;;
  status)
    status=0
    for server in $(servers_of "$PART"); do
      read_record "$server"
      if ! server_alive "$server"; then
        state=dead status=1
      elif server_healthy "$server"; then
        state=healthy
      else
        state=unhealthy status=1
      fi
      printf '%-24s %-8s %-32s %s\n' "$server" "$pid" "$address" "$state"
    done
    exit "$status"
    ;;
esac
