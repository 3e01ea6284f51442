package dev.lockstep.activities.dump.postgres;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes roles that are missing, from what pg_dumpall wrote of them. Roles that are there are not
 * changed: their passwords, attributes and memberships belong to that server. Tablespaces are not
 * made: their folders are another machine's.
 */
final class Roles {
  private static final Logger LOG = LoggerFactory.getLogger(Roles.class);

  private static final String ROLE = "(\"(?:[^\"]|\"\")+\"|[^\\s;\"]+)";
  private static final Pattern CREATE = Pattern.compile("CREATE ROLE " + ROLE);
  private static final Pattern ATTRIBUTES =
      Pattern.compile("(ALTER ROLE " + ROLE + " WITH )((?:(?! PASSWORD ').)*)(.*)", Pattern.DOTALL);
  private static final Pattern SETTING =
      Pattern.compile("ALTER ROLE " + ROLE + " SET .*", Pattern.DOTALL);
  private static final Pattern COMMENT =
      Pattern.compile("COMMENT ON ROLE " + ROLE + " IS .*", Pattern.DOTALL);
  private static final Pattern MEMBERSHIP =
      Pattern.compile("GRANT " + ROLE + " TO " + ROLE + "(.*)", Pattern.DOTALL);

  private final Handle handle;
  private final Powers powers;
  private final Set<String> there;
  private final Set<String> made = new HashSet<>();

  /** What made roles may have. */
  enum Powers {
    /** None of a superuser's: for one database. */
    ORDINARY("\\b(?:NO)?(?:SUPERUSER|REPLICATION|BYPASSRLS)\\b"),
    /** As they were: for a whole server, by a superuser. */
    ALL("(?!)");

    private final Pattern dropped;

    Powers(String dropped) {
      this.dropped = Pattern.compile(dropped);
    }
  }

  Roles(Handle handle, Powers powers) {
    this.handle = handle;
    this.powers = powers;
    this.there = handle.createQuery("SELECT rolname FROM pg_roles").mapTo(String.class).set();
  }

  /** Makes what is missing, as far as the login may. */
  void make(String script) {
    boolean may =
        handle
            .createQuery(
                "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
            .mapTo(Boolean.class)
            .one();
    if (!may) {
      LOG.info("no roles are made: the login may not");
      return;
    }
    List<String> statements = SqlStatements.of(script);
    statements.forEach(this::create);
    statements.forEach(this::complete);
    statements.forEach(this::join);
  }

  private void create(String statement) {
    Matcher create = CREATE.matcher(statement);
    if (create.matches() && !there.contains(SqlName.bare(create.group(1)))) {
      if (Target.tries(handle, statement)) {
        made.add(SqlName.bare(create.group(1)));
      }
    }
  }

  private void complete(String statement) {
    Matcher attributes = ATTRIBUTES.matcher(statement);
    if (attributes.matches()) {
      if (isMade(attributes.group(2))) {
        String kept = powers.dropped.matcher(attributes.group(3)).replaceAll("");
        tries(attributes.group(1) + kept + attributes.group(4));
      }
      return;
    }
    for (Pattern pattern : List.of(SETTING, COMMENT)) {
      Matcher matcher = pattern.matcher(statement);
      if (matcher.matches() && isMade(matcher.group(1))) {
        tries(statement);
      }
    }
  }

  private void join(String statement) {
    Matcher membership = MEMBERSHIP.matcher(statement);
    if (membership.matches() && isMade(membership.group(2))) {
      String how = membership.group(3).replaceFirst("(?s) GRANTED BY .*", "");
      if (!Target.tries(handle, statement.substring(0, membership.end(2)) + how)) {
        LOG.info("{} is no member of {}", membership.group(2), membership.group(1));
      }
    }
  }

  private boolean isMade(String role) {
    return made.contains(SqlName.bare(role));
  }

  /** Never shows the statement, which may hold a password. */
  private void tries(String statement) {
    if (!Target.tries(handle, statement)) {
      LOG.info("a role could not be given all of its attributes");
    }
  }
}
