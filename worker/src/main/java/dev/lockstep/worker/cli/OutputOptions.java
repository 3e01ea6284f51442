package dev.lockstep.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lockstep.workflows.wire.Wire;
import java.io.PrintStream;
import picocli.CommandLine.Option;

/** The form in which a command prints its result. */
final class OutputOptions {
  /** The forms. */
  enum Form {
    /** For people. */
    text,
    /** One JSON document, for programs. */
    json
  }

  @Option(
      names = "--output",
      paramLabel = "text|json",
      defaultValue = "text",
      description = "Form of the result on standard output; default: ${DEFAULT-VALUE}.")
  private Form form = Form.text;

  /** Prints one of the two, as the last thing on standard output. */
  void print(PrintStream out, Object json, String text) {
    if (form == Form.text) {
      out.print(text);
      out.flush();
    } else {
      printJson(out, json);
    }
  }

  /** Whether a program reads it. */
  boolean isJson() {
    return form == Form.json;
  }

  static void printJson(PrintStream out, Object json) {
    try {
      out.println(Wire.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result that JSON cannot say", e);
    }
  }
}
