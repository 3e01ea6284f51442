package dev.lockstep.deploy.bench.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.deploy.bench.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class RivalsBenchTest {
  @Test
  void measuresEverythingUnlessTold() {
    RivalsBench bench = parse();
    assertThat(bench.rows).isEqualTo(3_000_000);
    assertThat(bench.rounds).isEqualTo(3);
    assertThat(bench.cases).containsExactly(RivalsBench.Case.values());
    assertThat(bench.options.column()).isEqualTo(Column.NOT_NULL);
    assertThat(bench.options.definition(bench.pace))
        .isEqualTo(new Definition(Column.NOT_NULL, Duration.ofMillis(25), 1, Optional.empty()));
  }

  @Test
  void everyOptionIsRead() {
    RivalsBench bench =
        parse(
            "--rows=10",
            "--rounds=1",
            "--rival=pgroll=/bin/a",
            "--rival=reshape=/bin/b",
            "--pace=5",
            "--cases=change,trigger,kill",
            "--batch=20ms",
            "--parallelism=2",
            "--nullable",
            "--before=1s",
            "--after=2s",
            "--address=localhost:7233",
            "--output=json");
    assertThat(bench.binaries)
        .containsEntry(RivalsBench.Rival.pgroll, Path.of("/bin/a"))
        .containsEntry(RivalsBench.Rival.reshape, Path.of("/bin/b"));
    assertThat(bench.cases).containsExactly(RivalsBench.Case.values());
    assertThat(bench.before).isEqualTo(Duration.ofSeconds(1));
    assertThat(bench.after).isEqualTo(Duration.ofSeconds(2));
    assertThat(bench.address).hasValue("localhost:7233");
    assertThat(bench.options.output).isEqualTo(Report.Form.json);
    assertThat(bench.options.definition(bench.pace))
        .isEqualTo(new Definition(Column.NULLABLE, Duration.ofMillis(20), 2, Optional.of(5)));
  }

  @Test
  void aRivalThatNobodyKnowsIsRefused() {
    assertThatThrownBy(() -> parse("--rival=other=/bin/a"))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("pgroll");
  }

  @Test
  void aTimeWithoutUnitIsRefused() {
    assertThatThrownBy(() -> parse("--batch=50"))
        .isInstanceOf(CommandLine.ParameterException.class)
        .hasMessageContaining("a duration with its unit");
  }

  @ParameterizedTest
  @CsvSource({
    "--address=localhost:7233, change, kill",
    "--pace=5, trigger, change",
    "--before=1s, kill, change",
    "--rounds=2, trigger, change",
    "--rival=pgroll=/bin/a, kill, change"
  })
  void anOptionThatNoCaseReadsIsRefused(String option, String asked, String reader) {
    StringWriter said = new StringWriter();
    int code =
        new CommandLine(new RivalsBench())
            .setErr(new PrintWriter(said))
            .execute(option, "--cases=" + asked);
    assertThat(code).isEqualTo(2);
    assertThat(said.toString())
        .contains(option.substring(0, option.indexOf('=')) + " is read by")
        .contains(reader)
        .contains("--cases is [" + asked + "]");
  }

  private static RivalsBench parse(String... arguments) {
    RivalsBench bench = new RivalsBench();
    new CommandLine(bench).parseArgs(arguments);
    return bench;
  }
}
