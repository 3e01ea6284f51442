package dev.lockstep.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.definitions.examples.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as scripts see it: exit status, standard output, messages. */
final class CommandTest {
  private static final String NOWHERE = "127.0.0.1:1";
  private static final String EXAMPLE = Examples.named("03-drop-column.yaml").text();

  @TempDir private Path folder = Path.of("");
  private final String home = System.getProperty("user.home");
  private final Terminal terminal = new Terminal(EXAMPLE);

  @BeforeEach
  void noRunsOfThisUser() {
    System.setProperty("user.home", folder.toString());
  }

  @AfterEach
  void restoreHome() {
    System.setProperty("user.home", home);
  }

  private String file(String text) throws IOException {
    Path file = folder.resolve("definition.yaml");
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void aValidFileIsNamedAndEndsZero() throws IOException {
    assertThat(terminal.run("validate", file(EXAMPLE))).isZero();
    assertThat(terminal.output()).isEqualTo("valid: shop, drop-phone\n");
    assertThat(terminal.messages()).isEmpty();
  }

  @Test
  void standardInputIsAFileToo() {
    assertThat(terminal.run("validate", "-")).isZero();
  }

  @Test
  void everyProblemOfAWrongFileIsAMessageWithItsLine() throws IOException {
    String file =
        file(EXAMPLE.replace("database: shop", "data: shop").replace("phone,", "phone, x: 1,"));

    assertThat(terminal.run("validate", file)).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages().lines())
        .allMatch(line -> line.startsWith(file + ":"))
        .anyMatch(line -> line.contains("FIELD_MISSING"))
        .filteredOn(line -> line.contains("FIELD_UNKNOWN"))
        .hasSize(2);
    assertThat(terminal.output()).isEqualTo("3 problems\n");
  }

  @Test
  void problemsAsJsonAreOneDocument() throws IOException {
    String file = file(EXAMPLE.replace("database: shop", "data: shop"));

    assertThat(terminal.run("validate", file, "--output", "json")).isEqualTo(ExitCode.INVALID);
    JsonNode found = terminal.json();
    assertThat(found.path("valid").booleanValue()).isFalse();
    assertThat(found.path("problems").findValuesAsText("code"))
        .contains("FIELD_UNKNOWN", "FIELD_MISSING");
  }

