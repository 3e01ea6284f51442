package dev.lockstep.deploy.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pages of {@code lockstep report}, of which the module {@code worker} keeps whole ones, in a
 * real browser. Each is kept as a picture in {@code target/screenshots}.
 */
final class ReportRealIT {
  private static final Path PAGES =
      Path.of("..", "worker", "src", "test", "resources", "report").toAbsolutePath().normalize();
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int HEIGHT = 900;

  @ParameterizedTest
  @CsvSource({
    "lock, LIGHT, 1100",
    "lock, DARK, 1100",
    "lock, LIGHT, 360",
    "drill, DARK, 1100",
    "drill, DARK, 360",
    "backup, LIGHT, 1100",
    "backup, LIGHT, 360",
    "decisions, LIGHT, 360",
    "rollback, LIGHT, 1100"
  })
  void aPageFitsItsScreenAndFetchesNothing(String name, ColorScheme scheme, int width) {
    Optional<Path> chromium = Person.findChromium();
    assumeThat(chromium).as("no chromium in PATH").isPresent();
    try (Playwright playwright =
            Playwright.create(
                new Playwright.CreateOptions()
                    .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser =
            playwright
                .chromium()
                .launch(
                    new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(List.of("--no-sandbox")))) {
      Page page =
          browser.newPage(
              new Browser.NewPageOptions()
                  .setViewportSize(width, HEIGHT)
                  .setColorScheme(scheme)
                  .setJavaScriptEnabled(true));
      List<String> problems = new ArrayList<>();
      List<String> fetched = new ArrayList<>();
      page.onConsoleMessage(message -> problems.add(message.text()));
      page.onPageError(problems::add);
      page.onRequest(request -> fetched.add(request.url()));
      page.navigate(PAGES.resolve(name + ".html").toUri().toString());

      assertThat(page.evaluate("document.documentElement.scrollWidth"))
          .as("wide as the screen, so that nothing scrolls sideways")
          .isEqualTo(width);
      assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
          .isEqualTo(scheme == ColorScheme.DARK ? "rgb(18, 22, 27)" : "rgb(255, 255, 255)");
      assertThat(number(page, LEAST_TEXT)).as("text of charts, in pixels").isGreaterThan(8.9);
      assertThat(number(page, OUTSIDE)).as("labels outside of their chart").isZero();
      assertThat(fetched).hasSize(1);
      assertThat(problems).isEmpty();
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(PICTURES.resolve("report-%s-%s-%d.png".formatted(name, scheme, width)))
              .setFullPage(true));
    }
  }

  private static final String LEAST_TEXT =
      """
      Math.min(...[...document.querySelectorAll('svg text')].map(text =>
        parseFloat(getComputedStyle(text).fontSize)
          * text.ownerSVGElement.getBoundingClientRect().width / 720))
      """;

  private static final String OUTSIDE =
      """
      [...document.querySelectorAll('svg text')].filter(text => {
        const label = text.getBoundingClientRect();
        const chart = text.ownerSVGElement.getBoundingClientRect();
        return label.width > 0 && (label.left < chart.left - 1 || label.right > chart.right + 1);
      }).length
      """;

  private static double number(Page page, String script) {
    return ((Number) page.evaluate(script)).doubleValue();
  }
}
