package dev.lockstep.deploy.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.deploy.e2e.Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A database of a server, its rows by checksum, and what PostgreSQL's own program says of it. */
record PostgresShop(Server server, String database) {
  /** Rows of every table that nobody writes to, and of views, which derive theirs. */
  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'm', 'v') AND n.nspname IN ('shop', 'public')
        AND c.relname NOT IN ('traffic', 'counter')
      ORDER BY 1
      """;

  static PostgresShop create(Server server) throws IOException {
    PostgresShop shop = new PostgresShop(server, server.newDatabase("template0"));
    try (InputStream script = PostgresShop.class.getResourceAsStream("/versions-shop.sql")) {
      server.execute(shop.database(), new String(script.readAllBytes(), StandardCharsets.UTF_8));
    }
    return shop;
  }

  /** Name, count and checksum of each table, of large objects, and values of the sequences. */
  List<String> checksums() {
    List<String> sums = new ArrayList<>();
    for (String table : server.texts(database, TABLES)) {
      sums.add(table + " " + sum(table, "true"));
    }
    sums.addAll(
        server.texts(
            database,
            "SELECT oid || md5(lo_get(oid)) FROM pg_largeobject_metadata UNION ALL"
                + " SELECT sequencename || last_value FROM pg_sequences ORDER BY 1"));
    return sums;
  }

  /** The same of the rows that were written up to a number. */
  String trafficUpTo(long last) {
    return sum("traffic", "id <= " + last) + " " + sum("counter", "id <= " + last);
  }

  private String sum(String table, String condition) {
    return server.text(
        database,
        "SELECT count(*) || md5(string_agg(t::text, '|' ORDER BY t::text)) FROM %s t WHERE %s"
            .formatted(table, condition));
  }

  long last() {
    return server.number(database, "SELECT coalesce(max(id), 0) FROM traffic");
  }

  /**
   * Schema, rows, owners and rights as pg_dump writes them, without what differs by chance and
   * without rows that were written meanwhile.
   *
   * @param programs their folder
   */
  List<String> nativeDump(Path programs) throws IOException, InterruptedException {
    URI url = URI.create(server.url(database).substring("jdbc:".length()));
    Process process =
        new ProcessBuilder(
                programs.resolve("pg_dump").toString(),
                "--host=" + url.getHost(),
                "--port=" + url.getPort(),
                "--username=postgres",
                "--exclude-schema=lockstep*",
                "--exclude-table-data=traffic",
                "--exclude-table-data=counter",
                database)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String dump = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    assertThat(dump).contains("CREATE TABLE shop.customers", "lo_open('9001'");
    return dump.lines().filter(line -> !line.matches("\\\\(un)?restrict .*")).toList();
  }
}
