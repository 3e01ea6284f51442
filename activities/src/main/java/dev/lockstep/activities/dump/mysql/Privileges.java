package dev.lockstep.activities.dump.mysql;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * What the current user may do, its active roles included.
 *
 * @param server privileges on everything
 * @param database those, and privileges on the current database
 */
record Privileges(Set<String> server, Set<String> database) {
  private static final String ALL = "ALL PRIVILEGES";
  private static final Pattern GRANT = Pattern.compile("^GRANT (.+?) ON (\\S+) TO .*");

  static Privileges read(Handle handle) {
    String name = handle.createQuery("SELECT database()").mapTo(String.class).findOne().orElse("");
    // In grants, _ and % are patterns unless a backslash is before them. A name may have none.
    List<String> scopes =
        List.of(
            Names.quoted(name) + ".*",
            Names.quoted(name.replace("_", "\\_").replace("%", "\\%")) + ".*");
    Set<String> server = new HashSet<>();
    Set<String> database = new HashSet<>();
    for (String line : grants(handle)) {
      Matcher grant = GRANT.matcher(line);
      if (grant.matches()) {
        List<String> privileges = Arrays.asList(grant.group(1).split(", ?"));
        if (grant.group(2).equals("*.*")) {
          server.addAll(privileges);
        } else if (scopes.contains(grant.group(2))) {
          database.addAll(privileges);
        }
      }
    }
    database.addAll(server);
    return new Privileges(Set.copyOf(server), Set.copyOf(database));
  }

  /** MySQL tells what comes by roles only where they are named; MariaDB does not know USING. */
  private static List<String> grants(Handle handle) {
    Optional<String> roles =
        handle.createQuery("SELECT current_role()").mapTo(String.class).findOne();
    boolean named = roles.isPresent() && roles.get().startsWith("`");
    return handle
        .createQuery(named ? "SHOW GRANTS FOR current_user() USING " + roles.get() : "SHOW GRANTS")
        .mapTo(String.class)
        .list();
  }

  /** Those of the wanted ones that are missing on the whole server. */
  List<String> missingOnServer(List<String> wanted) {
    return missing(server, wanted);
  }

  /** Those of the wanted ones that are missing in the database. */
  List<String> missingInDatabase(List<String> wanted) {
    return missing(database, wanted);
  }

  private static List<String> missing(Set<String> held, List<String> wanted) {
    return held.contains(ALL)
        ? List.of()
        : wanted.stream().filter(privilege -> !held.contains(privilege)).toList();
  }
}
