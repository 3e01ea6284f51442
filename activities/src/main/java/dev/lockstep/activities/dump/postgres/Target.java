package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.place.Pulse;
import dev.lockstep.activities.postgres.PlainSql;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.activities.postgres.Quoted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database that a dump is loaded into, as far as statements of ours change it. */
final class Target {
  private static final Logger LOG = LoggerFactory.getLogger(Target.class);

  /** Who owns what, and who may what: applied last, each as far as its roles are there. */
  private static final Pattern OWNERSHIP =
      Pattern.compile(
          "(?:ALTER (?!DEFAULT).*OWNER TO |GRANT |REVOKE |ALTER DEFAULT PRIVILEGES ).*",
          Pattern.DOTALL);

  private static final Pattern TABLE =
      Pattern.compile("CREATE (?:UNLOGGED )?TABLE " + SqlName.FULL);

  /**
   * Classes: syntax error or access rule violation (a role or an object that is not there, no
   * right), invalid grant operation, invalid role, invalid schema name.
   */
  private static final Set<String> REFUSALS = Set.of("42", "0L", "0P", "3F");

  private static final Pattern OWNER =
      Pattern.compile("ALTER (?:SEQUENCE|TABLE) " + SqlName.FULL + " OWNER TO .*", Pattern.DOTALL);

  /**
   * Sequences of columns, which have the owner of their table: to say so again fails with "feature
   * not supported" where the table stayed with another, and that state makes the pool close the
   * connection.
   */
  private static final String FOLLOWERS =
      """
      SELECT n.nspname || '.' || c.relname FROM pg_class c
      JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid
        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
      WHERE c.relkind = 'S'
      """;

  /** The first version with {@code transaction_timeout}; its programs set it on any server. */
  private static final int TIMEOUT_SINCE = 17;

  /** The first one that knows a provider of locales; its pg_dumpall names it for any server. */
  private static final int PROVIDER_SINCE = 15;

  private final Handle handle;
  private final Set<String> schemas = new HashSet<>();
  private final List<String> ownership = new ArrayList<>();

  Target(Handle handle) {
    this.handle = handle;
  }

  Handle handle() {
    return handle;
  }

  boolean superuser() {
    return new Readability(handle).superuser();
  }

  /** The names of all databases of the server. */
  List<String> databases() {
    return handle.createQuery("SELECT datname FROM pg_database").mapTo(String.class).list();
  }

  /**
   * Settings that programs set and this server does not know.
   *
   * @param programs their major version
   */
  Set<String> unknownSettings(int programs) {
    return isOlder(TIMEOUT_SINCE, programs) ? Set.of("transaction_timeout") : Set.of();
  }

  /** The same of options of {@code CREATE DATABASE}. */
  Set<String> unknownOptions(int programs) {
    return isOlder(PROVIDER_SINCE, programs) ? Set.of("LOCALE_PROVIDER = libc") : Set.of();
  }

  private boolean isOlder(int since, int programs) {
    return programs >= since && Snapshot.needed(handle).major() < since;
  }

  /** What of an archive is not to be loaded here, as entries begin. */
  List<String> unwanted() {
    List<String> unwanted =
        new ArrayList<>(
            List.of(
                // A copy must not take the changes that are meant for its original.
                "SUBSCRIPTION ", "SCHEMA - public ", "COMMENT - SCHEMA public "));
    if (!superuser()) {
      unwanted.add("EVENT TRIGGER ");
      unwanted.add("COMMENT - EXTENSION ");
    }
    if (has(Catalogue.LEDGER_SCHEMA)) {
      unwanted.add("SCHEMA - " + Catalogue.LEDGER_SCHEMA + " ");
    }
    return unwanted;
  }

  private boolean has(String schema) {
    return handle
        .createQuery("SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = :schema)")
        .bind("schema", schema)
        .mapTo(Boolean.class)
        .one();
  }

  /** The sentinel that the dump brings takes the place of the target's own. */
  void dropSentinel() {
    handle.execute("DROP TABLE IF EXISTS " + Quoted.name(Catalogue.SENTINEL));
  }

  /** A dump of chosen tables has no schemas. */
  void makeSchemas(List<String> statements, List<String> entries) {
    for (String statement : statements) {
      Matcher table = TABLE.matcher(statement);
      if (table.lookingAt() && schemas.add(SqlName.bare(table.group(1)))) {
        String schema = SqlName.bare(table.group(1));
        boolean comes = entries.stream().anyMatch(it -> it.contains(" SCHEMA - " + schema + " "));
        if (!comes && !has(schema)) {
          PlainSql.run(handle, "CREATE SCHEMA " + Quoted.name(schema));
        }
      }
    }
  }

  /** Keeps them for later. */
  void keepOwnership(List<String> statements) {
    statements.stream().filter(it -> OWNERSHIP.matcher(it).matches()).forEach(ownership::add);
  }

  /**
   * Gives every object its owner and its rights. Where a role is not there, or may not be given
   * anything, the object stays with the role that loaded it.
   */
  void applyOwnership(Pulse pulse) {
    int left = 0;
    Set<String> followers = handle.createQuery(FOLLOWERS).mapTo(String.class).set();
    for (String statement : ownership) {
      pulse.check();
      left += follows(followers, statement) || tries(statement) ? 0 : 1;
    }
    if (left > 0) {
      LOG.info("{} of {} owners and rights could not be given", left, ownership.size());
    }
  }

  private static boolean follows(Set<String> followers, String statement) {
    Matcher owner = OWNER.matcher(statement);
    return owner.matches() && followers.contains(SqlName.plain(owner.group(1), owner.group(2)));
  }

  private boolean tries(String statement) {
    return tries(handle, statement);
  }

  /** Runs it; false where the server refuses it for a role, a right or a missing object. */
  static boolean tries(Handle handle, String statement) {
    try {
      PlainSql.run(handle, statement);
      return true;
    } catch (JdbiException e) {
      String state = PostgresFaults.sqlState(e).orElse("");
      if (state.length() == 5 && REFUSALS.contains(state.substring(0, 2))) {
        LOG.debug("refused with {}", state, e);
        return false;
      }
      throw e;
    }
  }
}
