package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.fault.FaultCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExitCodeTest {
  @ParameterizedTest
  @CsvSource({
    "SUCCEEDED, 0",
    "ROLLED_BACK, 1",
    "CANCELLED, 1",
    "FAILED, 3",
    "HELD, 3",
    "RUNNING, 5",
    "PAUSED, 5",
    "WAITING, 5",
    "ROLLING_BACK, 5"
  })
  void ofAState(RunState state, int code) {
    assertThat(ExitCode.of(state)).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "DEFINITION_WRONG, 2",
    "PLAN_REFUSED, 2",
    "PRIVILEGE_MISSING, 2",
    "TABLE_CLAIMED, 3",
    "INTERNAL_ERROR, 3",
    "SERVER_UNREACHABLE, 4",
    "LOCK_NOT_ACQUIRED, 4"
  })
  void ofAFaultBeforeTheRunBegan(FaultCode fault, int code) {
    assertThat(ExitCode.of(fault)).isEqualTo(code);
  }

  @Test
  void aRefusedLoginIsAServerThatCouldNotBeReached() {
    assertThat(ExitCode.of(FaultCode.CREDENTIALS_REFUSED)).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(ExitCode.of(FaultCode.CREDENTIALS_MISSING)).isEqualTo(ExitCode.UNREACHABLE);
  }
}
