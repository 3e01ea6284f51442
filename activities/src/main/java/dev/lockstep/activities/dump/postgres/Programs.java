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
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of one folder at a place.
 *
 * @param folder absolute
 * @param version such as {@code 15.20}
 */
public record Programs(
    Place place, SortedMap<String, String> environment, String folder, String version) {
  /** Server and program notice a silent peer within about half a minute. */
  private static final String CONNECTION =
      "--dbname=connect_timeout=10 keepalives_idle=15 keepalives_interval=5 keepalives_count=3";

  /** What the place itself has set must not lead elsewhere. */
  private static final List<String> ALONE =
      List.of("env", "-u", "PGSERVICE", "-u", "PGHOSTADDR", "-u", "PGOPTIONS", "-u", "PGPASSFILE");

  /** Prints folder and version: of PATH, of Debian, of Red Hat, of one's own build. */
  private static final String PRINT =
      """
      names=$1; first=${1%% *}
      print() {
        for n in $names; do [ -x "${1%/*}/$n" ] || return 0; done
        printf '%s\\t%s\\n' "${1%/*}" "$("$1" --version)"
      }
      """;

  private static final String SEARCH_ONE = PRINT + "print \"$2/$first\"; true";
  private static final String SEARCH_ALL =
      PRINT
          + """
          print "$(command -v "$first")"
          for p in /usr/lib/postgresql/*/bin/"$first" /usr/pgsql-*/bin/"$first" /usr/local/bin/"$first"
          do print "$p"; done
          true
          """;

  private static final Set<String> WRITERS = Set.of("pg_dump", "pg_dumpall", "pg_basebackup");

  private static final Pattern FOUND =
      Pattern.compile("(?m)^(/[^\\t]*)\\t.*\\(PostgreSQL\\) (\\d+)(\\S*)");

  /**
   * The oldest programs that are not older than that: those nearest to the server write what it can
   * read again.
   *
   * @param names of the one that is looked for, and of those that are needed beside it
   * @throws io.temporal.failure.ApplicationFailure {@code CLIENT_UNFIT}, naming what was found
   */
  static Programs find(Site site, List<String> names, Needed needed) {
    List<Candidate> all = candidates(site, names);
    return all.stream()
        .filter(it -> it.major() >= needed.major() && it.major() <= needed.most())
        .min(Comparator.comparingInt(Candidate::major))
        .map(it -> new Programs(site.place(), site.environment(), it.folder(), it.version()))
        .orElseThrow(() -> unfit(site, names.get(0), needed, all));
  }

  private static List<Candidate> candidates(Site site, List<String> names) {
    Optional<String> only = site.folder();
    List<String> command =
        List.of(
            "sh",
            "-c",
            only.isPresent() ? SEARCH_ONE : SEARCH_ALL,
            "sh",
            String.join(" ", names),
            only.orElse(""));
    Program search =
        new Program(
            "the search for " + names.get(0),
            command,
            site.environment(),
            Optional.empty(),
            FaultCode.CLIENT_UNFIT);
    try {
      List<Candidate> found = new ArrayList<>();
      Matcher matcher = FOUND.matcher(site.place().ask(search));
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
      Site site, String name, Needed needed, List<Candidate> all) {
    String found =
        all.isEmpty()
            ? "there is no " + name + site.folder().map(it -> " in " + it).orElse("")
            : name
                + " is version "
                + String.join(", ", all.stream().map(Candidate::version).distinct().toList());
    return Faults.failure(
        FaultCode.CLIENT_UNFIT,
        "%s at %s; %s: version %d%s is needed"
            .formatted(
                found,
                site.place().name(),
                needed.reason(),
                needed.major(),
                needed.most() == needed.major() ? "" : " or newer"),
        "");
  }

  /**
   * One of them, connecting as the environment says.
   *
   * @param name such as {@code pg_dump}
   * @param of what it works on, for messages
   */
  public Program program(String name, String of, List<String> options) {
    List<String> all = new ArrayList<>(List.of(CONNECTION, "--no-password"));
    all.addAll(options);
    return offline(name, of, all);
  }

  /** One of them that does not connect. */
  public Program offline(String name, String of, List<String> options) {
    List<String> command = new ArrayList<>(ALONE);
    command.add(folder + "/" + name);
    command.addAll(options);
    FaultCode fault = WRITERS.contains(name) ? FaultCode.DUMP_FAILED : FaultCode.LOAD_FAILED;
    return new Program(name + " of " + of, command, environment, Optional.empty(), fault);
  }

  int major() {
    return Integer.parseInt(version.replaceFirst("\\D.*", ""));
  }

  /** For the facts of a dump. */
  String client() {
    return client("pg_dump");
  }

  /** For the facts of what {@code name} wrote. */
  public String client(String name) {
    return name + " " + version;
  }

  /**
   * A version that programs must have at least.
   *
   * @param most and at most
   * @param reason what asks for it, such as {@code the server is version 18.6}
   */
  public record Needed(int major, int most, String reason) {
    /** That one or any newer one. */
    public Needed(int major, String reason) {
      this(major, Integer.MAX_VALUE, reason);
    }
  }

  private record Candidate(String folder, int major, String version) {}
}
