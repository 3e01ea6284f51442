package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.connection.Login;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * Where a server listens, as its own programs take it.
 *
 * @param host a name or an address, IPv6 without brackets
 * @param database empty: that of the user's name
 * @param sslMode of the driver, which libpq knows too
 */
record ServerAddress(String host, String port, String database, Optional<String> sslMode) {
  /**
   * Of a JDBC URL.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code DEFINITION_WRONG} where it is none of
   *     PostgreSQL, or names several hosts: a snapshot of one means nothing to another
   */
  static ServerAddress of(String jdbcUrl) {
    @Nullable Properties parsed = Driver.parseURL(jdbcUrl, new Properties());
    if (parsed == null) {
      throw wrong("the address is not one of PostgreSQL: " + jdbcUrl);
    }
    String host = parsed.getProperty("PGHOST", "localhost");
    if (host.contains(",")) {
      throw wrong("a dump needs one host, the address names several: " + host);
    }
    return new ServerAddress(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        parsed.getProperty("PGPORT", "5432"),
        parsed.getProperty("PGDBNAME", ""),
        Optional.ofNullable(parsed.getProperty("sslmode")));
  }

  /** What libpq reads; all secrets are here. */
  SortedMap<String, String> environment(Login login, String application) {
    SortedMap<String, String> variables = new TreeMap<>();
    variables.put("PGHOST", host);
    variables.put("PGPORT", port);
    if (!database.isEmpty()) {
      variables.put("PGDATABASE", database);
    }
    login.username().ifPresent(user -> variables.put("PGUSER", user));
    login.password().ifPresent(password -> variables.put("PGPASSWORD", password));
    sslMode.ifPresent(mode -> variables.put("PGSSLMODE", mode));
    variables.put("PGAPPNAME", application);
    variables.put("LC_ALL", "C");
    return variables;
  }

  private static RuntimeException wrong(String what) {
    return Faults.failure(FaultCode.DEFINITION_WRONG, what, "");
  }
}
