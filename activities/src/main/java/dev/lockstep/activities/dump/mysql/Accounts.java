package dev.lockstep.activities.dump.mysql;

import dev.lockstep.definitions.model.Engine;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/**
 * Accounts, roles and grants as SQL that can be run again: an account that is there already keeps
 * its password. The dump programs of MySQL have nothing for this; that of MariaDB has, but not so
 * that it can be run where {@code root} exists.
 *
 * <p>Of one database: the accounts that its views, routines, triggers and events run as, with what
 * they may do in it. Without them such an object comes back but cannot be used.
 */
final class Accounts {
  private static final Pattern DEFAULT_ROLE = Pattern.compile(" DEFAULT ROLE (.+?)(?= REQUIRE )");

  /** In grants of MariaDB; it would change the password of an account that is there. */
  private static final Pattern PASSWORD =
      Pattern.compile(" IDENTIFIED (BY PASSWORD '[^']*'|VIA .*?(?= REQUIRE | WITH |$))");

  private static final String DEFINERS =
      """
      SELECT definer FROM information_schema.views WHERE table_schema = database()
      UNION SELECT definer FROM information_schema.routines WHERE routine_schema = database()
      UNION SELECT definer FROM information_schema.triggers WHERE trigger_schema = database()
      UNION SELECT definer FROM information_schema.events WHERE event_schema = database()
      """;

  private static final String ACCOUNTS =
      """
      SELECT concat(user, '@', host) FROM mysql.user
      WHERE user <> '' AND user NOT IN ('mysql.sys', 'mysql.session', 'mysql.infoschema',
        'mariadb.sys') %s ORDER BY 1
      """;

  private final Handle handle;
  private final Engine engine;

  Accounts(Handle handle, Engine engine) {
    this.handle = handle;
    this.engine = engine;
  }

  /**
   * Reads them.
   *
   * @param whole whether all of the server are wanted, not only those of the current database
   * @throws io.temporal.failure.ApplicationFailure {@code PRIVILEGE_MISSING} where there are some
   *     and the user may not see them
   */
  Script read(boolean whole, String database) {
    if (!whole && !needed()) {
      return new Script(List.of(), List.of());
    }
    try {
      return whole ? all() : ofDatabase(database);
    } catch (JdbiException e) {
      if (MysqlFaults.translate(e).getType().equals(FaultCode.PRIVILEGE_MISSING.name())) {
        throw Faults.failure(
            FaultCode.PRIVILEGE_MISSING,
            "the user needs SELECT on mysql.*: accounts belong to the dump, because views, routines,"
                + " triggers or events run as them",
            "");
      }
      throw e;
    }
  }

  /** Every account and role of the server. */
  private Script all() {
    boolean mariadb = engine == Engine.MARIADB;
    List<String> users =
        list(ACCOUNTS.formatted(mariadb ? "AND is_role = 'N'" : "")).stream()
            .map(Accounts::account)
            .toList();
    List<String> roles =
        mariadb
            ? list("SELECT user FROM mysql.user WHERE is_role = 'Y' ORDER BY 1").stream()
                .map(Names::quoted)
                .toList()
            : List.of();
    List<String> before =
        new ArrayList<>(roles.stream().map(role -> "CREATE ROLE IF NOT EXISTS " + role).toList());
    List<String> after = new ArrayList<>();
    roles.forEach(role -> after.addAll(grants(role)));
    users.forEach(user -> after.addAll(grants(user)));
    users.forEach(user -> before.add(create(user, after)));
    return new Script(before, after);
  }

  /** Those that the current database needs; empty where there are none. */
  private Script ofDatabase(String database) {
    Pattern here =
        Pattern.compile(
            ".* ON (PROCEDURE |FUNCTION )?" + Pattern.quote(Names.quoted(database) + ".") + ".*");
    List<String> before = new ArrayList<>();
    List<String> after = new ArrayList<>();
    List<String> there = list(ACCOUNTS.formatted(""));
    for (String definer : list(DEFINERS)) {
      if (there.contains(definer)) {
        before.add(create(account(definer), new ArrayList<>()));
        grants(account(definer)).stream().filter(here.asMatchPredicate()).forEach(after::add);
      }
    }
    return new Script(before, after);
  }

  private boolean needed() {
    return handle
        .createQuery("SELECT 1 FROM (" + DEFINERS + ") d WHERE definer <> current_user() LIMIT 1")
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  private String create(String account, List<String> after) {
    if (engine == Engine.MYSQL) {
      // Hashes have bytes that are no text.
      handle.execute("SET SESSION print_identified_with_as_hex = ON");
    }
    String shown = list("SHOW CREATE USER " + account).get(0);
    Matcher role = DEFAULT_ROLE.matcher(shown);
    if (role.find()) {
      after.add("SET DEFAULT ROLE " + role.group(1) + " TO " + account);
    }
    return role.replaceFirst("").replaceFirst("^CREATE USER ", "CREATE USER IF NOT EXISTS ");
  }

  private List<String> grants(String account) {
    return list("SHOW GRANTS FOR " + account).stream()
        .map(line -> PASSWORD.matcher(line).replaceAll(""))
        .toList();
  }

  private List<String> list(String query) {
    return handle.createQuery(query).mapTo(String.class).list();
  }

  /** From {@code user@host}; a host has no {@code @}, a user may have. */
  private static String account(String text) {
    int at = text.lastIndexOf('@');
    return Names.quoted(text.substring(0, at)) + "@" + Names.quoted(text.substring(at + 1));
  }

  /**
   * Statements.
   *
   * @param before the data: accounts without a right
   * @param after the data: what they may do, which may name tables
   */
  record Script(List<String> before, List<String> after) {}
}
