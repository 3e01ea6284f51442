package dev.lockstep.definitions.docs;

import dev.lockstep.definitions.examples.Example;
import dev.lockstep.definitions.examples.Examples;
import java.io.IOException;

/** The page {@code docs/language.md}: made of the schema, the codes and the examples. */
final class LanguagePage {
  private static final String HEAD =
      """
      # The language

      <!-- Made by LanguagePageTest of module definitions; -Dlockstep.docs.refresh=true writes it anew. -->

      A file holds one or more YAML documents, each with `apiVersion`, `kind`, `metadata` and `spec`. `lockstep validate FILE`
      names every problem with its line; an unknown field is one. Editors complete and check with the
      [JSON Schema](../definitions/src/main/resources/lockstep.schema.json), which is made of the same table as this page.

      - [Words](#words)
      - [Forms](#forms)
      - [Fields](#fields)
      - [Examples](#examples)
      - [Problems](#problems)
      - [Hazards](#hazards)
      - [Faults](#faults)

      ## Words

      A run has phases, in this order. Until **finish**, everything can be undone. For a migration:

      | phase | what happens |
      |---|---|
      | prepare | The tables are claimed, so that no second run works on them. |
      | expand | What is new is added beside what is old, and a trigger keeps both equal. Old and new versions of the application work. |
      | migrate | Rows that were there are filled, in small batches. |
      | verify | Every row is compared, and constraints are proven. |
      | gate | The run waits until old clients are gone, and for an approval where one is asked for. |
      | contract | Old columns and tables are hidden under another name. For the time of `revertWindow` they can come back. |
      | finish | What was hidden is dropped. The first step that destroys something is the point of no return. |

      A backup, a restore or a drill has those of them that it needs:

      | phase | backup | restore | drill |
      |---|---|---|---|
      | prepare | looks whether it can succeed, writes a sentinel row | reads the backup back; in place, takes one of what is replaced | reads the backup back |
      | expand | | makes the new instance | makes the throw-away namespace |
      | migrate | takes the dump | loads it | loads it |
      | verify | reads it back | compares it with its manifest, asks the checks | compares it with its manifest, asks the checks |
      | contract | | switches the Service, keeps the old instance for `keepOld` | |
      | finish | prunes by `retention` | stops the old instance | removes everything it made |

      `up` is SQL for a new value from the old row; `down` is SQL for an old value from the new row. With both, each version of the
      application sees what the other one writes. `lookup` is a new value from a row of another table, see
      [How a run behaves](runs.md#values-of-another-table). A *rollout* gives a workload new images; a *hazard* is something in the plan that may hurt.

      ## Forms

      | form | written as |
      |---|---|
      | name | 1 to 63 small letters, digits and `-`, beginning and ending with a letter or digit |
      | duration | `500ms`, `30s`, `10m`, `24h`, `7d`, or ISO 8601 such as `PT1M30S`; never a bare number |
      | rate | rows a second, such as `5000/s` |
      | size | `64KiB`, `16MiB`, `1GiB`; a second: `50MiB/s` |
      | time | with its zone, such as `2026-11-01T00:00:00Z` |
      | SQL | an expression or statement as the database understands it, in quotes where YAML needs them |
      | JDBC URL | `jdbc:postgresql://HOST:PORT/DATABASE`, or the same with `mysql` or `mariadb`; without a password |

      ## Fields

      "needed" in the column of defaults: the field must be there. Nothing there: it may be left out.

      """;

  private LanguagePage() {}

  static String text() throws IOException {
    StringBuilder text = new StringBuilder(HEAD);
    text.append(
        SchemaReference.of(
            "Database",
            "Migration",
            "Store",
            "Backup",
            "Restore",
            "Drill",
            "Schedule",
            "Trigger",
            "Notification"));
    text.append("## Examples\n\n");
    text.append(
        "Each is read and checked by a test; what can be run is also planned, migrations are also run, on ");
    text.append("the tables of ");
    text.append("[schema.sql](../definitions/src/main/resources/examples/schema.sql).\n\n");
    Examples.all().forEach(example -> text.append(section(example)));
    text.append("## Problems\n\n");
    text.append("What is wrong with a definition, found before anything is changed.\n\n");
    text.append(CodeTables.problems());
    text.append("\n## Hazards\n\n");
    text.append(
        "What a plan may do to somebody, weighed by the live table. A `stop` needs an entry in ");
    text.append("`spec.allow` with a reason. *Elsewhere*: the rule of the same purpose in other ");
    text.append(
        "tools. Most of their rules have no line here, because the plan never does what they ");
    text.append(
        "warn of: it takes no lock without a time limit, builds indexes concurrently, validates ");
    text.append("constraints later and hides before it drops.\n\n");
    text.append(CodeTables.hazards());
    text.append("\n## Faults\n\n");
    text.append(
        "Why a step or a run failed. Faults of kind busy and unreachable are tried again by ");
    text.append("themselves.\n\n");
    text.append(CodeTables.faults());
    return text.toString();
  }

  private static String section(Example example) {
    return "### %s\n\n```yaml\n%s\n```\n\n"
        .formatted(example.file().replace(".yaml", ""), example.text().strip());
  }
}
