package dev.lockstep.activities.restore;

import dev.lockstep.workflows.api.StepReport;
import dev.lockstep.workflows.api.StepReport.StepState;
import dev.lockstep.workflows.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a drill has shown. Its JSON is that of {@link dev.lockstep.workflows.wire.Wire}.
 *
 * @param version of this form
 * @param drill name of the definition
 * @param run id of the run
 * @param backup name of the definition of the backup
 * @param id of the backup
 * @param manifestSha256 of the backup's manifest, in 64 hexadecimal digits; absent: it could not be
 *     read
 * @param started when the run began
 * @param ended when its last step ended
 * @param rto from the first step after the backup was read back to the end of the last check
 * @param rpo from the moment that the backup shows to the beginning of the run
 * @param checks of the definition, in its order
 * @param steps of the run
 * @param fault the first one
 * @param signature over the JSON without it; absent: the drill has no key
 */
public record Evidence(
    int version,
    String drill,
    String run,
    String backup,
    String id,
    Optional<String> manifestSha256,
    Instant started,
    Instant ended,
    Verdict verdict,
    Measure rto,
    Measure rpo,
    List<CheckResult> checks,
    List<StepReport> steps,
    Optional<Fault> fault,
    Optional<Signature> signature) {
  /** The only version there is. */
  static final int VERSION = 1;

  public Evidence {
    require("drill", drill);
    require("run", run);
    require("backup", backup);
    require("id", id);
    require("started", started);
    require("ended", ended);
    require("verdict", verdict);
    require("rto", rto);
    require("rpo", rpo);
    require("checks", checks);
    require("steps", steps);
    fault.ifPresent(it -> require("fault.code", it.code()));
    checks = List.copyOf(checks);
    steps = List.copyOf(steps);
  }

  /**
   * A time and what it may be at most.
   *
   * @param measured absent: it did not come so far
   * @param objective absent: nobody said
   * @param met absent: one of them is absent
   */
  public record Measure(
      Optional<Duration> measured, Optional<Duration> objective, Optional<Boolean> met) {
    static Measure of(Optional<Duration> measured, Optional<Duration> objective) {
      return new Measure(
          measured,
          objective,
          measured.flatMap(time -> objective.map(most -> time.compareTo(most) <= 0)));
    }

    boolean isMissed() {
      return met.equals(Optional.of(false));
    }

    boolean isOpen() {
      return objective.isPresent() && met.isEmpty();
    }
  }

  /**
   * A check of the definition.
   *
   * @param state of the step that asked; {@code PENDING} where none did
   */
  public record CheckResult(String name, StepState state) {
    public CheckResult {
      require("checks.name", name);
      require("checks.state", state);
    }
  }

  /**
   * Who signed it.
   *
   * @param algorithm {@code Ed25519}
   * @param publicKey X.509, in Base64
   * @param value in Base64
   */
  public record Signature(String algorithm, String publicKey, String value) {
    public Signature {
      require("signature.algorithm", algorithm);
      require("signature.publicKey", publicKey);
      require("signature.value", value);
    }
  }

  Evidence with(Verdict newVerdict) {
    return with(newVerdict, signature);
  }

  Evidence with(Optional<Signature> newSignature) {
    return with(verdict, newSignature);
  }

  private Evidence with(Verdict newVerdict, Optional<Signature> newSignature) {
    return new Evidence(
        version,
        drill,
        run,
        backup,
        id,
        manifestSha256,
        started,
        ended,
        newVerdict,
        rto,
        rpo,
        checks,
        steps,
        fault,
        newSignature);
  }

  /** JSON that somebody changed may lack anything. */
  private static void require(String field, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(field + " is missing");
    }
  }
}
