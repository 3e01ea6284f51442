package dev.lockstep.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which options the launcher gives to Java, by a Java that only says what it was given. */
final class LauncherTest {
  private static final String QUICK_COMPILER = "-XX:TieredStopAtLevel=1";
  private static final String GIVES_WAY = "-XX:JavaPriority1_To_OSPriority=10";
  private static final String MIGRATION = "kind: Migration\nmetadata: {name: names}\n";

  @TempDir private Path tree;

  @BeforeEach
  void build() throws IOException {
    Path app = Files.createDirectories(tree.resolve("worker/target/app"));
    Files.copy(Path.of("../lockstep"), tree.resolve("lockstep"));
    Files.writeString(app.resolve("lockstep-worker.jar"), "");
    Files.writeString(app.resolve(".built"), "");
    Files.writeString(app.resolve("lockstep-17.0.1.jsa"), "");
    Path java = Files.createDirectories(tree.resolve("jdk/bin")).resolve("java");
    Files.writeString(tree.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void aRunThatCopiesNothingHasTheQuickCompilerAloneAndLetsOthersPass() throws Exception {
    assertThat(options("run", file(MIGRATION))).contains(QUICK_COMPILER, GIVES_WAY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"kind: Backup", "kind: Restore", "kind: Drill", "method: snapshot"})
  void aRunThatMayEncryptHasBothCompilers(String word) throws Exception {
    assertThat(options("run", file(MIGRATION + "---\n" + word + "\n")))
        .contains("-XX:CompileCommand=quiet")
        .doesNotContain(QUICK_COMPILER, GIVES_WAY);
  }

  @Test
  void aRunOfWhatCannotBeReadHereHasBothCompilers() throws Exception {
    assertThat(options("run", "-")).doesNotContain(QUICK_COMPILER, GIVES_WAY);
  }

  @Test
  void aCommandThatAsksAndEndsHasTheQuickCompilerAlone() throws Exception {
    assertThat(options("plan", file(MIGRATION))).contains(QUICK_COMPILER).doesNotContain(GIVES_WAY);
  }

  @Test
  void javaTakesTheOptionsOfARunAndSaysNothingOfThem() throws Exception {
    List<String> options = new ArrayList<>(options("run", file(MIGRATION)));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options.subList(0, options.indexOf("-cp")));
    command.add("--version");

    assertThat(lines(command)).first().asString().contains(System.getProperty("java.version"));
  }

  private String file(String text) throws IOException {
    return Files.writeString(tree.resolve("it.yaml"), text).toString();
  }

  private List<String> options(String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("sh", tree.resolve("lockstep").toString()));
    command.addAll(List.of(words));
    return lines(command);
  }

  private List<String> lines(List<String> command) throws Exception {
    Path said = tree.resolve("said");
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", tree.resolve("jdk").toString());
    builder.environment().remove("LOCKSTEP_JAVA_OPTS");
    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(said, UTF_8)).isZero();
    return Files.readAllLines(said, UTF_8);
  }
}
