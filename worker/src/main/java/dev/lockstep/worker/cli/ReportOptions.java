package dev.lockstep.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.worker.report.RunPage;
import dev.lockstep.worker.report.RunReport;
import dev.lockstep.worker.report.page.HtmlPage;
import dev.lockstep.worker.report.page.MarkdownPage;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** In which form a report is written, and where to. */
final class ReportOptions {
  /** The forms. */
  enum Form {
    /** One page that needs nothing else. */
    html,
    /** For code hosts and chats. */
    markdown,
    /** For programs. */
    json
  }

  @Option(
      names = "--format",
      paramLabel = "html|markdown|json",
      description = "Form of the report; default: html, with --output json: json.")
  private @Nullable Form format;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Where it is written; default: standard output, for html lockstep-report-KIND-NAME.html"
              + " here.")
  private @Nullable Path out;

  /** A file that was written, for programs. */
  record Written(String file, String format, String state) {}

  /** Refuses two documents on standard output. */
  void check(OutputOptions output) {
    if (output.isJson() && form(output) == Form.markdown && out == null) {
      throw new CommandFailure(
          ExitCode.INVALID,
          "--output json and --format markdown both want standard output: give --out FILE");
    }
  }

  /** Writes it, and says where. */
  void write(RunReport report, PrintStream standard, OutputOptions output) {
    Form form = form(output);
    String text = text(report, form);
    Optional<Path> target = target(report, form);
    if (target.isEmpty()) {
      standard.print(text);
      standard.flush();
      return;
    }
    String file = target.get().toString();
    try {
      Files.writeString(target.get(), text);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.INVALID, "cannot write " + file + ": " + e.getMessage());
    }
    output.print(
        standard,
        new Written(file, form.name(), report.run().state()),
        "report of %s %s, %s: %s%n"
            .formatted(
                report.run().kind(),
                report.run().name(),
                report.run().state().toLowerCase(Locale.ROOT).replace('_', ' '),
                file));
  }

  private Form form(OutputOptions output) {
    Form otherwise = output.isJson() ? Form.json : Form.html;
    return format == null ? otherwise : format;
  }

  private Optional<Path> target(RunReport report, Form form) {
    if (out != null || form != Form.html) {
      return Optional.ofNullable(out);
    }
    String name =
        "lockstep-report-%s-%s.html"
            .formatted(report.run().kind().toLowerCase(Locale.ROOT), report.run().name())
            // A workflow id may be anything.
            .replaceAll("[^A-Za-z0-9._-]", "-");
    return Optional.of(Path.of(name));
  }

  private static String text(RunReport report, Form form) {
    return switch (form) {
      case html -> HtmlPage.of(RunPage.of(report));
      case markdown -> MarkdownPage.of(RunPage.of(report));
      case json -> json(report);
    };
  }

  private static String json(RunReport report) {
    try {
      return Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a report has JSON", e);
    }
  }
}
