package dev.lockstep.deploy.real;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.TimeoutError;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Somebody at the Temporal UI, in a Chromium without a window. Every stage is kept as a picture in
 * {@code target/screenshots}. Many elements of the UI are there twice and hidden once, hence {@code
 * :visible}.
 */
final class Person implements AutoCloseable {
  private static final Path PICTURES = Path.of("target", "screenshots");
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 1000;
  private static final int LOOK_MILLIS = 2_000;
  private static final int LOAD_MILLIS = 8_000;

  private final String start;
  private final Playwright playwright;
  private final Browser browser;
  private final Page page;

  /**
   * Sits down.
   *
   * @param chromium see {@link #findChromium}
   */
  Person(Path chromium, RealTemporal service) {
    this.start = service.testbed().temporalUi() + "/namespaces/" + service.namespace();
    this.playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    this.browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(chromium)
                    // As root, Chromium refuses to start with its sandbox; it sees our own UI only.
                    .setArgs(List.of("--no-sandbox")));
    this.page = browser.newPage(new Browser.NewPageOptions().setViewportSize(WIDTH, HEIGHT));
    page.setDefaultTimeout((double) Change.PATIENCE.toMillis());
  }

  /** The Chromium of this machine. */
  static Optional<Path> findChromium() {
    return Stream.of(System.getenv().getOrDefault("PATH", "/usr/bin").split(":"))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Fills the form Start Workflow for a migration, and starts. */
  void startsRun(String workflowId, String input, String picture) {
    startsRun("Migration", workflowId, input, picture);
  }

  /** The same for a kind of definition. */
  void startsRun(String kind, String workflowId, String input, String picture) {
    page.navigate(start + "/workflows/start-workflow");
    page.locator("#workflowId:visible").fill(workflowId);
    page.locator("#taskQueue:visible").fill("lockstep");
    page.locator("#workflowType:visible").fill(kind);
    types(input);
    takesPicture(picture);
    page.locator("[data-testid=start-workflow-button]:visible").click();
    page.getByText("Workflow started successfully").first().waitFor();
  }

  /** Opens the page with the current details of a run, from the list of runs. */
  void opensDetails(String workflowId) {
    opensRun(workflowId);
    page.navigate(runPage() + "/user-metadata");
    looksUntil("Current Details");
  }

  /** Opens the page of a run, from the list of runs. */
  void opensRun(String workflowId) {
    page.navigate(start + "/workflows");
    page.locator("a:visible", new Page.LocatorOptions().setHasText(workflowId)).first().click();
    page.waitForURL(Pattern.compile(".*/workflows/.+/.+/.+"));
  }

  /** Opens the history of the run. */
  void opensHistory() {
    page.navigate(runPage() + "/history");
  }

  /**
   * Loads the page again and again until everything of that can be read. A busy server sometimes
   * answers the UI with Too Many Requests, and a person would do the same.
   */
  void looksUntil(String... texts) {
    long deadline = System.nanoTime() + Change.PATIENCE.toNanos();
    while (!showsSoon(texts)) {
      if (System.nanoTime() > deadline) {
        sees(String.join(", ", texts));
      }
      page.reload();
    }
  }

  private boolean showsSoon(String... texts) {
    try {
      page.waitForCondition(
          () -> Stream.of(texts).allMatch(reads()::contains),
          new Page.WaitForConditionOptions().setTimeout(LOAD_MILLIS));
      return true;
    } catch (TimeoutError e) {
      return false;
    }
  }

  /** Everything that can be read on the page; the UI shows Markdown in a frame. */
  String reads() {
    return page.locator("body").innerText() + "\n" + markdown();
  }

  private String markdown() {
    try {
      return page.locator("iframe:visible")
          .first()
          .contentFrame()
          .locator("body")
          .innerText(new Locator.InnerTextOptions().setTimeout(LOOK_MILLIS));
    } catch (PlaywrightException e) {
      // There is none, or the UI replaces it because the details change: the next look finds it.
      return "";
    }
  }

  /** Waits until a text can be read. */
  void sees(String text) {
    try {
      page.waitForCondition(() -> reads().contains(text));
    } catch (TimeoutError e) {
      takesPicture("failed");
      throw new AssertionError(
          "nobody can read: " + text + "\non " + page.url() + ":\n" + reads(), e);
    }
  }

  /** Sends an update with an input. */
  void says(String update, String input, String picture) {
    page.locator("button:visible", new Page.LocatorOptions().setHasText("More Actions")).click();
    page.locator("[data-testid=update-button]:visible").click();
    page.locator("[data-testid=update-select-button]:visible").click();
    page.getByRole(AriaRole.OPTION)
        .filter(new Locator.FilterOptions().setHasText(update))
        .first()
        .click();
    types(input);
    takesPicture(picture);
    page.locator("[data-testid=confirm-modal-button]:visible").click();
  }

  /** When the editor is left it formats its text, and the buttons below it move. */
  private void types(String json) {
    Locator data = page.locator(".cm-content[aria-label=Data]:visible");
    data.click();
    page.keyboard().insertText(json);
    data.blur();
  }

  /** Keeps what is to be seen. */
  void takesPicture(String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(PICTURES.resolve(name + ".png")).setFullPage(true));
  }

  private String runPage() {
    return page.url().replaceFirst("(/workflows/[^/]+/[^/]+).*", "$1");
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
