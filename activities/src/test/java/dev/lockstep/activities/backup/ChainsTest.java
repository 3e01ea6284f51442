package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Links.alone;
import static dev.lockstep.activities.backup.Links.base;
import static dev.lockstep.activities.backup.Links.log;
import static dev.lockstep.activities.backup.Links.minute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.backup.Candidate.Trust;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ChainsTest {
  private static final Listed BASE = base(0, 2);
  private static final Listed FIRST = log(10, 2, 3);
  private static final Listed SECOND = log(20, 3, 5);
  private static final Listed LATER_BASE = base(30, 7);
  private static final Listed LATER_LOG = log(40, 7, 8);
  private static final List<Listed> ALL = List.of(SECOND, LATER_LOG, BASE, FIRST, LATER_BASE);

  @Test
  void aRestoreOfLogNeedsItsBaseAndAllBetween() {
    assertThat(Chains.of(ALL).to(SECOND)).contains(List.of(BASE, FIRST, SECOND));
    assertThat(Chains.of(ALL).to(LATER_LOG)).contains(List.of(LATER_BASE, LATER_LOG));
    assertThat(Chains.of(ALL).to(BASE)).contains(List.of(BASE));
    assertThat(Chains.of(List.of(alone(3))).to(alone(3))).contains(List.of(alone(3)));
  }

  @Test
  void everyMomentOfASpanIsFoundInTheLogThatHasItFirst() {
    Chains chains = Chains.of(ALL);
    assertThat(chains.spans())
        .extracting(Chains.Span::base)
        .containsExactly("0030-BASE", "0000-BASE");
    assertThat(chains.spans().get(1))
        .isEqualTo(new Chains.Span(minute(1), minute(20), "0000-BASE", "0020-LOG"));
    assertThat(chains.at(minute(1))).contains(FIRST);
    assertThat(chains.at(minute(10))).contains(FIRST);
    assertThat(chains.at(minute(11))).contains(SECOND);
    assertThat(chains.at(minute(0))).isEmpty();
    assertThat(chains.at(minute(25))).isEmpty();
    assertThat(chains.at(minute(41))).isEmpty();
  }

  @Test
  void aMissingLinkEndsTheSpanBeforeIt() {
    Chains chains = Chains.of(List.of(BASE, FIRST, log(25, 5, 6)));
    assertThat(chains.to(log(25, 5, 6))).isEmpty();
    assertThat(chains.spans())
        .containsExactly(new Chains.Span(minute(1), minute(10), "0000-BASE", "0010-LOG"));
    assertThat(chains.newest()).containsExactly(BASE, FIRST);
    assertThat(Candidate.of(log(25, 5, 6), chains).trust()).isEqualTo(Trust.UNVERIFIED);
  }

  @Test
  void whatRetentionKeepsIsToldByTheOneThatIsFollowed() {
    Chains chains = Chains.of(ALL);
    assertThat(Candidate.of(SECOND, chains).follows()).contains("0010-LOG");
    assertThat(Candidate.of(FIRST, chains).follows()).contains("0000-BASE");
    assertThat(Candidate.of(BASE, chains).follows()).isEqualTo(Optional.empty());
  }

  @Test
  void logIsAddedToNothingWhereNothingIsThere() {
    assertThat(Chains.of(List.of()).newest()).isEmpty();
    assertThat(Chains.of(List.of(log(5, 2, 3))).newest()).isEmpty();
    assertThat(Chains.of(List.of(BASE)).spans()).isEmpty();
  }
}
