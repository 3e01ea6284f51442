# The browser of the tests at the Temporal UI. Sourced; needs `say` for messages where it is there.

# ensure_chromium
# Sees to it that a `chromium` is in PATH: installs the package of Debian or Ubuntu where this is root.
# Returns 1 with the reason on standard error where that cannot be done: the tests that need it are then skipped.
ensure_chromium() {
  local log
  if command -v chromium >/dev/null; then
    return 0
  fi
  if ! command -v apt-get >/dev/null || [[ $(id -u) != 0 ]]; then
    printf 'no chromium in PATH, and it cannot be installed from here: install the package chromium\n' >&2
    return 1
  fi
  log=$(mktemp)
  # Without a font, pages are boxes instead of letters.
  if { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } >"$log" 2>&1 </dev/null; then
    rm -f "$log"
    return 0
  fi
  printf 'chromium could not be installed: %s\n' "$(tail -n 1 "$log")" >&2
  rm -f "$log"
  return 1
}
