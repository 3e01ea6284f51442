package dev.lockstep.activities.dump.place;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Somewhere with the programs of a database. Several may run at a time. */
public interface Place extends AutoCloseable {
  /** What it is called in messages, such as {@code the worker} or {@code pod shop/postgres-0}. */
  String name();

  /**
   * Starts a program. Nothing of it is kept on any disk.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code CLIENT_UNFIT} where there is no shell,
   *     else what the cluster answers
   */
  Running start(Program program);

  /**
   * Runs a program that says little, to its end.
   *
   * @return the first 16 MiB of its output
   * @throws IOException as {@link Running#output()} does
   */
  default String ask(Program program) throws IOException {
    try (Running running = start(program);
        InputStream output = running.output()) {
      String text = new String(output.readNBytes(ANSWER_BYTES), StandardCharsets.UTF_8);
      output.transferTo(java.io.OutputStream.nullOutputStream());
      return text;
    }
  }

  /** Most of an answer: names of all objects of a large database fit. */
  int ANSWER_BYTES = 16 << 20;

  /** Ends what was made for it. Its programs are to be closed before. */
  @Override
  void close();
}
