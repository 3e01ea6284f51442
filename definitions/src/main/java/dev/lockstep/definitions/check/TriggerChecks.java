package dev.lockstep.definitions.check;

import dev.lockstep.definitions.check.Known.Reference;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.CommitReport;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.model.TriggerAuth;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a trigger's spec must keep. */
public final class TriggerChecks {
  /**
   * The name of a header, as HTTP has it without the signs that nobody uses.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-5.1">RFC 9110, section 5.1</a>
   */
  public static final Pattern HEADER = Pattern.compile("^[A-Za-z0-9][-_A-Za-z0-9]{0,99}$");

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
    Class<? extends Definition> kind =
        switch (trigger.run().kind()) {
          case MIGRATION -> Migration.class;
          case BACKUP -> Backup.class;
          case RESTORE -> Restore.class;
          case DRILL -> Drill.class;
        };
    known.refer(kind, new Reference("spec.run.name", trigger.run().name(), problems));
    if (trigger.auth() instanceof TriggerAuth.Hmac hmac) {
      headers(hmac);
    }
    new TriggerParameterChecks(known, problems).check(trigger);
    trigger.report().ifPresent(this::api);
    trigger
        .branch()
        .filter(branch -> branch.startsWith(REF))
        .ifPresent(
            branch ->
                wrong(
                    "spec.when.branch",
                    "is `%s`; wanted the name alone, `%s`"
                        .formatted(branch, branch.substring(REF.length()))));
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

  private void headers(TriggerAuth.Hmac hmac) {
    header("spec.auth.hmac.header", hmac.header());
    header("spec.auth.hmac.timestampHeader", hmac.timestampHeader());
    if (hmac.header().equalsIgnoreCase(hmac.timestampHeader())) {
      problems.add(
          Problem.at(
              "spec.auth.hmac.timestampHeader",
              Code.CHOICE_WRONG,
              "is `" + hmac.timestampHeader() + "`, which holds the signature; wanted another"));
    }
  }

  private void header(String path, String name) {
    if (!HEADER.matcher(name).matches()) {
      wrong(
          path,
          "is no name of a header; wanted 1 to 100 letters, digits, - and _, such as X-Signature");
    }
  }

  private void wrong(String path, String message) {
    problems.add(Problem.at(path, Code.VALUE_WRONG, message));
  }
}
