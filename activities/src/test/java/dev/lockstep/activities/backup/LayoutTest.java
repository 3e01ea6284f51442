package dev.lockstep.activities.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LayoutTest {
  private final Layout layout = new Layout("shop", "1");

  @Test
  void noPartLeavesTheFolderOfItsBackupOrSharesAKey() {
    List<String> parts =
        List.of("a.dump", "../x", "..", ".", "a..b", "a.", "a/b", "a%2Fb", "a b", "é", "A", "");
    Set<String> keys = new HashSet<>();
    for (String part : parts) {
      assertThat(layout.plain(part)).startsWith("shop/1/data/").doesNotContain("..");
      assertThat(layout.plain(part).substring("shop/1/data/".length())).doesNotContain("/");
      keys.add(layout.plain(part));
    }
    assertThat(keys).hasSameSizeAs(parts);
  }

  @Test
  void anUsualNameStays() {
    assertThat(layout.encrypted("public.orders-2_x.dat"))
        .isEqualTo("shop/1/data/public.orders-2_x.dat.zst.enc");
  }
}
