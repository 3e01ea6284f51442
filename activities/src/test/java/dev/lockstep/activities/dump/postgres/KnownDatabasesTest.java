package dev.lockstep.activities.dump.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KnownDatabasesTest {
  private static final String OPTIONS = " WITH TEMPLATE = template0 ENCODING = 'UTF8';\n";

  private static String read(String script) throws IOException {
    byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
    try (KnownDatabases known =
        new KnownDatabases(
            new ByteArrayInputStream(bytes),
            Set.of("shop", "my \"db\""),
            Set.of("transaction_timeout"),
            Set.of("LOCALE_PROVIDER = libc"))) {
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
  void whatTheServerDoesNotKnowIsNotSet() throws IOException {
    String start = "\\restrict x\n\n-- Dumped\n\nSET lock_timeout = 0;\n";
    String setting = "SET transaction_timeout = 0;\n";
    String comment = "--T transaction_timeout = 0;\n";
    String rest = "SELECT pg_catalog.set_config('a', 'b', false);\nSET row_security = off;\n";

    assertThat(read(start + setting + rest)).isEqualTo(start + comment + rest);
    for (String begin : List.of("\\connect shop\n", "--\n-- PostgreSQL database dump\n--\n")) {
      assertThat(read("SELECT 1;\n" + begin + start + setting))
          .isEqualTo("SELECT 1;\n" + begin + start + comment);
    }
  }

  @Test
  void anOptionThatTheServerDoesNotKnowIsLeftOut() throws IOException {
    String create = "CREATE DATABASE other WITH TEMPLATE = template0 ENCODING = 'UTF8'";

    assertThat(read(create + " LOCALE_PROVIDER = libc LOCALE = 'C';\n"))
        .isEqualTo(create + " ".repeat(24) + "LOCALE = 'C';\n");
  }

  @Test
  void aBodyThatSetsItStaysAsItIs() throws IOException {
    String script = "\nCREATE FUNCTION f() AS $f$\nSET transaction_timeout = 0;\n$f$;\n";

    assertThat(read(script)).isEqualTo(script);
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
