package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Listing.Leftover;
import dev.lockstep.activities.backup.Listing.Unreadable;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What migrations dropped and a store keeps, apart from its backups. One run of a migration has one
 * manifest a table; all of them begin with the time at which the run was planned.
 */
public final class KeptPoints {
  /** Another run would have written, or been ended, by then. */
  private static final Duration DEAD_AFTER = Duration.ofHours(1);

  private static final Comparator<Listed> NEWEST_FIRST =
      Comparator.comparing(KeptPoints::moment).reversed().thenComparing(Listed::id);

  private final Vault vault;

  KeptPoints(Vault vault) {
    this.vault = vault;
  }

  /** Everything there is, the newest run first; an id is {@code MIGRATION/ID} here. */
  public Listing list() {
    List<Listed> complete = new ArrayList<>();
    List<Unreadable> unreadable = new ArrayList<>();
    List<Leftover> leftovers = new ArrayList<>();
    for (String migration : migrations()) {
      Listing listing = vault.catalogue(Layout.KEPT + migration).list();
      listing.complete().stream()
          .filter(it -> it.manifest().kept().isPresent())
          .forEach(complete::add);
      listing.unreadable().stream()
          .map(it -> new Unreadable(migration + "/" + it.id(), it.reason()))
          .forEach(unreadable::add);
      listing.leftovers().stream()
          .map(it -> new Leftover(migration + "/" + it.id(), it.objects(), it.newest()))
          .forEach(leftovers::add);
    }
    return new Listing(complete.stream().sorted(NEWEST_FIRST).toList(), unreadable, leftovers);
  }

  /**
   * What one run of a migration dropped, a manifest a table.
   *
   * @param wanted a run such as {@code customer-full-name/1}, a point such as {@code
   *     customer-full-name/20261126T020000Z}, or the migration alone, which means its newest run
   * @throws ApplicationFailure {@code BACKUP_UNKNOWN}, naming those there are; {@code
   *     BACKUP_DAMAGED} where a manifest of that migration cannot be read
   */
  public List<Listed> find(String wanted) {
    Listing listing = list();
    List<Listed> fitting = listing.complete().stream().filter(it -> fits(it, wanted)).toList();
    String migration = wanted.contains("/") ? wanted.substring(0, wanted.indexOf('/')) : wanted;
    for (Unreadable bad : listing.unreadable()) {
      if (bad.id().startsWith(migration + "/")) {
        throw Damage.of(Layout.KEPT + bad.id(), bad.reason());
      }
    }
    if (fitting.isEmpty()) {
      throw unknown(wanted, listing);
    }
    String newest = point(fitting.get(0));
    return fitting.stream().filter(it -> point(it).equals(newest)).toList();
  }

  /** Opens one that {@link #find} gave; see {@link Vault#read}. */
  public Reader open(Listed listed) {
    return vault.read(listed.manifest().backup(), listed.id());
  }

  /**
   * Removes what was kept for a {@code Backup} long enough, and what dead runs left.
   *
   * @param locked gets a sentence for each object that the store does not give up
   * @return how many are gone
   */
  public int prune(String backup, List<String> locked) {
    Listing listing = list();
    Removal removal = new Removal(vault.store());
    int pruned = 0;
    for (Listed old : over(listing, backup)) {
      pruned += removal.remove(old.manifest(), locked) ? 1 : 0;
    }
    Instant dead = vault.clock().instant().minus(DEAD_AFTER);
    for (Leftover left : listing.leftovers()) {
      if (left.newest().isBefore(dead)) {
        int slash = left.id().indexOf('/');
        sweep(Layout.kept(left.id().substring(0, slash), left.id().substring(slash + 1)), locked);
      }
    }
    return pruned;
  }

  /** What {@link #prune} would remove now. */
  public List<Listed> over(Listing listing, String backup) {
    Instant now = vault.clock().instant();
    return listing.complete().stream()
        .filter(it -> kept(it).backup().equals(backup) && kept(it).until().isBefore(now))
        .toList();
  }

  /** What a manifest of this list says; it always says something. */
  public static Kept kept(Listed listed) {
    return listed.manifest().kept().orElseThrow();
  }

  /** As {@link #find} takes it: {@code customer-full-name/20261126T020000Z}. */
  public static String point(Listed listed) {
    return listed.manifest().backup().substring(Layout.KEPT.length()) + "/" + moment(listed);
  }

  private void sweep(Layout layout, List<String> locked) {
    if (vault.store().find(layout.manifest()).isPresent()) {
      return;
    }
    try {
      new Removal(vault.store()).removeAll(layout);
    } catch (ApplicationFailure e) {
      if (!Damage.is(e, FaultCode.STORE_REFUSED)) {
        throw e;
      }
      locked.add(Damage.sentence(e));
    }
  }

  private SortedSet<String> migrations() {
    return vault.store().list(Layout.KEPT).stream()
        .map(StoredObject::key)
        .map(key -> key.substring(Layout.KEPT.length()))
        .filter(key -> key.indexOf('/') > 0)
        .map(key -> key.substring(0, key.indexOf('/')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean fits(Listed listed, String wanted) {
    String point = point(listed);
    return wanted.equals(kept(listed).run())
        || wanted.equals(point)
        || wanted.equals(point.substring(0, point.indexOf('/')));
  }

  private static String moment(Listed listed) {
    int dash = listed.id().lastIndexOf('-');
    return dash < 0 ? listed.id() : listed.id().substring(0, dash);
  }

  private ApplicationFailure unknown(String wanted, Listing listing) {
    String there =
        listing.complete().stream()
            .map(it -> "%s (%s, %s)".formatted(kept(it).run(), point(it), kept(it).what()))
            .distinct()
            .collect(Collectors.joining("; "));
    return Damage.failure(
        FaultCode.BACKUP_UNKNOWN,
        "%s keeps nothing of %s; there is: %s"
            .formatted(vault.store().describe(), wanted, there.isEmpty() ? "none" : there));
  }
}
