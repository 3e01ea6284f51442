package dev.lockstep.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.worker.report.page.HtmlPage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What every page keeps, so that it opens anywhere and can be read by anybody. */
final class HtmlReportTest {
  private static final Set<String> ADDRESSES =
      Set.of("src", "href", "srcset", "action", "data", "poster", "xlink:href");

  private static Document parsed(String name) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // The document type of HTML names no file that could be fetched.
    factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
    return factory
        .newDocumentBuilder()
        .parse(
            new ByteArrayInputStream(
                HtmlPage.of(RunPage.of(Told.named(name))).getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document page, String name) {
    NodeList found = page.getElementsByTagName(name);
    List<Element> all = new ArrayList<>();
    for (int at = 0; at < found.getLength(); at++) {
      all.add((Element) found.item(at));
    }
    return all;
  }

  private static void forEach(Document page, Consumer<Element> check) {
    elements(page, "*").forEach(check);
  }

  @ParameterizedTest
  @MethodSource("dev.lockstep.worker.report.Told#names")
  void nothingIsFetchedAndNothingRuns(String name) throws Exception {
    Document page = parsed(name);

    assertThat(elements(page, "script")).isEmpty();
    assertThat(elements(page, "link")).isEmpty();
    forEach(
        page,
        element -> {
          for (String address : ADDRESSES) {
            assertThat(element.getAttribute(address)).matches("(#.+)?");
          }
          assertThat(element.getAttribute("style")).isEmpty();
          assertThat(element.getAttribute("onclick") + element.getAttribute("onload")).isEmpty();
        });
    assertThat(elements(page, "style").get(0).getTextContent())
        .doesNotContain("url(", "@import", "<");
  }

  @ParameterizedTest
  @MethodSource("dev.lockstep.worker.report.Told#names")
  void headingsAreInOrderAndLandmarksAreThere(String name) throws Exception {
    Document page = parsed(name);

    assertThat(elements(page, "h1")).hasSize(1);
    assertThat(elements(page, "h2")).hasSizeGreaterThan(3);
    assertThat(elements(page, "h3")).isEmpty();
    for (String landmark : List.of("header", "nav", "main", "footer")) {
      assertThat(elements(page, landmark)).as(landmark).hasSize(1);
    }
    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
  }

  @ParameterizedTest
  @MethodSource("dev.lockstep.worker.report.Told#names")
  void everyTableHasACaptionAndEveryDrawingATitleAndData(String name) throws Exception {
    Document page = parsed(name);

    assertThat(elements(page, "table")).isNotEmpty();
    for (Element table : elements(page, "table")) {
      assertThat(table.getElementsByTagName("caption").item(0).getTextContent()).isNotBlank();
      assertThat(table.getElementsByTagName("th").getLength()).isPositive();
    }
    assertThat(elements(page, "svg")).isNotEmpty();
    for (Element drawing : elements(page, "svg")) {
      assertThat(drawing.getAttribute("role")).isEqualTo("img");
      assertThat(drawing.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
      assertThat(drawing.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
      Element figure = (Element) drawing.getParentNode();
      assertThat(figure.getElementsByTagName("table").getLength()).isEqualTo(1);
      assertThat(drawing.toString() + figure.getTextContent()).doesNotContain("NaN", "Infinity");
    }
  }

  @ParameterizedTest
  @MethodSource("dev.lockstep.worker.report.Told#names")
  void everyIdIsThereOnceAndEveryReferenceLeadsToOne(String name) throws Exception {
    Document page = parsed(name);
    Set<String> ids = new HashSet<>();
    forEach(
        page,
        element -> {
          String id = element.getAttribute("id");
          assertThat(id.isEmpty() || ids.add(id)).as(id).isTrue();
        });

    for (Element link : elements(page, "a")) {
      assertThat(ids).contains(link.getAttribute("href").substring(1));
    }
    forEach(
        page,
        element -> {
          for (String id : element.getAttribute("aria-labelledby").split(" ", -1)) {
            assertThat(id.isEmpty() || ids.contains(id)).as(id).isTrue();
          }
        });
  }
}
