package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Candidate.Trust;
import dev.lockstep.activities.backup.Decision.Verdict;
import dev.lockstep.definitions.model.Retention;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which backups are kept; pure.
 *
 * <ol>
 *   <li>The newest verified one is kept, whatever the rules say; and each newer one of which it
 *       cannot be told whether it was verified.
 *   <li>Without any rule everything is kept; where age is the only one, everything younger.
 *   <li>Of the rest, what is older than the greatest age is pruned.
 *   <li>Each other rule goes from the newest to the oldest and keeps the first it meets of each of
 *       so many periods, in UTC; weeks are those of ISO 8601.
 *   <li>What is kept keeps what it needs: the one that it follows, what that one follows, and so
 *       on.
 *   <li>What nothing keeps is pruned.
 * </ol>
 */
public final class RetentionPlan {
  private static final Comparator<Candidate> NEWEST_FIRST =
      Comparator.comparing(Candidate::snapshot).thenComparing(Candidate::id).reversed();

  private final Retention retention;
  private final Map<Candidate, List<String>> kept = new LinkedHashMap<>();

  private RetentionPlan(Retention retention) {
    this.retention = retention;
  }

  /**
   * One decision for each, the newest first.
   *
   * @param now what ages are measured against
   */
  public static List<Decision> of(List<Candidate> backups, Retention retention, Instant now) {
    List<Candidate> sorted = backups.stream().sorted(NEWEST_FIRST).toList();
    return new RetentionPlan(retention).decide(sorted, now);
  }

  private List<Decision> decide(List<Candidate> backups, Instant now) {
    List<Candidate> young =
        backups.stream()
            .filter(
                one ->
                    retention
                        .maxAge()
                        .map(age -> !one.snapshot().isBefore(now.minus(age)))
                        .orElse(true))
            .toList();
    protectVerified(backups);
    if (retention.keepsAll()) {
      young.forEach(one -> keep(one, "no rule prunes"));
    } else if (retention.decidesByAgeAlone()) {
      young.forEach(one -> keep(one, "not older than " + retention.maxAge().orElseThrow()));
    } else {
      young.stream()
          .limit(retention.last())
          .forEach(one -> keep(one, "one of the last " + retention.last()));
      for (Rule rule : rules()) {
        periods(young, rule);
      }
    }
    keepNeeded(backups);
    Set<Candidate> notOld = new HashSet<>(young);
    return backups.stream().map(one -> decision(one, notOld.contains(one))).toList();
  }

  private void protectVerified(List<Candidate> newestFirst) {
    for (Candidate one : newestFirst) {
      if (one.trust() == Trust.VERIFIED) {
        keep(one, "the newest verified one");
        return;
      }
      if (one.trust() == Trust.UNKNOWN) {
        keep(one, "maybe the newest verified one: the key that could tell is not there");
      }
    }
  }

  private void keepNeeded(List<Candidate> backups) {
    Map<String, Candidate> known = new HashMap<>();
    backups.forEach(one -> known.put(one.id(), one));
    for (Candidate by : List.copyOf(kept.keySet())) {
      @Nullable Candidate needed = by.follows().map(known::get).orElse(null);
      while (needed != null && !kept.containsKey(needed)) {
        keep(needed, "needed by " + by.id());
        needed = needed.follows().map(known::get).orElse(null);
      }
    }
  }

  private List<Rule> rules() {
    return List.of(
        new Rule("hour", "uuuu-MM-dd'T'HH", retention.hourly()),
        new Rule("day", "uuuu-MM-dd", retention.daily()),
        new Rule("week", "YYYY-'W'ww", retention.weekly()),
        new Rule("month", "uuuu-MM", retention.monthly()),
        new Rule("year", "uuuu", retention.yearly()));
  }

  private void periods(List<Candidate> young, Rule rule) {
    Set<String> seen = new HashSet<>();
    for (Candidate one : young) {
      String period = rule.period(one.snapshot());
      if (seen.size() < rule.count() && seen.add(period)) {
        keep(one, "the newest of %s %s".formatted(rule.name(), period));
      }
    }
  }

  private void keep(Candidate one, String reason) {
    kept.computeIfAbsent(one, any -> new ArrayList<>()).add(reason);
  }

  private Decision decision(Candidate one, boolean young) {
    List<String> reasons = kept.getOrDefault(one, List.of());
    if (!reasons.isEmpty()) {
      return new Decision(one, Verdict.KEPT, reasons);
    }
    String why =
        young
            ? "no rule keeps it"
            : "older than " + retention.maxAge().map(Object::toString).orElse("");
    return new Decision(one, Verdict.PRUNED, List.of(why));
  }

  /** So many periods. */
  private record Rule(String name, String pattern, int count) {
    /** The locale fixes what a week is: that of ISO 8601. */
    private static final Locale ISO = Locale.forLanguageTag("en-u-fw-mon-rg-gbzzzz");

    String period(Instant time) {
      return DateTimeFormatter.ofPattern(pattern, ISO).withZone(ZoneOffset.UTC).format(time);
    }
  }
}
