package dev.lockstep.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.lockstep.activities.backup.Candidate.Trust;
import dev.lockstep.activities.backup.Decision.Verdict;
import dev.lockstep.definitions.model.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.assertj.core.groups.Tuple;

final class RetentionPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @Example
  void withoutRulesEverythingIsKept() {
    List<Candidate> all = List.of(at("2026-11-26T00:00:00Z"), at("1999-01-01T00:00:00Z"));
    assertThat(kept(all, Retention.ALL)).hasSize(2);
  }

  @Example
  void eachRuleKeepsTheNewestOfItsPeriodsAndSaysSo() {
    List<Candidate> all =
        List.of(
            at("2026-11-26T10:50:00Z"),
            at("2026-11-26T10:10:00Z"),
            at("2026-11-26T09:00:00Z"),
            at("2026-11-25T23:59:59Z"),
            at("2026-11-22T23:00:00Z"),
            at("2026-11-15T01:00:00Z"),
            at("2025-12-31T12:00:00Z"));
    List<Decision> decisions =
        RetentionPlan.of(all, new Retention(0, 2, 2, 2, 1, 2, Optional.empty()), NOW);
    assertThat(decisions)
        .extracting(decision -> decision.candidate().id(), Decision::reasons)
        .containsExactly(
            line(
                "2026-11-26T10:50:00Z",
                "the newest of hour 2026-11-26T10",
                "the newest of day 2026-11-26",
                "the newest of week 2026-W48",
                "the newest of month 2026-11",
                "the newest of year 2026"),
            line("2026-11-26T10:10:00Z", "no rule keeps it"),
            line("2026-11-26T09:00:00Z", "the newest of hour 2026-11-26T09"),
            line("2026-11-25T23:59:59Z", "the newest of day 2026-11-25"),
            line("2026-11-22T23:00:00Z", "the newest of week 2026-W47"),
            line("2026-11-15T01:00:00Z", "no rule keeps it"),
            line("2025-12-31T12:00:00Z", "the newest of year 2025"));
  }

  @Example
  void weeksAreThoseOfIso() {
    // Monday 2024-12-30 is in week 1 of 2025; Sunday 2023-01-01 in week 52 of 2022.
    assertThat(reasons(at("2024-12-30T00:00:00Z"))).contains("the newest of week 2025-W01");
    assertThat(reasons(at("2023-01-01T12:00:00Z"))).contains("the newest of week 2022-W52");
    assertThat(reasons(at("2020-12-31T12:00:00Z"))).contains("the newest of week 2020-W53");
  }

  @Example
  void ageAloneKeepsWhatIsYoungerAndTheNewestVerified() {
    Candidate proven = new Candidate("proven", NOW.minus(Duration.ofDays(900)), Trust.VERIFIED);
    Candidate edge = new Candidate("edge", NOW.minus(Duration.ofDays(30)), Trust.UNVERIFIED);
    Candidate old =
        new Candidate("old", NOW.minus(Duration.ofDays(30)).minusMillis(1), Trust.UNVERIFIED);
    Retention byAge = new Retention(0, 0, 0, 0, 0, 0, Optional.of(Duration.ofDays(30)));
    assertThat(kept(List.of(proven, edge, old), byAge)).containsExactly("edge", "proven");
    assertThat(RetentionPlan.of(List.of(old), byAge, NOW).get(0).reasons())
        .containsExactly("older than PT720H");
  }

  @Example
  void greatAgeEndsWhatARuleWouldKeep() {
    List<Candidate> all = List.of(at("2026-11-26T00:00:00Z"), at("2025-01-01T00:00:00Z"));
    Retention yearly = new Retention(5, 0, 0, 0, 0, 5, Optional.of(Duration.ofDays(100)));
    assertThat(kept(all, yearly)).containsExactly("2026-11-26T00:00:00Z");
  }

  @Property
  void theNewestVerifiedIsAlwaysKept(
      @ForAll("backups") List<Candidate> backups, @ForAll("retentions") Retention retention) {
    backups.stream()
        .filter(one -> one.trust() == Trust.VERIFIED)
        .max(Comparator.comparing(Candidate::snapshot).thenComparing(Candidate::id))
        .ifPresent(newest -> assertThat(kept(backups, retention)).contains(newest.id()));
  }

  @Property
  void whatIsKeptIsKeptTheNextTime(
      @ForAll("backups") List<Candidate> backups, @ForAll("retentions") Retention retention) {
    Set<String> kept = new HashSet<>(kept(backups, retention));
    List<Candidate> left = backups.stream().filter(one -> kept.contains(one.id())).toList();
    assertThat(kept(left, retention)).hasSize(left.size());
  }

  @Property
  void moreRulesPruneNoMore(
      @ForAll("backups") List<Candidate> backups,
      @ForAll("retentions") Retention less,
      @ForAll("retentions") Retention more) {
    if (less.keepsAll() || less.decidesByAgeAlone()) {
      return;
    }
    Retention both =
        new Retention(
            less.last() + more.last(),
            less.hourly() + more.hourly(),
            less.daily() + more.daily(),
            less.weekly() + more.weekly(),
            less.monthly() + more.monthly(),
            less.yearly() + more.yearly(),
            less.maxAge().flatMap(age -> more.maxAge().map(age::plus)));
    assertThat(kept(backups, both)).containsAll(kept(backups, less));
  }

  @Property
  void ofADayTheNewestIsTheOneThatIsKept(@ForAll("backups") List<Candidate> backups) {
    List<Candidate> unverified =
        backups.stream()
            .map(one -> new Candidate(one.id(), one.snapshot(), Trust.UNVERIFIED))
            .toList();
    Retention daily = new Retention(0, 0, 4, 0, 0, 0, Optional.empty());
    List<String> expected =
        unverified.stream()
            .collect(
                Collectors.groupingBy(one -> one.snapshot().atZone(ZoneOffset.UTC).toLocalDate()))
            .entrySet()
            .stream()
            .sorted(Map.Entry.comparingByKey(Comparator.reverseOrder()))
            .limit(4)
            .map(
                day ->
                    day.getValue().stream()
                        .max(Comparator.comparing(Candidate::snapshot).thenComparing(Candidate::id))
                        .orElseThrow()
                        .id())
            .toList();
    assertThat(kept(unverified, daily)).containsExactlyElementsOf(expected);
  }

  @Provide
  Arbitrary<List<Candidate>> backups() {
    Arbitrary<Candidate> one =
        Combinators.combine(
                Arbitraries.integers().between(0, 60 * 24 * 800), Arbitraries.of(Trust.values()))
            .as(
                (minutes, trust) ->
                    new Candidate("m" + minutes, NOW.minus(Duration.ofMinutes(minutes)), trust));
    return one.list().ofMaxSize(40).uniqueElements(Candidate::id);
  }

  @Provide
  Arbitrary<Retention> retentions() {
    Arbitrary<Integer> count = Arbitraries.integers().between(0, 4);
    return Combinators.combine(
            count,
            count,
            count,
            count,
            count,
            count,
            Arbitraries.integers().between(1, 900).map(Duration::ofDays).optional())
        .as(Retention::new);
  }

  private static List<String> reasons(Candidate one) {
    Retention weekly = new Retention(0, 0, 0, 1, 0, 0, Optional.empty());
    return RetentionPlan.of(List.of(one), weekly, NOW).get(0).reasons();
  }

  private static List<String> kept(List<Candidate> backups, Retention retention) {
    List<Candidate> shuffled = new ArrayList<>(backups);
    Collections.shuffle(shuffled, new Random(3));
    return RetentionPlan.of(shuffled, retention, NOW).stream()
        .filter(decision -> decision.verdict() == Verdict.KEPT)
        .map(decision -> decision.candidate().id())
        .toList();
  }

  private static Candidate at(String time) {
    return new Candidate(time, Instant.parse(time), Trust.UNVERIFIED);
  }

  private static Tuple line(String id, String... reasons) {
    return tuple(id, List.of(reasons));
  }
}
