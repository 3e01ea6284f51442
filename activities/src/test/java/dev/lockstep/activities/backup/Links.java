package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Candidate.Trust;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.Link;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Physical backups as a listing has them. */
final class Links {
  private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");

  private Links() {}

  static Instant minute(int number) {
    return BEGIN.plusSeconds(60L * number);
  }

  /** A base that was begun at a minute, complete at the next, whose log begins there. */
  static Listed base(int minute, int end) {
    return link(Link.Kind.BASE, minute, minute + 1, Optional.empty(), end);
  }

  /** Log between two positions, up to a minute. */
  static Listed log(int minute, int from, int end) {
    return link(Link.Kind.LOG, minute, minute, Optional.of("0/" + from), end);
  }

  private static Listed link(
      Link.Kind kind, int snapshot, int until, Optional<String> from, int end) {
    Link link =
        new Link(kind, "77", 1, 16 << 20, minute(until), Optional.empty(), Optional.empty());
    DumpFacts facts =
        new DumpFacts(
                "postgresql",
                "15.20",
                "",
                "log",
                minute(snapshot),
                from,
                Optional.of("0/" + end),
                1,
                new TreeMap<>())
            .withLink(link);
    return listed(snapshot, kind.name(), facts);
  }

  /** One that is not physical. */
  static Listed alone(int minute) {
    DumpFacts facts =
        new DumpFacts(
            "postgresql",
            "15.20",
            "pg_dump 15.20",
            "pg_dump custom",
            minute(minute),
            Optional.empty(),
            Optional.empty(),
            1,
            new TreeMap<>());
    return listed(minute, "ALONE", facts);
  }

  /** As real ones, ids stand in the order of the time. */
  private static Listed listed(int minute, String kind, DumpFacts facts) {
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            "shop-wal",
            "%04d-%s".formatted(minute, kind),
            "",
            facts,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            List.of(),
            facts.snapshot(),
            facts.snapshot(),
            Optional.empty(),
            Optional.empty());
    return new Listed(manifest, Trust.VERIFIED, List.of(), Optional.empty());
  }
}
