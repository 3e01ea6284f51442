package dev.lockstep.activities.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FilesystemObjectStoreTest extends OutsideStoreContract {
  @TempDir private Path folder = Path.of("");

  @Override
  protected ObjectStore store() {
    return new FilesystemObjectStore(new StorePlace.Filesystem(folder.resolve("new").toString()));
  }

  @Test
  void anObjectIsAFileOfItsName() throws IOException {
    store().put("shop/1/data", text("x"), Existing.REFUSED);
    assertThat(Files.readString(folder.resolve("new/shop/1/data"))).isEqualTo("x");
  }

  @Test
  void nothingIsLeftBesideTheObjects() throws IOException {
    store().put("shop/1/data", text("x"), Existing.REFUSED);
    store().put("shop/2/data", text("y"), Existing.REPLACED);
    store().delete("shop/1/data");
    assertThat(files())
        .containsExactly("new", "new/.incomplete", "new/shop", "new/shop/2", "new/shop/2/data");
  }

  @Test
  void whatIsNotCompleteIsNoObject() throws IOException {
    try (Upload upload = store().begin("shop/data", Existing.REPLACED)) {
      upload.write(1);
      assertThat(files()).anyMatch(it -> it.startsWith("new/.incomplete/shop/data/"));
      assertThat(store().list("")).isEmpty();
    }
    String key = FilesystemObjectStore.INCOMPLETE + "/shop";
    assertThat(fault(() -> store().put(key, text("x"), Existing.REPLACED)))
        .isEqualTo(FaultCode.STORE_REFUSED);
  }

  @Test
  void aKeyThatIsTheFolderOfAnotherIsRefused() {
    store().put("shop/data", text("x"), Existing.REPLACED);
    assertThat(fault(() -> store().put("shop", text("y"), Existing.REPLACED)))
        .isEqualTo(FaultCode.STORE_REFUSED);
    assertThat(store().find("shop")).isEmpty();
    assertThat(fault(() -> store().open("shop").close())).isEqualTo(FaultCode.OBJECT_MISSING);
    store().delete("shop");
    assertThat(store().list("")).hasSize(1);
  }

  @Test
  void aNameThatIsTooLongIsRefused() {
    assertThat(fault(() -> store().put("x".repeat(300), text("y"), Existing.REPLACED)))
        .isEqualTo(FaultCode.STORE_REFUSED);
  }

  @Test
  void aSweepLeavesNoFolders() throws IOException {
    Upload left = store().begin("shop/data", Existing.REPLACED);
    left.write(1);
    assertThat(store().sweep("shop/da", Duration.ofSeconds(-1))).isEqualTo(1);
    assertThat(files()).containsExactly("new");
  }

  @Test
  void writersAndDeletersOfOneFolderDoNotDisturbEachOther() {
    List<String> keys =
        Stream.iterate(0, n -> n + 1).limit(200).map(n -> "shared/" + n % 4).toList();
    keys.parallelStream()
        .forEach(
            key -> {
              store().put(key, text(key), Existing.REPLACED);
              store().delete(key);
            });
    assertThat(store().list("")).isEmpty();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(it -> !it.equals(folder))
          .map(it -> folder.relativize(it).toString())
          .sorted()
          .toList();
    }
  }
}
