package dev.lockstep.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.worker.report.page.HtmlPage;
import dev.lockstep.worker.report.page.MarkdownPage;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole reports, as they were looked at and found right. With {@code -Dlockstep.golden.write=true}
 * they are written anew.
 */
final class GoldenReportTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "report");

  @ParameterizedTest
  @MethodSource("dev.lockstep.worker.report.Told#names")
  void aPageIsAsItWas(String name) throws IOException {
    compare(name + ".html", HtmlPage.of(RunPage.of(Told.named(name))));
  }

  @ParameterizedTest
  @MethodSource("dev.lockstep.worker.report.Told#names")
  void markdownIsAsItWas(String name) throws IOException {
    compare(name + ".md", MarkdownPage.of(RunPage.of(Told.named(name))));
  }

  @ParameterizedTest
  @MethodSource("dev.lockstep.worker.report.Told#names")
  void jsonIsAsItWas(String name) throws IOException {
    compare(name + ".json", json(Told.named(name)));
  }

  private static String json(RunReport report) throws JsonProcessingException {
    return Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
  }

  private static void compare(String file, String text) throws IOException {
    Path golden = GOLDEN.resolve(file);
    if (Boolean.getBoolean("lockstep.golden.write")) {
      Files.createDirectories(GOLDEN);
      Files.writeString(golden, text);
    }
    assertThat(text).isEqualTo(Files.readString(golden));
  }
}
