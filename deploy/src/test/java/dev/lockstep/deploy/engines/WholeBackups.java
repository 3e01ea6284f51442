package dev.lockstep.deploy.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Listing;
import dev.lockstep.activities.backup.Reader;
import dev.lockstep.activities.backup.StoredPart;
import dev.lockstep.activities.backup.Vault;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.worker.Wiring;
import dev.lockstep.worker.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Whatever is listed as a backup is one. */
public final class WholeBackups {
  private WholeBackups() {}

  /**
   * Opens each listed backup of a definition and reads every byte of it.
   *
   * @return their ids
   */
  public static List<String> in(Store store, String backup) throws IOException {
    List<String> whole = new ArrayList<>();
    try (Wiring wiring = Wiring.of(Settings.ofProcess());
        Vault vault = wiring.vaults().open(store)) {
      Listing listing = vault.catalogue(backup).list();
      assertThat(listing.unreadable()).isEmpty();
      for (Listed listed : listing.complete()) {
        Reader reader = vault.read(backup, listed.id());
        for (StoredPart part : reader.manifest().objects()) {
          try (InputStream content = reader.open(part)) {
            assertThat(content.transferTo(OutputStream.nullOutputStream())).isEqualTo(part.bytes());
          }
        }
        whole.add(listed.id());
      }
    }
    return whole;
  }
}
