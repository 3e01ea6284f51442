package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of one folder at a place.
 *
 * @param folder absolute
 * @param version such as {@code 15.20}
 */
record Programs(Place place, SortedMap<String, String> environment, String folder, String version) {
  /** Server and program notice a silent peer within about half a minute. */
  private static final String CONNECTION =
      "--dbname=connect_timeout=10 keepalives_idle=15 keepalives_interval=5 keepalives_count=3";

  /** What the place itself has set must not lead elsewhere. */
  private static final List<String> ALONE =
      List.of("env", "-u", "PGSERVICE", "-u", "PGHOSTADDR", "-u", "PGOPTIONS", "-u", "PGPASSFILE");

  /** Prints folder and version: of PATH, of Debian, of Red Hat, of one's own build. */
  private static final String PRINT =
      """
      print() { [ -x "$1" ] && printf '%s\\t%s\\n' "${1%/pg_dump}" "$("$1" --version)"; }
      """;

  private static final String SEARCH_ONE = PRINT + "print \"$1/pg_dump\"; true";
  private static final String SEARCH_ALL =
      PRINT
          + """
          print "$(command -v pg_dump)"
          for p in /usr/lib/postgresql/*/bin/pg_dump /usr/pgsql-*/bin/pg_dump /usr/local/bin/pg_dump
          do print "$p"; done
          true
          """;

  private static final Pattern FOUND =
      Pattern.compile("(?m)^(/[^\\t]*)\\t.*\\(PostgreSQL\\) (\\d+)(\\S*)");

  /**
   * The oldest programs that are not older than that: those nearest to the server write what it can
   * read again.
   *
   * @param only the one folder to look into; absent: the usual ones
   * @param needed no older one
   * @throws io.temporal.failure.ApplicationFailure {@code CLIENT_UNFIT}, naming what was found
   */
  static Programs find(
      Place place, SortedMap<String, String> environment, Optional<String> only, Needed needed) {
    List<Candidate> all = candidates(place, environment, only);
    return all.stream()
        .filter(it -> it.major() >= needed.major())
        .min(Comparator.comparingInt(Candidate::major))
        .map(it -> new Programs(place, environment, it.folder(), it.version()))
        .orElseThrow(() -> unfit(place, only, needed, all));
  }

  private static List<Candidate> candidates(
      Place place, SortedMap<String, String> environment, Optional<String> only) {
    List<String> command =
        List.of("sh", "-c", only.isPresent() ? SEARCH_ONE : SEARCH_ALL, "sh", only.orElse(""));
    Program search =
        new Program(
            "the search for pg_dump",
            command,
            environment,
            Optional.empty(),
            FaultCode.CLIENT_UNFIT);
    try {
      List<Candidate> found = new ArrayList<>();
      Matcher matcher = FOUND.matcher(place.ask(search));
      while (matcher.find()) {
        int major = Integer.parseInt(matcher.group(2));
        found.add(new Candidate(matcher.group(1), major, major + matcher.group(3)));
      }
      return found;
    } catch (IOException e) {
      throw Broken.failure(e);
    }
  }

  private static RuntimeException unfit(
      Place place, Optional<String> only, Needed needed, List<Candidate> all) {
    String found =
        all.isEmpty()
            ? "there is no pg_dump" + only.map(it -> " in " + it).orElse("")
            : "pg_dump is version "
                + String.join(", ", all.stream().map(Candidate::version).distinct().toList());
    return Faults.failure(
        FaultCode.CLIENT_UNFIT,
        "%s at %s; %s: version %d or newer is needed"
            .formatted(found, place.name(), needed.reason(), needed.major()),
        "");
  }

  /**
   * One of them, connecting as the environment says.
   *
   * @param name such as {@code pg_dump}
   * @param of what it works on, for messages
   */
  Program program(String name, String of, List<String> options) {
    List<String> all = new ArrayList<>(List.of(CONNECTION, "--no-password"));
    all.addAll(options);
    return offline(name, of, all);
  }

  /** One of them that does not connect. */
  Program offline(String name, String of, List<String> options) {
    List<String> command = new ArrayList<>(ALONE);
    command.add(folder + "/" + name);
    command.addAll(options);
    FaultCode fault = name.startsWith("pg_dump") ? FaultCode.DUMP_FAILED : FaultCode.LOAD_FAILED;
    return new Program(name + " of " + of, command, environment, Optional.empty(), fault);
  }

  int major() {
    return Integer.parseInt(version.replaceFirst("\\D.*", ""));
  }

  /** For the facts of a dump. */
  String client() {
    return "pg_dump " + version;
  }

  /**
   * A version that programs must have at least.
   *
   * @param reason what asks for it, such as {@code the server is version 18.6}
   */
  record Needed(int major, String reason) {}

  private record Candidate(String folder, int major, String version) {}
}
