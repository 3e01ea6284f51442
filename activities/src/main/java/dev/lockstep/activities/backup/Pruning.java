package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Decision.Verdict;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.definitions.model.Retention;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Removes the backups of one name that retention does not keep. */
public final class Pruning {
  private final ObjectStore store;
  private final Catalogue catalogue;
  private final Clock clock;

  Pruning(ObjectStore store, Catalogue catalogue, Clock clock) {
    this.store = store;
    this.catalogue = catalogue;
    this.clock = clock;
  }

  /**
   * What was done.
   *
   * @param kept how many backups there are now, those that could not be removed among them
   * @param pruned how many are gone
   * @param locked why some, or some of their objects, are still there
   */
  public record Result(List<Decision> decisions, int kept, int pruned, List<String> locked) {
    public Result {
      decisions = List.copyOf(decisions);
      locked = List.copyOf(locked);
    }
  }

  /** What {@link #prune} would do now; changes nothing. */
  public List<Decision> plan(Retention retention) {
    return decide(catalogue.list(), retention);
  }

  /** Does it. */
  public Result prune(Retention retention) {
    Listing listing = catalogue.list();
    List<Decision> decisions = decide(listing, retention);
    Removal removal = new Removal(store);
    List<String> locked = new ArrayList<>();
    int pruned = 0;
    for (Decision decision : decisions) {
      if (decision.verdict() == Verdict.PRUNED) {
        pruned += removal.remove(find(listing, decision.candidate()), locked) ? 1 : 0;
      }
    }
    return new Result(decisions, decisions.size() - pruned, pruned, locked);
  }

  private List<Decision> decide(Listing listing, Retention retention) {
    Chains chains = Chains.of(listing.complete());
    List<Candidate> candidates =
        listing.complete().stream().map(one -> Candidate.of(one, chains)).toList();
    return RetentionPlan.of(candidates, retention, clock.instant());
  }

  private static Manifest find(Listing listing, Candidate candidate) {
    return listing.complete().stream()
        .map(Listed::manifest)
        .filter(manifest -> manifest.id().equals(candidate.id()))
        .findFirst()
        .orElseThrow();
  }
}
