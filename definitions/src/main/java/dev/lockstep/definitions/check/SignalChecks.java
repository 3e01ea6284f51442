package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Signal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What the user's own signals must keep. */
public final class SignalChecks {
  /** The address of a server: no user, no query, no fragment, for a secret may stand in each. */
  public static final Pattern URL =
      Pattern.compile("^https?://[-.a-zA-Z0-9_\\[\\]:]+(/[^\\s?#@]*)?$");

  /** All are asked one after the other, and a look has to end before the next one is due. */
  static final int MOST_SIGNALS = 5;

  private static final Pattern SELECT =
      Pattern.compile("\\s*(\\(|(select|with|values|table)\\b).*[^;\\s]\\s*", flags());

  private final List<Problem> problems;

  SignalChecks(List<Problem> problems) {
    this.problems = problems;
  }

  private static int flags() {
    return Pattern.CASE_INSENSITIVE | Pattern.DOTALL;
  }

  /** Whether the text looks like one query that gives something back. */
  static boolean isQuery(String sql) {
    return SELECT.matcher(sql).matches();
  }

  void check(List<Signal> signals) {
    if (signals.size() > MOST_SIGNALS) {
      wrong("signals", "are " + signals.size() + "; wanted at most " + MOST_SIGNALS);
    }
    Set<String> names = new LinkedHashSet<>();
    for (int index = 0; index < signals.size(); index++) {
      Signal signal = signals.get(index);
      String path = "signals[" + index + "]";
      Labels.check(path + ".name", signal.name(), problems);
      if (!names.add(signal.name())) {
        problems.add(
            Problem.at(
                path + ".name",
                Code.NAME_TAKEN,
                "is `" + signal.name() + "`, which an earlier signal has already"));
      }
      signal.source().accept(new OneSource(path));
    }
  }

  private void wrong(String path, String message) {
    problems.add(Problem.at(path, Code.VALUE_WRONG, message));
  }

  /** Answers whether the source is sound. */
  private final class OneSource implements Signal.Visitor<Boolean> {
    private final String path;

    private OneSource(String path) {
      this.path = path;
    }

    @Override
    public Boolean query(Signal.Query query) {
      boolean sound = isQuery(query.sql());
      if (!sound) {
        wrong(
            path + ".query",
            "does not look like a query; wanted one SELECT that gives one number, without ; at its"
                + " end");
      }
      return sound;
    }

    @Override
    public Boolean prometheus(Signal.Prometheus prometheus) {
      boolean sound = URL.matcher(prometheus.url()).matches();
      if (!sound) {
        wrong(
            path + ".prometheus.url",
            "is not the address of a server, such as http://HOST:9090; user and token do not"
                + " belong there");
      }
      return sound;
    }
  }
}
