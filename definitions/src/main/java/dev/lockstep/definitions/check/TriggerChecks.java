package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.TriggerAuth;
import dev.lockstep.definitions.parameters.BodyPath;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a trigger's spec must keep. */
public final class TriggerChecks {
  private static final Pattern API =
      Pattern.compile(
          "^(https://[-.a-zA-Z0-9]+(:[0-9]{1,5})?|http://(localhost|127\\.0\\.0\\.1)(:[0-9]{1,5})?)"
              + "(/[-.a-zA-Z0-9_~]+)*$");

  private static final String REF = "refs/heads/";

  private final Known known;
  private final List<Problem> problems;

  TriggerChecks(Known known, List<Problem> problems) {
    this.known = known;
    this.problems = problems;
  }

  void check(Trigger trigger) {
    known.refer(
        trigger.run().kind().type(),
        new Reference("spec.run.name", trigger.run().name(), problems));
    if (trigger.auth() instanceof TriggerAuth.Hmac hmac) {
      new HeaderChecks(problems).check("spec.auth.hmac", hmac.header(), hmac.timestampHeader());
    }
    new TriggerParameterChecks(known, problems).check(trigger);
    trigger.report().ifPresent(this::api);
    trigger.when().body().forEach(this::value);
    trigger
        .when()
        .branch()
        .filter(branch -> branch.startsWith(REF))
        .ifPresent(
            branch ->
                wrong(
                    "spec.when.branch",
                    "is `%s`; wanted the name alone, `%s`"
                        .formatted(branch, branch.substring(REF.length()))));
  }

  private void value(String place, String pattern) {
    String path = "spec.when.body." + place;
    if (BodyPath.of(place).isEmpty()) {
      wrong(path, "is no path of a value; wanted " + BodyPath.WANTED);
    }
    RegularExpressions.check(path, pattern, problems);
  }

  /** The token goes along with every request to it. */
  private void api(CommitReport report) {
    if (!API.matcher(report.api()).matches()) {
      wrong(
          "spec.report." + report.service().name().toLowerCase(Locale.ROOT) + ".api",
          "is `%s`; wanted https and no slash at the end, such as %s; http only on this machine"
              .formatted(report.api(), report.service().publicApi()));
    }
  }

  private void wrong(String path, String message) {
    problems.add(Problem.at(path, Code.VALUE_WRONG, message));
  }
}
