package dev.lockstep.activities.dump.place;

import dev.lockstep.activities.kubernetes.PodName;
import dev.lockstep.activities.kubernetes.PodPrograms;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A container, by exec over the API server.
 *
 * <ol>
 *   <li>Secrets are the first lines of standard input, up to an empty one: neither the argument
 *       vector nor the API server's audit log shows them.
 *   <li>exec has no half-close of standard input: the program gets exactly the bytes that were said
 *       to come.
 *   <li>A runtime does not end a process whose channel is cut. Hence a guard reads on: a line, or
 *       the end of the channel, ends the whole process group. It is armed only where the shell
 *       leads that group, as it does under runc and crun.
 *   <li>What a program that failed leaves of its input is read all the same: a runtime does not end
 *       an exec whose input nobody takes.
 *   <li>The status is told by the mark only and the shell itself ends well: the client drops what
 *       it has not yet given of both streams where exec tells another status, the last words with
 *       it.
 * </ol>
 */
public final class PodPlace implements Place {
  private static final String SCRIPT =
      """
      mark=$1; bytes=$2; shift 2
      exec 3<&0
      while IFS= read -r line <&3 && [ -n "$line" ]; do export "$line"; done
      leader=no
      if read -r pid name state parent group rest </proc/$$/stat && [ "$group" = "$$" ]; then
        leader=yes
      fi 2>/dev/null
      guard() {
        exec >/dev/null 2>&1
        IFS= read -r stop <&3
        [ "$leader" = yes ] && kill -TERM 0
      }
      if [ "$bytes" = none ]; then
        guard & watch=$!
        "$@" </dev/null 3<&-
        status=$?
        kill "$watch" 2>/dev/null
      else
        { head -c "$bytes" <&3 2>/dev/null; guard & } | {
          "$@" 3<&-
          status=$?
          cat >/dev/null
          exit "$status"
        }
        status=$?
      fi
      printf '\\n%s%03d\\n' "$mark" "$status"
      """;

  private final String name;
  private final Function<List<String>, Process> starts;

  /** In one container. */
  public PodPlace(PodPrograms programs, PodName pod) {
    this("pod " + pod.namespace() + "/" + pod.name(), command -> programs.start(pod, command));
  }

  PodPlace(String name, Function<List<String>, Process> starts) {
    this.name = name;
    this.starts = starts;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Running start(Program program) {
    String mark = Nonce.next();
    String bytes = program.input().map(input -> Long.toString(input.bytes())).orElse("none");
    List<String> command = new ArrayList<>(List.of("sh", "-c", SCRIPT, "sh", mark, bytes));
    command.addAll(program.command());
    String preamble = preamble(program);
    Launch launch = new Launch(starts.apply(command), mark, preamble, false);
    return new RunningProgram(launch, program, name()).begin();
  }

  private static String preamble(Program program) {
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> variable : program.environment().entrySet()) {
      if (variable.getValue().indexOf('\n') >= 0) {
        throw Faults.failure(
            FaultCode.CREDENTIALS_REFUSED,
            variable.getKey() + " has a line break, which no pod can be given",
            "");
      }
      lines.append(variable.getKey()).append('=').append(variable.getValue()).append('\n');
    }
    return lines.append('\n').toString();
  }

  @Override
  public void close() {
    // The pod is not ours.
  }
}
