package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.BlockerTermination.Sessions;
import dev.lockstep.definitions.model.ByteCount;
import dev.lockstep.definitions.model.ByteRate;
import dev.lockstep.definitions.model.HealthLimits.Autovacuum;
import dev.lockstep.workflows.api.Control;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class TuneTest {
  @Test
  void everyLimitOfHealthIsTakenWithItsUnit() {
    CommandLine line = CommandLines.create(Console.ofProcess());
    CommandLine.ParseResult parsed =
        line.parseArgs(
            "tune",
            "drop-phone",
            "--max-archive-backlog=512MiB",
            "--max-wal-rate=50MiB/s",
            "--max-commit-latency=40ms",
            "--max-active-sessions=8",
            "--autovacuum=ignore",
            "--terminate-blockers=any",
            "--terminate-blockers-after=30s",
            "--tables=3",
            "--by=ada");
    ControlCommands.Tune tune =
        (ControlCommands.Tune) parsed.subcommand().commandSpec().userObject();

    assertThat(tune.argument())
        .isEqualTo(
            new Control.Tune(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(ByteCount.ofMebibytes(512)),
                Optional.of(new ByteRate(ByteCount.ofMebibytes(50))),
                Optional.of(Duration.ofMillis(40)),
                Optional.of(8),
                Optional.of(Autovacuum.IGNORE),
                Optional.of(Sessions.ANY),
                Optional.of(Duration.ofSeconds(30)),
                Optional.of(3),
                Optional.of("ada")));
  }

  @ParameterizedTest
  @CsvSource({
    "--max-archive-backlog, 128, 1GiB",
    "--max-wal-rate, 50MiB, 50MiB/s",
    "--max-commit-latency, 40, 500ms",
    "--max-active-sessions, many, many",
    "--autovacuum, never, IGNORE",
    "--terminate-blockers, all, ANY",
    "--terminate-blockers-after, 30, 500ms",
    "--tables, all, all"
  })
  void whatIsNoLimitIsRefusedWithWhatIsWanted(String option, String value, String wanted) {
    Terminal terminal = new Terminal("");

    assertThat(terminal.run("tune", "drop-phone", option, value)).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains(value).contains(wanted);
  }
}