  @Test
  void aTextThatIsNotYamlIsAProblem() throws IOException {
    assertThat(terminal.run("validate", file("a: [1"))).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains("SYNTAX_WRONG");
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "plan", "run"})
  void aMissingFileIsNamed(String command) {
    assertThat(terminal.run(command, "nowhere.yaml")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).isEqualTo("lockstep: there is no file nowhere.yaml\n");
    assertThat(terminal.output()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"validate", "plan", "run"})
  void aFileIsNeeded(String command) {
    assertThat(terminal.run(command)).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).isEqualTo("lockstep: a definition file is missing\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "run"})
  void aWrongDefinitionStopsBeforeAnythingIsReached(String command) throws IOException {
    String file = file(EXAMPLE.replace("column: phone", "colum: phone"));

    assertThat(terminal.run(command, file)).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains("FIELD_UNKNOWN").contains("FIELD_MISSING");
  }

  @Test
  void aNameThatTheFileDoesNotHoldIsRefusedWithThoseItHolds() throws IOException {
    assertThat(terminal.run("plan", file(EXAMPLE), "--name", "other")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages())
        .isEqualTo(
            "lockstep: no definition to run is called other; the files hold: Migration drop-phone\n");
  }

  @Test
  void aNameOfADefinitionThatNobodyKnowsIsRefused() {
    assertThat(terminal.run("plan", "drop-phone")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains("drop-phone").hasLineCount(1);
  }

  @Test
  void aPlanWithoutLoginSaysWhichVariableIsMissing() throws IOException {
    String text = EXAMPLE.replace("SHOP_PASSWORD", "SHOP_PASSWORD_THAT_NOBODY_SETS");

    assertThat(terminal.run("plan", file(text))).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(terminal.messages()).startsWith("lockstep: ").contains("SHOP_").hasLineCount(1);
  }

  @Test
  void aFailureIsOneJsonDocumentForWhoAsksForIt() throws JsonProcessingException {
    assertThat(terminal.run("plan", "nowhere.yaml", "--output", "json"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(terminal.json().path("exitCode").intValue()).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.json().path("messages").get(0).textValue())
        .isEqualTo("there is no file nowhere.yaml");
  }

  @ParameterizedTest
  @CsvSource({"--output,json", "--output=JSON,--by=me"})
  void aWrongCommandLineIsOneJsonDocumentForWhoAsksForIt(String one, String other)
      throws JsonProcessingException {
    assertThat(terminal.run("skip", "drop-phone", one, other)).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.json().path("exitCode").intValue()).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.json().path("messages").get(0).textValue()).contains("--step");
    assertThat(terminal.messages()).contains("--step");
  }

  @Test
  void aPasswordInTheAddressOfADemoIsRefusedAndNotRepeated() {
    for (String url :
        List.of(
            "jdbc:postgresql://127.0.0.1:1/shop?user=ada&password=s3cret",
            "jdbc:postgresql://ada:s3cret@127.0.0.1:1/shop",
            "postgresql://ada:s3cret@127.0.0.1:1/shop")) {
      String report = folder.resolve("report").toString();
      assertThat(terminal.run("demo", "--database", url, "--report", report))
          .isEqualTo(ExitCode.INVALID);
    }
    assertThat(terminal.messages()).doesNotContain("s3cret").contains("password", "--database");
  }

  @Test
  void aSecondDemoInTheSameFolderIsRefused() throws IOException {
    Path report = Files.createDirectories(folder.resolve("report"));
    Process first =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FileHolder.class.getName(),
                report.resolve("worker.log").toString())
            .start();
    try {
      assertThat(first.inputReader().readLine()).isEqualTo("held");

      assertThat(terminal.run("demo", "--report", report.toString()))
          .isEqualTo(ExitCode.UNREACHABLE);
      assertThat(terminal.messages()).contains("another demo writes to " + report);
    } finally {
      first.destroyForcibly();
    }
  }

  @Test
  void aServiceThatDoesNotAnswerIsOneLine() {
    assertThat(terminal.run("status", "drop-phone", "--address", NOWHERE))
        .isEqualTo(ExitCode.UNREACHABLE);
    assertThat(terminal.messages())
        .startsWith("lockstep: no Temporal service answers at " + NOWHERE)
        .hasLineCount(1);
  }

  @Test
  void detachingNeedsAServiceThatGoesOn() throws IOException {
    assertThat(terminal.run("run", file(EXAMPLE), "--detach")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).startsWith("lockstep: --detach needs").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status", "pause", "resume", "approve", "retry", "abort", "revert", "tune"})
  void withoutAnyRunNothingCanBeSaid(String verb) {
    assertThat(terminal.run(verb, "drop-phone")).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(terminal.messages())
        .startsWith("lockstep: no lockstep process runs here")
        .hasLineCount(1);
  }

  @Test
  void aNamespaceWithoutAServiceIsNotIgnored() throws IOException {
    assertThat(terminal.run("run", file(EXAMPLE), "--namespace", "shop"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains("--namespace").contains("--address").hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere", "127.0.0.1:port", "", "http://127.0.0.1:1"})
  void anAddressThatIsNoneIsToldInOneLine(String address) {
    int exit = terminal.run("status", "drop-phone", "--address", address);

    assertThat(exit).isIn(ExitCode.INVALID, ExitCode.UNREACHABLE);
    assertThat(terminal.messages()).doesNotContain("internal error").hasLineCount(1);
  }

  @Test
  void aWorkerNeedsAService() {
    assertThat(terminal.run("worker")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).startsWith("lockstep: a worker needs a Temporal service");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lint", "runn", "--colour"})
  void whatIsNotACommandIsRefused(String word) {
    assertThat(terminal.run(word)).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains(word);
    assertThat(terminal.output()).isEmpty();
  }

  @Test
  void aLimitWithoutUnitIsRefusedWithWhatIsWanted() {
    assertThat(terminal.run("tune", "drop-phone", "--lock-timeout", "500"))
        .isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains("'500' is not");
  }

  @Test
  void tooFewRowsShowNothing() {
    assertThat(terminal.run("demo", "--rows", "10")).isEqualTo(ExitCode.INVALID);
    assertThat(terminal.messages()).contains("--rows 10").hasLineCount(1);
  }

  @Test
  void aDemoOnADatabaseThatIsNotThereIsUnreachable() {
    int exit =
        terminal.run(
            "demo",
            "--database",
            "jdbc:postgresql://" + NOWHERE + "/shop",
            "--report",
            folder.resolve("report").toString());

    assertThat(exit).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(terminal.messages()).contains(NOWHERE).doesNotContain("internal error");
  }

  @Test
  void helpAndVersionEndZero() {
    assertThat(terminal.run("--help")).isZero();
    assertThat(terminal.run("--version")).isZero();
    assertThat(terminal.output()).contains("demo", "validate", "plan", "run").contains("lockstep ");
    assertThat(terminal.run("run", "--help")).isZero();
    assertThat(terminal.run("help", "run")).isZero();
    assertThat(terminal.output()).contains("--wait-held");
    assertThat(terminal.messages()).isEmpty();
  }
}
