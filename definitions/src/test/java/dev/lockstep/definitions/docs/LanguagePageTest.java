package dev.lockstep.definitions.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.check.Problem;
import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.lint.Hazards;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class LanguagePageTest {
  private static final String REFRESH = "lockstep.docs.refresh";
  private static final Path COMMITTED = Path.of("../docs/language.md");
  private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");

  @Test
  void theCommittedPageIsThatOfTheReader() throws IOException {
    if (Boolean.getBoolean(REFRESH)) {
      Files.writeString(COMMITTED, LanguagePage.text());
    }

    assertThat(Files.readString(COMMITTED))
        .as("run the tests of module definitions with -D%s=true to write it anew", REFRESH)
        .isEqualTo(LanguagePage.text());
  }

  @Test
  void everyLinkWithinThePageHasItsHeading() throws IOException {
    String page = LanguagePage.text();
    assertThat(HEADING.matcher(page).results().map(LanguagePageTest::anchor))
        .containsAll(LINK.matcher(page).results().map(link -> link.group(1)).toList())
        .doesNotHaveDuplicates();
  }

  private static String anchor(MatchResult heading) {
    return heading.group(1).toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  @Test
  void everyCodeAndEveryExampleIsOnThePage() throws IOException {
    String page = LanguagePage.text();

    assertThat(page)
        .contains(Arrays.stream(Hazards.values()).map(code -> "| `" + code + "` |").toList())
        .contains(Arrays.stream(Problem.Code.values()).map(code -> "| `" + code + "` |").toList())
        .contains("| `INTERNAL_ERROR` | internal |");
    Examples.all().forEach(example -> assertThat(page).contains(example.text().strip()));
  }

  @Test
  void everyFieldHasAMeaning() throws IOException {
    String page = LanguagePage.text();
    String fields = page.substring(page.indexOf("## Fields"), page.indexOf("## Examples"));

    assertThat(fields.lines().filter(line -> line.startsWith("| `")))
        .isNotEmpty()
        .noneMatch(line -> line.endsWith("|  |"));
  }
}
