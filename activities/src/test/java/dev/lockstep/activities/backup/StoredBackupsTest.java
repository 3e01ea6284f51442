package dev.lockstep.activities.backup;

import static dev.lockstep.activities.backup.Links.base;
import static dev.lockstep.activities.backup.Links.log;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.FaultyStore;
import dev.lockstep.activities.storage.MemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A store of a schedule that takes log every few minutes holds thousands of manifests. */
final class StoredBackupsTest {
  private static final int LINKS = 100;

  private final FaultyStore store = new FaultyStore(new MemoryStore());
  private final StoredBackups stored =
      new StoredBackups(
          store,
          "shop-wal",
          (layout, manifest) -> {
            throw new AssertionError("nobody marked " + layout);
          });

  private List<Listed> chain(int minute) {
    List<Listed> chain = new ArrayList<>(List.of(base(minute, minute)));
    IntStream.rangeClosed(minute + 1, minute + LINKS)
        .forEach(each -> chain.add(log(each, each - 1, each)));
    return chain;
  }

  private void put(List<Listed> backups) {
    for (Listed one : backups) {
      Layout layout = new Layout("shop-wal", one.id());
      new ManifestFile(store, layout).write(one.manifest(), Optional.empty());
    }
    store.failFrom(Integer.MAX_VALUE);
  }

  private static List<String> ids(List<Listed> backups) {
    return backups.stream().map(Listed::id).toList();
  }

  @Test
  void theNewestChainIsFoundWithoutTheOlderOnes() {
    List<Listed> newest = chain(900);
    put(
        List.of(chain(100), chain(300), chain(500), newest).stream()
            .flatMap(List::stream)
            .toList());

    assertThat(ids(stored.newestChain())).isEqualTo(ids(newest));
    assertThat(store.calls()).as("the list, and two times 64 manifests").isLessThanOrEqualTo(129);
  }

  @Test
  void whereTheNewestHasAGapTheNewestWholeOneIsFound() {
    List<Listed> gap = new ArrayList<>(chain(500));
    gap.remove(0);
    put(gap);
    put(chain(300));
    put(chain(100));

    assertThat(ids(stored.newestChain())).isEqualTo(ids(chain(300)));
  }

  @Test
  void anEmptyStoreHasNoChain() {
    assertThat(stored.newestChain()).isEmpty();
  }

  @Test
  void ofWhatNobodyVerifiedTheManifestAloneIsRead() {
    put(chain(0));

    assertThat(stored.list().complete()).hasSize(LINKS + 1);
    assertThat(store.calls()).isEqualTo(1 + LINKS + 1);
  }
}
