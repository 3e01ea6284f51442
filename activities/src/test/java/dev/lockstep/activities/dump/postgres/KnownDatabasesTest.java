package dev.lockstep.activities.dump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KnownDatabasesTest {
  private static final String OPTIONS = " WITH TEMPLATE = template0 ENCODING = 'UTF8';\n";

  private static String read(String script) throws IOException {
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    try (KnownDatabases known =
        new KnownDatabases(new ByteArrayInputStream(bytes), Set.of("shop", "my \"db\""))) {
      byte[] read = known.readAllBytes();
      assertThat(read).hasSameSizeAs(bytes);
      return new String(read, StandardCharsets.UTF_8);
    }
  }

  @Test
  void whatIsThereIsNotMadeAgain() throws IOException {
    assertThat(read("CREATE DATABASE shop" + OPTIONS + "\\connect shop\n"))
        .isEqualTo("--EATE DATABASE shop" + OPTIONS + "\\connect shop\n");
    assertThat(read("CREATE DATABASE \"my \"\"db\"\"\"" + OPTIONS)).startsWith("--");
  }

  @Test
  void whatIsNotThereIsMade() throws IOException {
    String script = "CREATE DATABASE other" + OPTIONS;

    assertThat(read(script)).isEqualTo(script);
  }

  @Test
  void rowsThatLookLikeItStayAsTheyAre() throws IOException {
    String script = "COPY public.t (a) FROM stdin;\nCREATE DATABASE shop" + OPTIONS + "\\.\n";

    assertThat(read(script)).isEqualTo(script);
    assertThat(read(script + "CREATE DATABASE shop" + OPTIONS))
        .endsWith("--EATE DATABASE shop" + OPTIONS);
  }

  @Test
  void longRowsComeThrough() throws IOException {
    String row = "x".repeat(100_000) + "\n";
    String script = "COPY public.t (a) FROM stdin;\n" + row + row + "\\.\n" + row;

    assertThat(read(script)).isEqualTo(script);
  }

  @Test
  void nothingIsNothing() throws IOException {
    assertThat(read("")).isEmpty();
    assertThat(read("SELECT 1;")).isEqualTo("SELECT 1;");
  }
}
