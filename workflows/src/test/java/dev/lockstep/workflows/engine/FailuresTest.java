package dev.lockstep.workflows.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.fault.Fault;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.LockstepDataConverter;
import io.temporal.api.enums.v1.RetryState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.common.converter.DataConverter;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FailuresTest {
  private static final Call FILL =
      new Call("migrate/fill", "Fill full_name", ActivityPolicies.ROWS);

  private static ActivityFailure activity(Exception cause) {
    return new ActivityFailure(
        "", 1, 2, "backfill", "3", RetryState.RETRY_STATE_TIMEOUT, "worker", cause);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMEOUT_TYPE_HEARTBEAT | gave no sign of life for PT5S",
        "TIMEOUT_TYPE_START_TO_CLOSE | did not end within PT720H"
      })
  void aTimeoutNamesTheStepAndTheLimit(TimeoutType type, String told) {
    TimeoutFailure timeout = new TimeoutFailure("", null, type);

    assertThat(Failures.of(activity(timeout), FILL))
        .isEqualTo(
            Fault.of(
                FaultCode.STEP_TIMED_OUT, "Fill full_name (migrate/fill) " + told, "migrate/fill"));
  }

  private static Exception tooLate(ApplicationFailure lastTry) {
    DataConverter converter = LockstepDataConverter.create();
    return converter.failureToException(
        Failure.newBuilder()
            .setTimeoutFailureInfo(
                TimeoutFailureInfo.newBuilder()
                    .setTimeoutType(TimeoutType.TIMEOUT_TYPE_SCHEDULE_TO_CLOSE))
            .setCause(converter.exceptionToFailure(lastTry))
            .build());
  }

  @Test
  void whoeverTheLastTryNamedIsToldOfATimeout() {
    Exception timeout = tooLate(NoticesTest.refusal());

    assertThat(Failures.notifications(activity(timeout)))
        .containsExactly(NoticesTest.everything("ops"));
    assertThat(
            Failures.notifications(
                activity(new TimeoutFailure("", null, TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE))))
        .isEmpty();
  }

  @Test
  void aTimeoutSaysWhatTheLastTrySaid() {
    Exception timeout =
        tooLate(Faults.failure(FaultCode.LOCK_NOT_ACQUIRED, "held by pid 4711", ""));
    Call call = new Call("expand/add", "Add a column", ActivityPolicies.LEDGER);

    assertThat(Failures.of(activity(timeout), call).message())
        .isEqualTo(
            "Add a column (expand/add) was not done within PT1H; the last try said: held by pid"
                + " 4711");
  }

  @Test
  void theFaultOfTheHandsIsKeptWithItsOwnStep() {
    Exception failure = Faults.failure(FaultCode.ROW_REFUSED, "row 7", "migrate/other");

    assertThat(Failures.of(activity(failure), FILL))
        .isEqualTo(Fault.of(FaultCode.ROW_REFUSED, "row 7", "migrate/other"));
  }

  @Test
  void aKnownTypeWithoutDetailsIsStillThatFault() {
    Exception failure = ApplicationFailure.newFailure("row 7", "ROW_REFUSED");

    assertThat(Failures.of(activity(failure), FILL))
        .isEqualTo(Fault.of(FaultCode.ROW_REFUSED, "row 7", "migrate/fill"));
  }

  @Test
  void detailsOfAnotherShapeAreLeftAlone() {
    Exception failure = ApplicationFailure.newFailure("row 7", "ROW_REFUSED", 42);

    assertThat(Failures.of(activity(failure), FILL).code()).isEqualTo(FaultCode.ROW_REFUSED);
  }

  @Test
  void anythingElseIsADefect() {
    assertThat(Failures.of(activity(new CanceledFailure("why")), FILL).code())
        .isEqualTo(FaultCode.INTERNAL_ERROR);
    assertThat(Failures.of(new IllegalStateException("what"), FILL).message())
        .contains("IllegalStateException: what");
  }
}
