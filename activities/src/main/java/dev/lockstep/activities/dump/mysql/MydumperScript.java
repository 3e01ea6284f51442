package dev.lockstep.activities.dump.mysql;

import java.util.ArrayList;
import java.util.List;

/**
 * A shell around mydumper or myloader, wherever they run.
 *
 * <p>Both work with files: mydumper writes each piece into a folder before it sends it, myloader
 * puts what it reads into one. That folder is made here, for this user alone, and is gone with the
 * program. The settings beside it, which nothing but a file can say, hold no secret.
 *
 * <p>On SIGTERM mydumper leaves out what it has not read yet, writes its last line and ends with
 * status 0: nothing would tell such a dump from a whole one. Hence the program starts with that
 * signal blocked, and only SIGKILL ends it.
 */
final class MydumperScript {
  /** The signals at which mydumper or the shell would end. */
  private static final String SIGNALS = "TERM,INT,HUP";

  private static final String NEEDS =
      """
      env --block-signal=%s true 2>/dev/null || {
        echo "no env of GNU coreutils 8.31 or newer, which is needed to keep signals from mydumper" >&2
        exit 1
      }
      """
          .formatted(SIGNALS);

  private static final String VERSION = NEEDS + "exec \"$@\"\n";

  /**
   * Arguments: the option that names the folder, the settings, whether somebody has to listen, and
   * the program with what it gets. A myloader whose worker died would load on from its folder; the
   * listener's end tells it.
   */
  private static final String RUN =
      NEEDS
          + """
          option=$1; settings=$2; listened=$3; shift 3
          umask 077
          folder=$(mktemp -d "${TMPDIR:-/tmp}/lockstep-mydumper.XXXXXX") || exit 1
          child= watch=
          trap 'rm -rf "$folder"' EXIT
          end() {
            exec >/dev/null 2>&1
            [ -n "$child" ] && kill -KILL "$child" && wait "$child"
            [ -n "$watch" ] && kill "$watch"
            exit 143
          }
          trap end TERM INT HUP
          printf '%%s\\n' "$settings" >"$folder/settings" || exit 1
          exec 3<&0
          env --block-signal=%s "$@" "--defaults-file=$folder/settings" "$option=$folder/files" <&3 3<&- &
          child=$!
          trap '' PIPE
          if [ "$listened" = yes ]; then
            while sleep 1 >/dev/null 2>&1; do echo || kill -KILL "$child"; done 3<&- 2>/dev/null &
            watch=$!
          fi
          wait "$child"
          status=$?
          child=
          [ -n "$watch" ] && kill "$watch"
          exit "$status"
          """
              .formatted(SIGNALS);

  private MydumperScript() {}

  /** What comes before {@code PROGRAM --version}. */
  static List<String> version() {
    return List.of("sh", "-c", VERSION, "sh");
  }

  /** What comes before mydumper and its arguments. */
  static List<String> dump(List<String> settings) {
    return start("--outputdir", settings, "no");
  }

  /** What comes before myloader and its arguments. */
  static List<String> load(List<String> settings) {
    return start("--directory", settings, "yes");
  }

  private static List<String> start(String option, List<String> settings, String listened) {
    List<String> start = new ArrayList<>(List.of("sh", "-c", RUN, "sh"));
    start.addAll(List.of(option, String.join("\n", settings), listened));
    return start;
  }
}
