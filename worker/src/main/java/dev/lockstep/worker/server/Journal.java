package dev.lockstep.worker.server;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lockstep.worker.disk.SafeFile;
import dev.lockstep.workflows.wire.Wire;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A file to whose end lines of JSON are written, and which is on the disk when it says so.
 *
 * <ol>
 *   <li>Whoever writes waits; one thread takes everything that waits and writes it at once.
 *   <li>It forces the file to the disk once for all of them, and lets them go on.
 *   <li>A process that dies may leave half a line at the end: nobody was told that it is kept, and
 *       it is dropped at the next start.
 *   <li>Lines that say nothing any more are left out of a new file, which takes the old one's place
 *       in one step: at each start, and when the file has doubled.
 * </ol>
 */
final class Journal implements AutoCloseable {
  /** Below this size, writing anew gains nothing. */
  private static final long SMALL_BYTES = 16L << 20;

  private final Path file;
  private final Supplier<List<JsonNode>> kept;
  private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>();
  private final Thread writer = new Thread(this::write, "journal");
  private FileChannel channel;
  private long sizeAfterRewrite;

  private record Entry(String line, CompletableFuture<Boolean> done) {
    /** The last one. */
    boolean ends() {
      return line.isEmpty();
    }
  }

  private Journal(Path file, Supplier<List<JsonNode>> kept) throws IOException {
    this.file = file;
    this.kept = kept;
    this.channel = rewritten();
    this.sizeAfterRewrite = channel.size();
  }

  /**
   * The lines of a file that an earlier process wrote.
   *
   * @throws IOException also where a line other than the last one is broken
   */
  static List<JsonNode> read(Path file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    if (!Files.exists(file)) {
      return lines;
    }
    byte[] text = Files.readAllBytes(file);
    int start = 0;
    for (int end = 0; end < text.length; end++) {
      if (text[end] == '\n') {
        lines.add(parse(file, lines.size() + 1, text, start, end));
        start = end + 1;
      }
    }
    return lines;
  }

  private static JsonNode parse(Path file, int number, byte[] text, int start, int end)
      throws IOException {
    try {
      return Wire.mapper().readTree(text, start, end - start);
    } catch (JsonProcessingException e) {
      throw new IOException(
          "line " + number + " of " + file + " is broken; repair it or move the file away", e);
    }
  }

  /**
   * Goes on in that file.
   *
   * @param kept every line that still says something, whenever it is asked
   */
  static Journal open(Path file, Supplier<List<JsonNode>> kept) throws IOException {
    Journal journal = new Journal(file, kept);
    journal.writer.setDaemon(true);
    journal.writer.start();
    return journal;
  }

  /** Ends well when the line is on the disk. */
  CompletableFuture<Boolean> append(JsonNode line) {
    Entry entry = new Entry(text(line), new CompletableFuture<>());
    waiting.add(entry);
    return entry.done();
  }

  private static String text(JsonNode line) {
    return line + "\n";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private void write() {
    boolean open = true;
    while (open) {
      List<Entry> together = new ArrayList<>();
      try {
        together.add(waiting.take());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      waiting.drainTo(together);
      open = together.stream().noneMatch(Entry::ends);
      write(together);
    }
  }

  private void write(List<Entry> together) {
    try {
      if (channel.size() > Math.max(SMALL_BYTES, 2 * sizeAfterRewrite)) {
        renew();
      }
      append(together.stream().map(Entry::line).collect(Collectors.joining()));
      together.forEach(entry -> entry.done().complete(true));
    } catch (IOException e) {
      together.forEach(entry -> entry.done().completeExceptionally(e));
    }
  }

  /** Where the new file cannot be written, the old one, which has everything, goes on. */
  private void renew() throws IOException {
    FileChannel old = channel;
    try {
      channel = rewritten();
      old.close();
      sizeAfterRewrite = channel.size();
    } catch (IOException e) {
      old.close();
      channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      sizeAfterRewrite = channel.size();
    }
  }

  /** All or nothing: half a line would break the next one. */
  private void append(String lines) throws IOException {
    long before = channel.size();
    try {
      SafeFile.write(channel, bytes(lines));
      channel.force(false);
    } catch (IOException e) {
      channel.truncate(before);
      throw e;
    }
  }

  private FileChannel rewritten() throws IOException {
    SafeFile.replace(
        file,
        channel -> {
          for (JsonNode line : kept.get()) {
            SafeFile.write(channel, bytes(text(line)));
          }
        });
    return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    waiting.add(new Entry("", new CompletableFuture<>()));
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
