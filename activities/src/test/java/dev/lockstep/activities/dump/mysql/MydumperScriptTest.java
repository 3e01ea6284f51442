package dev.lockstep.activities.dump.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.activities.dump.place.Running;
import dev.lockstep.activities.dump.place.WorkerPlace;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell around the programs, with a program that shows what it was given. */
final class MydumperScriptTest {
  private final Path temporary;
  private final Path programs;

  MydumperScriptTest(@TempDir Path temporary, @TempDir Path programs) {
    this.temporary = temporary;
    this.programs = programs;
  }

  private Program program(List<String> start, String script) throws IOException {
    Path file = programs.resolve("program");
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertThat(file.toFile().setExecutable(true)).isTrue();
    List<String> command = new ArrayList<>(start);
    command.add(file.toString());
    return new Program(
        "a program",
        command,
        new TreeMap<>(Map.of("TMPDIR", temporary.toString())),
        Optional.empty(),
        FaultCode.DUMP_FAILED);
  }

  private static String output(Program program) throws IOException {
    return new WorkerPlace().ask(program);
  }

  private void assertNothingIsLeft() {
    Awaitility.await()
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(() -> assertThat(temporary.toFile().list()).isEmpty());
  }

  @Test
  void aDumpGetsItsSettingsAndAFolderOfItsOwn() throws IOException {
    Program program =
        program(
            MydumperScript.dump(List.of("[a]", "b = c")),
            """
            printf '%s\\n' "$@" >&2
            cat "${1#--defaults-file=}"
            mkdir "${2#--outputdir=}" && ls -ld "${2#--outputdir=}" | cut -c1-10
            """);

    assertThat(output(program)).isEqualTo("[a]\nb = c\ndrwx------\n");
    assertNothingIsLeft();
  }

  @Test
  void aLoadReadsItsInput() throws IOException {
    byte[] content = "all of it".getBytes(StandardCharsets.UTF_8);
    Program program =
        program(
                MydumperScript.load(List.of("[a]")),
                "mkdir \"${2#--directory=}\" && [ \"$(cat)\" = 'all of it' ]\n")
            .reading(new Program.Input(content.length, new ByteArrayInputStream(content)));

    assertThat(output(program)).isBlank();
    assertNothingIsLeft();
  }

  @Test
  void aFailureIsTold() throws IOException {
    Program program = program(MydumperScript.dump(List.of("[a]")), "echo broken >&2; exit 7\n");

    assertThatThrownBy(() -> output(program)).hasMessageContaining("status 7: broken");
    assertNothingIsLeft();
  }

  /** As mydumper does: its handler would end the dump early, and well. */
  @Test
  void aSignalDoesNotReachTheProgram() throws IOException {
    Program program =
        program(
            MydumperScript.dump(List.of("[a]")),
            """
            trap 'echo early; exit 0' TERM INT HUP
            kill -TERM $$; kill -INT $$; kill -HUP $$
            echo whole
            """);

    assertThat(output(program)).isEqualTo("whole\n");
  }

  @Test
  void aProgramThatIsEndedIsGoneWithItsFolder() throws IOException {
    Program program =
        program(
            MydumperScript.dump(List.of("[a]")),
            "mkdir \"${2#--outputdir=}\"; echo ready; exec sleep 600\n");
    try (Running running = new WorkerPlace().start(program)) {
      // What a mark could be is held back.
      Awaitility.await()
          .atMost(20, TimeUnit.SECONDS)
          .until(() -> ProcessHandle.current().descendants().anyMatch(this::sleeps));
    }

    assertThat(ProcessHandle.current().descendants().filter(this::sleeps)).isEmpty();
    assertThat(temporary.toFile().list()).isEmpty();
  }

  private boolean sleeps(ProcessHandle process) {
    return process.info().commandLine().orElse("").endsWith("sleep 600");
  }

  @Test
  void aLoadWhoseWorkerIsGoneEnds() throws Exception {
    Program program =
        program(
            MydumperScript.load(List.of("[a]")), "mkdir \"${2#--directory=}\"; exec sleep 601\n");
    ProcessBuilder builder = new ProcessBuilder(program.command());
    builder.environment().putAll(program.environment());
    builder.redirectError(new File("/dev/null"));
    Process process = builder.start();
    try {
      try (InputStream nobodyReads = process.getInputStream()) {
        assertThat(nobodyReads.read()).as("it tells that it lives").isEqualTo('\n');
      }
      assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isNotZero();
      assertNothingIsLeft();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  @Test
  void anEnvWithoutTheOptionIsNamed() throws IOException {
    Path env = programs.resolve("env");
    Files.writeString(env, "#!/bin/sh\nexit 125\n");
    assertThat(env.toFile().setExecutable(true)).isTrue();
    Program asked = program(MydumperScript.version(), "echo mydumper v9.9.9\n");
    Map<String, String> old = Map.of("PATH", programs + ":/usr/bin:/bin");
    Program unfit =
        new Program(
            asked.title(), asked.command(), new TreeMap<>(old), asked.input(), asked.fault());

    assertThat(output(asked)).isEqualTo("mydumper v9.9.9\n");
    assertThatThrownBy(() -> output(unfit)).hasMessageContaining("coreutils 8.31");
  }
}
