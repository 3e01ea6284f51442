package dev.lockstep.deploy.bench.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
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
        .isEqualTo(new Definition(Column.NOT_NULL, Duration.ofMillis(50), 2, Optional.empty()));
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
            "--cases=trigger,kill",
            "--batch=20ms",
            "--parallelism=1",
            "--nullable",
            "--before=1s",
            "--output=json");
    assertThat(bench.binaries)
        .containsEntry(RivalsBench.Rival.pgroll, Path.of("/bin/a"))
        .containsEntry(RivalsBench.Rival.reshape, Path.of("/bin/b"));
    assertThat(bench.cases).containsExactly(RivalsBench.Case.trigger, RivalsBench.Case.kill);
    assertThat(bench.before).isEqualTo(Duration.ofSeconds(1));
    assertThat(bench.options.output).isEqualTo(Options.Form.json);
    assertThat(bench.options.definition(bench.pace))
        .isEqualTo(new Definition(Column.NULLABLE, Duration.ofMillis(20), 1, Optional.of(5)));
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

  private static RivalsBench parse(String... arguments) {
    RivalsBench bench = new RivalsBench();
    new CommandLine(bench).parseArgs(arguments);
    return bench;
  }
}
