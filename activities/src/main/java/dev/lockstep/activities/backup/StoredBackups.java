package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Listing.Leftover;
import dev.lockstep.activities.backup.Listing.Unreadable;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.FaultKind;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Reads what a store holds of one backup's name. */
final class StoredBackups {
  private static final int AT_ONCE = 4;

  /** A day of log, taken every few minutes, is some hundred. */
  private static final int READ_TOGETHER = 64;

  private final ObjectStore store;
  private final String backup;
  private final BiFunction<Layout, Manifest, VerifiedFile> marks;

  StoredBackups(
      ObjectStore store, String backup, BiFunction<Layout, Manifest, VerifiedFile> marks) {
    this.store = store;
    this.backup = backup;
    this.marks = marks;
  }

  /** Everything there is. */
  Listing list() {
    NavigableMap<String, List<StoredObject>> all = objects();
    List<Supplier<Object>> reads = new ArrayList<>();
    all.forEach(
        (id, objects) -> {
          Layout layout = new Layout(backup, id);
          if (has(objects, layout.manifest())) {
            boolean marked = has(objects, layout.verified());
            reads.add(() -> read(layout, marked));
          }
        });
    List<Object> found = together(reads);
    return new Listing(
        only(found, Listed.class).stream().sorted(Listed.NEWEST_FIRST).toList(),
        only(found, Unreadable.class),
        leftovers(all));
  }

  /**
   * What a restore of the newest one needs for which nothing is missing, in the order of the
   * restore. What is older is not read, and nothing is asked of a key: of a week of log there are
   * thousands. Whether any was verified is not told.
   */
  List<Listed> newestChain() {
    List<Listed> read = new ArrayList<>();
    List<Supplier<Object>> reads = new ArrayList<>();
    NavigableMap<String, List<StoredObject>> newestFirst = objects().descendingMap();
    for (var one : newestFirst.entrySet()) {
      Layout layout = new Layout(backup, one.getKey());
      if (has(one.getValue(), layout.manifest())) {
        reads.add(() -> read(layout, false));
      }
      if (reads.size() == READ_TOGETHER) {
        read.addAll(only(together(reads), Listed.class));
        reads.clear();
        List<Listed> chain = Chains.of(read).newest();
        if (!chain.isEmpty() && isNewest(chain.get(chain.size() - 1), read)) {
          return chain;
        }
      }
    }
    read.addAll(only(together(reads), Listed.class));
    return Chains.of(read).newest();
  }

  private static boolean isNewest(Listed one, List<Listed> all) {
    return all.stream().allMatch(other -> Listed.NEWEST_FIRST.compare(one, other) <= 0);
  }

  /** What has no manifest. No object is read for it. */
  List<Leftover> leftovers() {
    return leftovers(objects());
  }

  private List<Leftover> leftovers(NavigableMap<String, List<StoredObject>> all) {
    return all.entrySet().stream()
        .filter(one -> !has(one.getValue(), new Layout(backup, one.getKey()).manifest()))
        .map(one -> leftover(one.getKey(), one.getValue()))
        .toList();
  }

  private static Leftover leftover(String id, List<StoredObject> objects) {
    Instant newest =
        objects.stream()
            .map(StoredObject::modified)
            .max(Comparator.naturalOrder())
            .orElse(Instant.EPOCH);
    return new Leftover(id, objects.size(), newest);
  }

  /** By the id of the backup that they belong to; ids begin with the time, the oldest first. */
  private NavigableMap<String, List<StoredObject>> objects() {
    NavigableMap<String, List<StoredObject>> found = new TreeMap<>();
    String all = Layout.all(backup);
    for (StoredObject object : store.list(all)) {
      int end = object.key().indexOf('/', all.length());
      if (end > 0) {
        String id = object.key().substring(all.length(), end);
        found.computeIfAbsent(id, unused -> new ArrayList<>()).add(object);
      }
    }
    return found;
  }

  private static boolean has(List<StoredObject> objects, String key) {
    return objects.stream().anyMatch(object -> object.key().equals(key));
  }

  private static List<Object> together(List<Supplier<Object>> reads) {
    return new Crew(AT_ONCE, () -> {}).all(reads);
  }

  /** Where nothing is marked, nothing is read for it. */
  private Object read(Layout layout, boolean marked) {
    Manifest manifest;
    try {
      manifest = new ManifestFile(store, layout).read();
    } catch (ApplicationFailure e) {
      if (FaultCode.valueOf(e.getType()).kind() == FaultKind.UNREACHABLE) {
        throw e;
      }
      return new Unreadable(layout.id(), Damage.sentence(e));
    }
    Standing found = marked ? marks.apply(layout, manifest).read() : Standing.NONE;
    return new Listed(manifest, found.trust(), found.verified(), found.doubt());
  }

  private static <T> List<T> only(List<Object> found, Class<T> type) {
    return found.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
