package dev.lockstep.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.backup.Candidate.Trust;
import dev.lockstep.activities.backup.Decision.Verdict;
import dev.lockstep.definitions.model.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is kept can be restored: whatever it needs is kept too. */
final class RetentionOfChainsTest {
  private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

  @Property
  void everythingThatIsKeptKeepsWhatItNeeds(
      @ForAll @IntRange(max = 120) int links,
      @ForAll @IntRange(min = 1, max = 30) int baseEvery,
      @ForAll @IntRange(max = 3) int last,
      @ForAll @IntRange(max = 3) int hourly,
      @ForAll @IntRange(max = 3) int daily,
      @ForAll @IntRange(min = 1, max = 40) int hours,
      @ForAll long seed) {
    List<Candidate> all = chains(links, baseEvery, new Random(seed));
    Retention retention =
        new Retention(last, hourly, daily, 0, 0, 0, Optional.of(Duration.ofHours(hours)));

    List<Decision> decisions = RetentionPlan.of(all, retention, NOW);

    Set<String> kept =
        decisions.stream()
            .filter(it -> it.verdict() == Verdict.KEPT)
            .map(it -> it.candidate().id())
            .collect(Collectors.toSet());
    assertThat(decisions)
        .filteredOn(it -> it.verdict() == Verdict.KEPT)
        .allMatch(it -> it.candidate().follows().map(kept::contains).orElse(true))
        .allMatch(it -> !it.reasons().isEmpty());
  }

  /** In any order, half an hour between two, each base begins a chain. */
  private static List<Candidate> chains(int links, int baseEvery, Random random) {
    List<Candidate> all = new ArrayList<>();
    for (int i = 0; i < links; i++) {
      Trust trust = random.nextInt(3) > 0 ? Trust.VERIFIED : Trust.UNVERIFIED;
      Optional<String> follows =
          i % baseEvery == 0 ? Optional.empty() : Optional.of("link-" + (i - 1));
      Instant time = NOW.minus(Duration.ofMinutes(30L * (links - i)));
      all.add(new Candidate("link-" + i, time, trust, follows));
    }
    Collections.shuffle(all, random);
    return all;
  }

  @Example
  void theLastOneKeepsItsChainAndSaysForWhom() {
    List<Candidate> all = chains(7, 4, new Random(1));

    List<Decision> decisions =
        RetentionPlan.of(all, new Retention(1, 0, 0, 0, 0, 0, Optional.empty()), NOW);

    assertThat(decisions)
        .filteredOn(it -> it.verdict() == Verdict.KEPT)
        .extracting(it -> it.candidate().id())
        .contains("link-6", "link-5", "link-4");
    assertThat(decisions)
        .filteredOn(it -> it.candidate().id().equals("link-4"))
        .first()
        .extracting(Decision::reasons)
        .asString()
        .contains("needed by");
  }
}
