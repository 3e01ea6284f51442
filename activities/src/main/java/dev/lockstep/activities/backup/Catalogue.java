package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Candidate.Trust;
import dev.lockstep.activities.backup.Listing.Leftover;
import dev.lockstep.activities.backup.Listing.Unreadable;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.FaultKind;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The backups of one name in one store. Only what has a manifest is a backup. */
public final class Catalogue {
  private static final int AT_ONCE = 4;

  /** Log is taken every few minutes. */
  private static final int NAMED = 20;

  private static final String VERIFIED = "that was verified";

  private final ObjectStore store;
  private final String backup;
  private final BiFunction<Layout, Manifest, VerifiedFile> marks;

  Catalogue(ObjectStore store, String backup, BiFunction<Layout, Manifest, VerifiedFile> marks) {
    this.store = store;
    this.backup = backup;
    this.marks = marks;
  }

  /** Everything there is. */
  public Listing list() {
    Map<String, List<StoredObject>> all = objects();
    List<Supplier<Object>> reads = new ArrayList<>();
    all.forEach(
        (id, objects) -> {
          Layout layout = new Layout(backup, id);
          if (hasManifest(layout, objects)) {
            reads.add(() -> read(layout));
          }
        });
    List<Object> found = new Crew(AT_ONCE, () -> {}).all(reads);
    return new Listing(
        only(found, Listed.class).stream().sorted(Listed.NEWEST_FIRST).toList(),
        only(found, Unreadable.class),
        leftovers(all));
  }

  /** What has no manifest. No object is read for it. */
  List<Leftover> leftovers() {
    return leftovers(objects());
  }

  private List<Leftover> leftovers(Map<String, List<StoredObject>> all) {
    return all.entrySet().stream()
        .filter(one -> !hasManifest(new Layout(backup, one.getKey()), one.getValue()))
        .map(one -> leftover(one.getKey(), one.getValue()))
        .toList();
  }

  private static boolean hasManifest(Layout layout, List<StoredObject> objects) {
    return objects.stream().anyMatch(object -> object.key().equals(layout.manifest()));
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

  private Object read(Layout layout) {
    Manifest manifest;
    try {
      manifest = new ManifestFile(store, layout).read();
    } catch (ApplicationFailure e) {
      if (FaultCode.valueOf(e.getType()).kind() == FaultKind.UNREACHABLE) {
        throw e;
      }
      return new Unreadable(layout.id(), Damage.sentence(e));
    }
    Standing found = marks.apply(layout, manifest).read();
    return new Listed(manifest, found.trust(), found.verified(), found.doubt());
  }

  private Map<String, List<StoredObject>> objects() {
    String all = Layout.all(backup);
    return store.list(all).stream()
        .filter(object -> object.key().indexOf('/', all.length()) > 0)
        .collect(
            Collectors.groupingBy(
                object ->
                    object.key().substring(all.length(), object.key().indexOf('/', all.length())),
                TreeMap::new,
                Collectors.toList()));
  }

  private static Leftover leftover(String id, List<StoredObject> objects) {
    Instant newest =
        objects.stream()
            .map(StoredObject::modified)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return new Leftover(id, objects.size(), newest);
  }

  private static <T> List<T> only(List<Object> found, Class<T> type) {
    return found.stream().filter(type::isInstance).map(type::cast).toList();
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
