package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.Identifiers.quote;

import dev.lockstep.activities.postgres.Quoted;
import dev.lockstep.definitions.plan.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * A row-level trigger of a table and its function of the same name.
 *
 * @param table whose rows fire it
 * @param home the table in whose schema the function lives, and whose owner it runs as where it
 *     does not run as the writer
 * @param asOwner whether it needs rights that a writer may lack: then it runs as an owner under a
 *     fixed search_path, as an index or a constraint would find its functions
 */
record TriggerSql(String name, TableName table, TableName home, boolean asOwner) {
  /**
   * Creates both.
   *
   * @param event such as {@code BEFORE UPDATE}
   * @param when the WHEN clause with a space after it, or nothing
   * @param body statements, each in lines of its own
   */
  List<String> create(String event, String when, String body) {
    String function = function();
    List<String> statements = new ArrayList<>();
    statements.add("CREATE " + definition(body));
    if (asOwner) {
      // On a table of their own, anybody could else call the expression with the owner's rights.
      statements.add("REVOKE ALL ON FUNCTION " + function + " FROM PUBLIC");
      statements.add(ownedByTableOwner(function));
    }
    statements.add(
        "CREATE TRIGGER %s %s ON %s FOR EACH ROW %sEXECUTE FUNCTION %s"
            .formatted(quote(name), event, quote(table), when, function));
    return List.copyOf(statements);
  }

  /** The function with another body; takes no lock of the table. */
  String replace(String body) {
    return "CREATE OR REPLACE " + definition(body);
  }

  List<String> drop() {
    return List.of(
        "DROP TRIGGER IF EXISTS " + quote(name) + " ON " + quote(table),
        "DROP FUNCTION IF EXISTS " + function());
  }

  private String definition(String body) {
    return "FUNCTION "
        + function()
        + " RETURNS trigger LANGUAGE plpgsql"
        + (asOwner ? " SECURITY DEFINER SET search_path = pg_catalog, pg_temp" : "")
        + " AS "
        + Quoted.body("\nBEGIN\n" + body + "  RETURN NEW;\nEND\n");
  }

  private String function() {
    return quote(new TableName(home.schema(), name)) + "()";
  }

  /** A superuser's function would lend the superuser's rights to the functions that it calls. */
  private String ownedByTableOwner(String function) {
    return Quoted.block(
        """
        BEGIN
          IF (SELECT rolsuper FROM pg_catalog.pg_roles WHERE rolname = current_user) THEN
            EXECUTE (SELECT pg_catalog.format('ALTER FUNCTION %%s OWNER TO %%I', %s, \
        pg_catalog.pg_get_userbyid(relowner))
              FROM pg_catalog.pg_class WHERE oid = %s::pg_catalog.regclass);
          END IF;
        END
        """
            .formatted(Quoted.text(function), Quoted.text(quote(home))));
  }
}
