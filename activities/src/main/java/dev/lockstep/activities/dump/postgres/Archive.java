package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.place.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An archive of pg_dump that comes as a stream. Its table of contents, with every definition,
 * stands before all rows: so much of it is kept in memory as has to be asked before it is loaded.
 */
final class Archive {
  private static final int FIRST_BYTES = 1 << 20;

  /** Definitions of some hundred thousand objects. */
  private static final int MOST_BYTES = 256 << 20;

  private static final int GROWTH = 4;

  private static final Pattern ENTRY = Pattern.compile("\\d+; \\d+ \\d+ \\S.*");

  /**
   * Reads the list of what to load from the input too, before the archive: exactly so many bytes,
   * and no file is made.
   */
  private static final String WITH_LIST =
      """
      bytes=$1; shift
      list=$(dd bs="$bytes" count=1 iflag=fullblock 2>/dev/null)
      "$@" --use-list=/dev/fd/4 4<<END
      $list
      END
      """;

  private final Programs programs;
  private final String name;
  private final long bytes;
  private final InputStream content;
  private final byte[] head;
  private final List<String> entries;

  private Archive(
      Programs programs, String name, long bytes, InputStream content, Contents contents) {
    this.programs = programs;
    this.name = name;
    this.bytes = bytes;
    this.content = content;
    this.head = contents.head().toByteArray();
    this.entries = contents.entries();
  }

  private record Contents(ByteArrayOutputStream head, List<String> entries) {}

  /**
   * Reads as much as has to be known.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code LOAD_FAILED} where it is no archive
   */
  static Archive read(Programs programs, String name, long bytes, InputStream content)
      throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int size = FIRST_BYTES;
    while (true) {
      head.write(content.readNBytes(size - head.size()));
      try {
        String list = ask(programs, name, head.toByteArray(), List.of("--list"));
        List<String> entries = list.lines().filter(line -> ENTRY.matcher(line).matches()).toList();
        return new Archive(programs, name, bytes, content, new Contents(head, entries));
      } catch (IOException e) {
        if (head.size() >= bytes || head.size() < size || size >= MOST_BYTES) {
          throw Broken.orContent(e);
        }
        size *= GROWTH;
      }
    }
  }

  private static String ask(Programs programs, String name, byte[] head, List<String> options)
      throws IOException {
    Program.Input input = new Program.Input(head.length, new ByteArrayInputStream(head));
    return programs.place().ask(programs.offline("pg_restore", name, options).reading(input));
  }

  /** Lines of its table of contents. */
  List<String> entries() {
    return entries;
  }

  /** Its definitions as SQL, without rows. */
  List<String> statements() throws IOException {
    try {
      return SqlStatements.of(
          ask(
              programs,
              name,
              head,
              List.of("--section=pre-data", "--section=post-data", "--file=-")));
    } catch (IOException e) {
      throw Broken.orContent(e);
    }
  }

  /** What loads these entries of it into the database. */
  Program restore(List<String> chosen) {
    byte[] list = (String.join("\n", chosen) + "\n").getBytes(StandardCharsets.UTF_8);
    Program restore =
        programs.program(
            "pg_restore",
            name,
            List.of("--exit-on-error", "--no-owner", "--no-privileges", "--no-tablespaces"));
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", WITH_LIST, "sh", Integer.toString(list.length)));
    command.addAll(restore.command());
    return new Program(
        restore.title(),
        command,
        restore.environment(),
        Optional.of(new Program.Input(list.length + bytes, all(list))),
        restore.fault());
  }

  private InputStream all(byte[] list) {
    Enumeration<InputStream> parts =
        java.util.Collections.enumeration(
            List.of(new ByteArrayInputStream(list), new ByteArrayInputStream(head), content));
    return new SequenceInputStream(parts);
  }
}
