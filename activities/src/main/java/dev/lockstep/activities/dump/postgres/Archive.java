package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.place.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

  /** What 17 and later have among the rows: owners of large objects, and rights to them. */
  private static final Pattern LARGE_OBJECT =
      Pattern.compile("\\d+; \\d+ \\d+ (?:BLOB METADATA - |ACL - LARGE OBJECT)");

  private static final String METADATA = " BLOB METADATA - ";

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

  /**
   * The same by way of psql, for a server that does not know every setting of pg_restore: settings
   * come before all else, and those are left out. {@code read} takes no more than its line, so that
   * the rest goes through {@code cat} as it is. Both programs have to end with status 0.
   */
  private static final String BY_SCRIPT =
      """
      bytes=$1 unknown=$2 restore=$3; shift 3
      list=$(dd bs="$bytes" count=1 iflag=fullblock 2>/dev/null)
      settings() {
        while IFS= read -r line; do
          name=${line#SET }; name=${name%% *}
          case $line in
            'SET '*) case " $unknown " in *" $name "*) continue ;; esac ;;
            '' | --* | 'SELECT pg_catalog.set_config'* | \\\\*) ;;
            *) printf '%s\\n' "$line"; break ;;
          esac
          printf '%s\\n' "$line"
        done
        cat
      }
      ended=$({
        {
          "$restore" --no-owner --no-privileges --no-tablespaces --file=- --use-list=/dev/fd/4 4<<END
      $list
      END
          echo $? >&3
        } | settings | "$@" >&2
        echo $? >&3
      } 3>&1)
      set -- $ended
      [ "$*" = '0 0' ]
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
      List<String> all = new ArrayList<>(SqlStatements.of(definitions()));
      List<String> objects =
          entries.stream().filter(it -> LARGE_OBJECT.matcher(it).lookingAt()).toList();
      if (objects.stream().anyMatch(it -> it.contains(METADATA))) {
        Program program = programs.offline("pg_restore", name, List.of("--file=-"));
        Program.Input input = new Program.Input(head.length, new ByteArrayInputStream(head));
        all.addAll(SqlStatements.of(programs.place().ask(listed(program, objects, input))));
      }
      return all;
    } catch (IOException e) {
      throw Broken.orContent(e);
    }
  }

  private String definitions() throws IOException {
    List<String> options = List.of("--section=pre-data", "--section=post-data", "--file=-");
    return ask(programs, name, head, options);
  }

  /** What loads these entries of it into the database. */
  Program restore(List<String> chosen) {
    Program restore =
        programs.program(
            "pg_restore",
            name,
            List.of("--exit-on-error", "--no-owner", "--no-privileges", "--no-tablespaces"));
    return listed(restore, chosen, all());
  }

  /** The same program, which reads the list of its entries first. */
  private static Program listed(Program program, List<String> chosen, Program.Input archive) {
    byte[] list = (String.join("\n", chosen) + "\n").getBytes(StandardCharsets.UTF_8);
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", WITH_LIST, "sh", Integer.toString(list.length)));
    command.addAll(program.command());
    return new Program(
        program.title(),
        command,
        program.environment(),
        Optional.of(behind(list, archive)),
        program.fault());
  }

  private static Program.Input behind(byte[] list, Program.Input archive) {
    return new Program.Input(
        list.length + archive.bytes(),
        new SequenceInputStream(new ByteArrayInputStream(list), archive.content()));
  }

  /**
   * The same for a server that does not know these settings.
   *
   * @param unknown their names
   */
  Program restoreWithout(Set<String> unknown, List<String> chosen) {
    byte[] list = (String.join("\n", chosen) + "\n").getBytes(StandardCharsets.UTF_8);
    Program psql = programs.program("psql", name, PostgresLoadSession.SCRIPT);
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", BY_SCRIPT, "sh", Integer.toString(list.length)));
    command.add(String.join(" ", unknown));
    command.add(programs.folder() + "/pg_restore");
    command.addAll(psql.command());
    return new Program(
        psql.title(), command, psql.environment(), Optional.of(behind(list, all())), psql.fault());
  }

  private Program.Input all() {
    return new Program.Input(
        bytes, new SequenceInputStream(new ByteArrayInputStream(head), content));
  }
}
