package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Candidate.Trust;
import dev.lockstep.activities.backup.Listing.Leftover;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/** The backups of one name in one store. Only what has a manifest is a backup. */
public final class Catalogue {
  /** Log is taken every few minutes. */
  private static final int NAMED = 20;

  private static final String VERIFIED = "that was verified";

  private final ObjectStore store;
  private final String backup;
  private final StoredBackups stored;

  Catalogue(ObjectStore store, String backup, BiFunction<Layout, Manifest, VerifiedFile> marks) {
    this.store = store;
    this.backup = backup;
    this.stored = new StoredBackups(store, backup, marks);
  }

  /** Everything there is. */
  public Listing list() {
    return stored.list();
  }

  /** What has no manifest. No object is read for it. */
  List<Leftover> leftovers() {
    return stored.leftovers();
  }

  /** See {@link StoredBackups#newestChain}. */
  List<Listed> newestChain() {
    return stored.newestChain();
  }

  /**
   * Finds one.
   *
   * @throws ApplicationFailure {@code BACKUP_UNKNOWN}, naming what there is; {@code KEY_WRONG}
   *     where one is asked for that was verified, and the key that could tell is not there
   */
  public Listed find(Which which) {
    return find(which, list());
  }

  /** The same in what was listed already. */
  public Listed find(Which which, Listing listing) {
    return first(listing, which).orElseThrow(() -> unknown(which.accept(new Wish()), listing));
  }

  /**
   * The newest that was verified.
   *
   * @throws ApplicationFailure {@code KEY_WRONG} as {@link #find}
   */
  public Optional<Listed> findVerified() {
    return first(list(), new Which.Newest(true));
  }

  private static Optional<Listed> first(Listing listing, Which which) {
    Chains chains = Chains.of(listing.complete());
    if (which instanceof Which.At at) {
      return chains.at(at.time());
    }
    Optional<Listed> found =
        listing.complete().stream()
            .filter(listed -> which.accept(new Fits(listed)))
            .filter(listed -> which instanceof Which.Id || chains.to(listed).isPresent())
            .findFirst();
    found
        .filter(
            listed -> listed.trust() == Trust.UNKNOWN && which.accept(new Wish()).equals(VERIFIED))
        .ifPresent(
            listed -> {
              throw Damage.failure(
                  FaultCode.KEY_WRONG,
                  "%s/%s: %s"
                      .formatted(
                          listed.manifest().backup(),
                          listed.id(),
                          listed.doubt().orElse("it cannot be told whether it was verified")));
            });
    return found;
  }

  ApplicationFailure unknown(String wish, Listing listing) {
    String there =
        listing.complete().stream()
            .limit(NAMED)
            .map(listed -> listed.id() + (listed.isVerified() ? " (verified)" : doubt(listed)))
            .collect(Collectors.joining(", "));
    int more = listing.complete().size() - NAMED;
    String unreadable =
        listing.unreadable().stream()
            .map(one -> "; %s cannot be read: %s".formatted(one.id(), one.reason()))
            .collect(Collectors.joining());
    String spans =
        Chains.of(listing.complete()).spans().stream()
            .map(span -> "; every moment from " + span)
            .collect(Collectors.joining());
    return Damage.failure(
        FaultCode.BACKUP_UNKNOWN,
        "%s has no backup of %s %s; there is: %s%s%s"
            .formatted(
                store.describe(),
                backup,
                wish,
                there.isEmpty() ? "none" : there + (more > 0 ? " and %d more".formatted(more) : ""),
                spans,
                unreadable));
  }

  private static String doubt(Listed listed) {
    return listed.doubt().map(why -> " (not verified: " + why + ")").orElse("");
  }

  private record Fits(Listed listed) implements Which.Visitor<Boolean> {
    @Override
    public Boolean newest(Which.Newest which) {
      return !which.verified() || listed.trust() != Trust.UNVERIFIED;
    }

    @Override
    public Boolean id(Which.Id which) {
      return listed.id().equals(which.id());
    }

    @Override
    public Boolean before(Which.Before which) {
      return !listed.snapshot().isAfter(which.time());
    }

    @Override
    public Boolean at(Which.At which) {
      return false;
    }
  }

  private record Wish() implements Which.Visitor<String> {
    @Override
    public String newest(Which.Newest which) {
      return which.verified() ? VERIFIED : "at all";
    }

    @Override
    public String id(Which.Id which) {
      return "with the id " + which.id();
    }

    @Override
    public String before(Which.Before which) {
      return "as old as " + which.time();
    }

    @Override
    public String at(Which.At which) {
      return "that has the moment " + which.time();
    }
  }
}
