package dev.lockstep.worker.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs commands as a process would, and keeps what they say. */
final class Terminal {
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream messages = new ByteArrayOutputStream();
  private final String input;

  Terminal(String input) {
    this.input = input;
  }

  int run(String... arguments) {
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(output, true, StandardCharsets.UTF_8),
            new PrintStream(messages, true, StandardCharsets.UTF_8),
            false);
    return CommandLines.create(console).execute(arguments);
  }

  String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  String messages() {
    return messages.toString(StandardCharsets.UTF_8);
  }

  /** All of the output, which must be one document. */
  JsonNode json() throws JsonProcessingException {
    return new ObjectMapper()
        .readerFor(JsonNode.class)
        .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .readValue(output());
  }
}
