package dev.lockstep.activities.dump.place;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.progress.RecordingReporter;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.client.ActivityCompletionException;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Programs of a real shell, on the worker and as a pod runs them: its script, in a session of its
 * own, with streams that cannot be half closed.
 */
final class PlacesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  enum Where {
    WORKER,
    POD;

    Place place() {
      return this == WORKER ? new WorkerPlace() : new PodPlace("pod test", PlacesTest::session);
    }
  }

  private static Process session(List<String> command) {
    List<String> all = new ArrayList<>(List.of("setsid"));
    all.addAll(command);
    try {
      return new ProcessBuilder(all).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Program shell(String script, String... arguments) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script, "sh"));
    command.addAll(List.of(arguments));
    return new Program(
        "a shell",
        command,
        new TreeMap<>(Map.of("SECRET", "open sesame")),
        Optional.empty(),
        FaultCode.DUMP_FAILED);
  }

  private static byte[] read(Where where, Program program) throws IOException {
    try (Running running = where.place().start(program);
        InputStream output = running.output()) {
      return output.readAllBytes();
    }
  }

  private static String failure(Where where, Program program) {
    try {
      byte[] read = read(where, program);
      throw new AssertionError("it ended well, with " + read.length + " bytes");
    } catch (IOException e) {
      ApplicationFailure failure = (ApplicationFailure) requireNonNull(e.getCause());
      assertThat(failure.getType()).isEqualTo("DUMP_FAILED");
      return failure.getOriginalMessage();
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyByteComesAndTheMarkDoesNot(Where where, @TempDir Path folder) throws IOException {
    byte[] bytes = new byte[1_000_003];
    new Random(7).nextBytes(bytes);
    Path file = Files.write(folder.resolve("bytes"), bytes);

    assertThat(read(where, shell("cat \"$1\"", file.toString()))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void aProgramMaySayNothingOrEndWithoutALineBreak(Where where) throws IOException {
    assertThat(read(where, shell("true"))).isEmpty();
    assertThat(read(where, shell("printf 'x\\n'"))).asString().isEqualTo("x\n");
    assertThat(read(where, shell("printf x"))).asString().isEqualTo("x");
  }

  @ParameterizedTest
  @EnumSource
  void aStatusIsToldWithTheLastWords(Where where) {
    assertThat(failure(where, shell("echo out; echo the disk is full >&2; exit 3")))
        .contains("a shell at ", "ended with status 3", "the disk is full");
  }

  @ParameterizedTest
  @EnumSource
  void anEndOfTheStreamWithoutTheMarkIsNotBelieved(Where where) {
    // The script itself is ended; what the program wrote by then looks whole.
    assertThat(failure(where, shell("echo all; kill -KILL $PPID")))
        .contains("ended with status 137");
  }

  @ParameterizedTest
  @EnumSource
  void aMarkOfSomebodyElseIsContent(Where where) throws IOException {
    String script = "printf '\\n0123456789abcdef0123456789abcdef000\\n'";

    assertThat(read(where, shell(script))).hasSize(37);
  }

  @ParameterizedTest
  @EnumSource
  void lastWordsAreBoundedAndWithoutSecrets(Where where) {
    String script =
        "i=0; while [ $i -lt 5000 ]; do echo line $i >&2; i=$((i+1)); done;"
            + " head -c 100000 /dev/zero | tr '\\0' x >&2; echo >&2;"
            + " echo \"it is $SECRET\" >&2; exit 1";

    String failure = failure(where, shell(script));

    assertThat(failure).hasSizeLessThan(2_000).contains("line 4999", "it is ***");
    assertThat(failure).doesNotContain("line 4980 ", "open sesame");
  }

  @ParameterizedTest
  @EnumSource
  void secretsAreInTheEnvironmentAndInNoArgument(Where where) throws IOException {
    String script =
        "printf %s \"$SECRET\"; tr '\\0' ' ' </proc/$$/cmdline; tr '\\0' ' ' </proc/$PPID/cmdline";

    String said = new String(read(where, shell(script)), StandardCharsets.UTF_8);

    assertThat(said).startsWith("open sesame");
    assertThat(said.substring("open sesame".length())).doesNotContain("sesame");
  }

  @ParameterizedTest
  @EnumSource
  void inputComesWholeAndEnds(Where where) throws IOException {
    byte[] bytes = new byte[3_000_001];
    new Random(8).nextBytes(bytes);
    Program.Input input = new Program.Input(bytes.length, new ByteArrayInputStream(bytes));

    assertThat(read(where, shell("cat").reading(input))).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void aProgramThatTakesNoInputToItsEndTellsWhy(Where where) {
    byte[] bytes = new byte[5_000_000];
    Program.Input input = new Program.Input(bytes.length, new ByteArrayInputStream(bytes));

    assertThat(failure(where, shell("head -c 10; echo bad archive >&2; exit 4").reading(input)))
        .contains("status 4", "bad archive");
  }

  @ParameterizedTest
  @EnumSource
  void aContentThatBreaksIsThrownOnAndNeverTakenForWhole(Where where, @TempDir Path folder) {
    Path taken = folder.resolve("taken");
    Program.Input input =
        new Program.Input(
            1000,
            new SequenceInputStream(
                new ByteArrayInputStream(new byte[10]), new BrokenStream("the store is gone")));
    Program program = shell("cat >/dev/null && echo whole >\"$1\"", taken.toString());

    assertThatThrownBy(() -> read(where, program.reading(input)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("the store is gone");
    if (where == Where.WORKER) {
      assertThat(taken).doesNotExist();
    }
  }

  /** The shell may not have started the program by then. */
  @RepeatedTest(100)
  void aContentThatBreaksAtOnceIsNeverTakenForWhole(@TempDir Path folder) {
    Path taken = folder.resolve("taken");
    Program.Input input = new Program.Input(1000, new BrokenStream("the store is gone"));
    Program program = shell("cat >/dev/null && echo whole >\"$1\"", taken.toString());

    assertThatThrownBy(() -> read(Where.WORKER, program.reading(input)))
        .hasMessageContaining("the store is gone");
    assertThat(taken).doesNotExist();
  }

  @ParameterizedTest
  @EnumSource
  void closingEndsTheProgramAndAllThatItStarted(Where where, @TempDir Path folder)
      throws IOException {
    Path pids = folder.resolve("pids");
    Program program =
        shell("sleep 300 & echo $$ $! >\"$1.new\"; mv \"$1.new\" \"$1\"; wait", pids.toString());
    try (Running running = where.place().start(program)) {
      Awaitility.await().atMost(PATIENCE).until(() -> Files.exists(pids));
      assertThat(alive(pids)).hasSize(2);
      running.close();
      Awaitility.await().atMost(PATIENCE).until(() -> alive(pids).isEmpty());
      assertThatThrownBy(() -> running.output().read())
          .hasMessageContaining("was ended before it was complete");
    }
  }

  @Test
  void aChannelThatIsCutEndsTheProgramInThePod(@TempDir Path folder) throws IOException {
    Path pids = folder.resolve("pids");
    List<Process> started = new ArrayList<>();
    PodPlace place =
        new PodPlace(
            "pod test",
            command -> {
              started.add(session(command));
              return started.get(0);
            });
    Program program = shell("sleep 300 & echo $$ $! >\"$1\"; wait", pids.toString());
    try (Running running = place.start(program)) {
      Awaitility.await().atMost(PATIENCE).until(() -> alive(pids).size() == 2);
      started.get(0).getOutputStream().close();
      Awaitility.await().atMost(PATIENCE).until(() -> alive(pids).isEmpty());
      assertThatThrownBy(() -> running.output().read()).isInstanceOf(IOException.class);
    }
  }

  private static List<String> alive(Path pids) throws IOException {
    return Files.exists(pids)
        ? Arrays.stream(Files.readString(pids).strip().split(" "))
            .filter(pid -> !pid.isEmpty())
            .filter(PlacesTest::alive)
            .toList()
        : List.of();
  }

  /** One whose parent does not ask for its status is no longer alive either. */
  private static boolean alive(String pid) {
    try {
      return !Files.readString(Path.of("/proc", pid, "stat")).contains(") Z ");
    } catch (IOException gone) {
      return false;
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotReadIsNotWritten(Where where, @TempDir Path folder) throws IOException {
    Path written = folder.resolve("written");
    String script =
        "i=0; while [ $i -lt 750 ]; do head -c 40960 /dev/zero; i=$((i+1)); echo $i >\"$1\"; done";
    try (Running running = where.place().start(shell(script, written.toString()))) {
      InputStream output = running.output();
      assertThat(output.read()).isZero();
      Awaitility.await()
          .atMost(PATIENCE)
          .during(Duration.ofSeconds(1))
          .until(() -> Files.exists(written) && steps(written) < 16);
      assertThat(output.readAllBytes()).hasSize(750 * 40_960 - 1);
    }
  }

  private static int steps(Path written) throws IOException {
    String text = Files.readString(written).strip();
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }

  @Test
  void theWishToStopEndsAProgramThatSaysNothing() {
    RecordingReporter reporter = new RecordingReporter();
    try (Pulse pulse = new Pulse(reporter);
        Running running = new WorkerPlace().start(shell("sleep 300"));
        InputStream output = pulse.output(running)) {
      reporter.cancel();
      assertThatThrownBy(output::read).isInstanceOf(ActivityCompletionException.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSecretWithALineBreakIsRefusedForAPod() {
    Program program =
        new Program(
            "a shell",
            List.of("true"),
            new TreeMap<>(Map.of("PGPASSWORD", "two\nlines")),
            Optional.empty(),
            FaultCode.DUMP_FAILED);

    assertThatThrownBy(() -> Where.POD.place().start(program))
        .isInstanceOf(ApplicationFailure.class)
        .hasMessageContaining("PGPASSWORD has a line break")
        .hasMessageNotContaining("two");
  }
}
