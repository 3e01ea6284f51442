package dev.lockstep.activities.dump.mysql;

import dev.lockstep.definitions.model.Engine;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Product and version of a program or server.
 *
 * @param text such as {@code 9.7.4}
 */
record ClientVersion(Engine engine, int major, int minor, String text) {
  /** Such as {@code 10.11.18-MariaDB}; what comes before it, such as 10.19, is no version of it. */
  private static final Pattern MARIADB = Pattern.compile("(\\d+)\\.(\\d+)\\.\\d+(?=-MariaDB)");

  /** Such as {@code Ver 9.7.4-2}, {@code Distrib 5.7.44}, or a server's {@code 9.7.4-2}. */
  private static final Pattern MYSQL = Pattern.compile("(?:Distrib |Ver |^)(\\d+)\\.(\\d+)\\.\\d+");

  /**
   * From what a program answers to {@code --version}, or a server to {@code SELECT VERSION()}.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code CLIENT_UNFIT} where it is neither product
   */
  static ClientVersion parse(String said) {
    Matcher mariadb = MARIADB.matcher(said);
    if (mariadb.find()) {
      return of(Engine.MARIADB, mariadb);
    }
    Matcher mysql = MYSQL.matcher(said);
    if (mysql.find() && !said.contains("MariaDB")) {
      return of(Engine.MYSQL, mysql);
    }
    throw Faults.failure(
        FaultCode.CLIENT_UNFIT,
        "neither MySQL nor MariaDB, by what it says of itself: " + said.strip(),
        "");
  }

  private static ClientVersion of(Engine engine, Matcher version) {
    String digits = version.group().replaceFirst("^[^0-9]+", "");
    return new ClientVersion(
        engine, Integer.parseInt(version.group(1)), Integer.parseInt(version.group(2)), digits);
  }

  /**
   * Refuses a program that is older than the server's series, or of the other product. mariadb-dump
   * writes values of MySQL's generated columns, which MySQL does not take back; mysqldump 9 knows
   * none of the ways in which MariaDB takes passwords.
   *
   * @param program its name
   */
  void require(ClientVersion server, String program) {
    if (engine != server.engine()) {
      throw Faults.failure(
          FaultCode.CLIENT_UNFIT,
          "%s is of %s, the server is %s %s: it needs its own program"
              .formatted(program, engine, server.engine(), server.text()),
          "");
    }
    if (major < server.major() || (major == server.major() && minor < server.minor())) {
      throw Faults.failure(
          FaultCode.CLIENT_UNFIT,
          "%s %s is older than the server, which is %s".formatted(program, text, server.text()),
          "");
    }
  }
}
