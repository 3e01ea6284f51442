package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.check.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A document with one mistake. Each is a good one in which one piece of text is replaced.
 *
 * @param code the only problem that is found
 * @param path where it is found
 * @param seenBy who sees it
 */
record BadDocument(Problem.Code code, String path, SeenBy seenBy, String text) {
  enum SeenBy {
    /** The reader, and editors through the JSON Schema. */
    READER_AND_SCHEMA,
    /** The reader alone. */
    READER,
    /** Only the checks of the model. */
    CHECKS,
    /** The checks of the model, and editors through the JSON Schema. */
    CHECKS_AND_SCHEMA
  }

  static final String DATABASE =
      """
      apiVersion: lockstep.dev/v1
      kind: Database
      metadata: {name: shop}
      spec:
        engine: postgresql
        connection: {url: "jdbc:postgresql://localhost:5432/shop"}
        credentials: {env: {username: SHOP_USER, password: SHOP_PASSWORD}}
        workloads:
          - {kind: Deployment, namespace: shop, name: web}
      """;

  static final String MIGRATION =
      """
      apiVersion: lockstep.dev/v1
      kind: Migration
      metadata: {name: good}
      spec:
        database: shop
        changes:
          - addColumn:
              table: customers
              column: {name: full_name, type: text, nullable: false}
              up: first_name || ' ' || last_name
          - createIndex: {table: orders, name: orders_note_idx, columns: [note], unique: false}
          - addConstraint: {table: orders, name: orders_amount_check, check: amount >= 0}
        rollouts:
          - after: expand
            workload: {kind: Deployment, namespace: shop, name: web}
            containers: {web: {image: "shop-web:2"}}
            deadline: 10m
        contract: {approval: none, revertWindow: 24h}
        limits: {lockTimeout: 500ms, maxRowsPerSecond: 5000/s, parallelism: 2}
        onFailure: rollback
        allow: [{code: TABLE_REWRITTEN, reason: it is small}]
      """;

  boolean refusedBySchema() {
    return seenBy == SeenBy.READER_AND_SCHEMA || seenBy == SeenBy.CHECKS_AND_SCHEMA;
  }

  boolean hasModel() {
    return seenBy == SeenBy.CHECKS || seenBy == SeenBy.CHECKS_AND_SCHEMA;
  }

  @Override
  public String toString() {
    return code + " " + path;
  }

  static List<BadDocument> all() {
    return Stream.of(
            ofDatabase(),
            ofFields(),
            ofValues(),
            ofChecks(),
            ofClashes(),
            BadSignal.all(),
            BadBlockers.all(),
            BadOldClients.all(),
            BadTrial.all(),
            BadApprovers.all(),
            BadStore.all(),
            BadBackup.all(),
            BadQuiesce.all(),
            BadRestore.all(),
            BadDrill.all(),
            BadPhysical.all(),
            BadSchedule.all(),
            BadTrigger.all(),
            BadNotification.all())
        .flatMap(List::stream)
        .toList();
  }

  private static List<BadDocument> ofDatabase() {
    Bad bad = new Bad(DATABASE, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(DATABASE, SeenBy.CHECKS);
    return List.of(
        bad.replace("lockstep.dev/v1", "lockstep.dev/v2").gives("API_VERSION_UNKNOWN apiVersion"),
        bad.replace("kind: Database", "kind: Queue").gives("KIND_UNKNOWN kind"),
        bad.replace("kind: Deployment", "kind: CronJob")
            .gives("KIND_UNKNOWN spec.workloads[0].kind"),
        bad.replace("engine: postgresql", "engine: oracle").gives("VALUE_WRONG spec.engine"),
        bad.replace("jdbc:", "").gives("VALUE_WRONG spec.connection.url"),
        bad.replace("//localhost", "//me:hunter2@localhost")
            .gives("VALUE_WRONG spec.connection.url"),
        bad.replace("/shop\"", "/shop?password=hunter2\"").gives("VALUE_WRONG spec.connection.url"),
        bad.replace("shop\"}", "shop\", database: shop}").gives("CHOICE_WRONG spec.connection"),
        bad.replace("password: SHOP_PASSWORD", "password: hunter2")
            .gives("VALUE_WRONG spec.credentials.env.password"),
        bad.replace("{env: {username: SHOP_USER, password: SHOP_PASSWORD}}", "hunter2")
            .gives("VALUE_WRONG spec.credentials"),
        bad.replace("//localhost:5432/shop", "(host=h,user=me,password=hunter2)/shop")
            .gives("VALUE_WRONG spec.connection.url"),
        checked.replace("jdbc:postgresql", "jdbc:mysql").gives("VALUE_WRONG spec.connection.url"),
        checked
            .replace("engine: postgresql", "engine: mariadb")
            .gives("VALUE_WRONG spec.connection.url"),
        checked
            .replace("- {kind", "- {kind: Deployment, namespace: shop, name: web}\n    - {kind")
            .gives("NAME_TAKEN spec.workloads[1]"));
  }

  private static List<BadDocument> ofFields() {
    Bad bad = new Bad(MIGRATION, SeenBy.READER_AND_SCHEMA);
    Bad unseen = new Bad(MIGRATION, SeenBy.READER);
    return List.of(
        bad.replace("  database: shop", "  restorePoints: {backup: b}\n  database: shop")
            .gives("FIELD_UNKNOWN spec.restorePoints"),
        bad.replace("up: first", "upp: first").gives("FIELD_UNKNOWN spec.changes[0].addColumn.upp"),
        bad.replace("createIndex", "createIndexx")
            .gives("FIELD_UNKNOWN spec.changes[1].createIndexx"),
        bad.replace("kind: Migration\n", "").gives("FIELD_MISSING kind"),
        bad.replace("  database: shop\n", "").gives("FIELD_MISSING spec.database"),
        bad.replace("        table: customers", "        # no table")
            .gives("FIELD_MISSING spec.changes[0].addColumn.table"),
        bad.replace("after: expand\n      workload", "workload")
            .gives("FIELD_MISSING spec.rollouts[0].after"),
        bad.replace(", check: amount >= 0", "").gives("CHOICE_WRONG spec.changes[2].addConstraint"),
        bad.replace(
                "check: amount >= 0",
                "check: a, foreignKey: {columns: [a], references: {table: b, columns: [c]}}")
            .gives("CHOICE_WRONG spec.changes[2].addConstraint"),
        bad.replace("- createIndex: {", "- dropTable: {table: coupons}\n      createIndex: {")
            .gives("CHOICE_WRONG spec.changes[1]"),
        unseen
            .replace("  onFailure", "  database: shop\n  onFailure")
            .gives("NAME_TAKEN spec.database"),
        bad.replace("{name: good}", "{name: good, name2: x}")
            .gives("FIELD_UNKNOWN metadata.name2"));
  }

  private static List<BadDocument> ofValues() {
    Bad bad = new Bad(MIGRATION, SeenBy.READER_AND_SCHEMA);
    return List.of(
        bad.replace("500ms", "500").gives("VALUE_WRONG spec.limits.lockTimeout"),
        bad.replace("500ms", "half a second").gives("VALUE_WRONG spec.limits.lockTimeout"),
        bad.replace("5000/s", "5000").gives("VALUE_WRONG spec.limits.maxRowsPerSecond"),
        bad.replace("parallelism: 2", "parallelism: 17")
            .gives("VALUE_WRONG spec.limits.parallelism"),
        bad.replace("parallelism: 2", "parallelism: two")
            .gives("VALUE_WRONG spec.limits.parallelism"),
        bad.replace("parallelism: 2", "tables: 9").gives("VALUE_WRONG spec.limits.tables"),
        bad.replace("parallelism: 2", "tables: 0").gives("VALUE_WRONG spec.limits.tables"),
        bad.replace("parallelism: 2", "tables: [customers]")
            .gives("VALUE_WRONG spec.limits.tables"),
        bad.replace("nullable: false", "nullable: \"no\"")
            .gives("VALUE_WRONG spec.changes[0].addColumn.column.nullable"),
        bad.replace("name: full_name", "name: 12")
            .gives("VALUE_WRONG spec.changes[0].addColumn.column.name"),
        bad.replace("type: text", "type: \" \"")
            .gives("VALUE_WRONG spec.changes[0].addColumn.column.type"),
        bad.replace("[note]", "[]").gives("VALUE_WRONG spec.changes[1].createIndex.columns"),
        bad.replace("[note]", "note").gives("VALUE_WRONG spec.changes[1].createIndex.columns"),
        bad.replace("onFailure: rollback", "onFailure: undo").gives("VALUE_WRONG spec.onFailure"),
        bad.replace("approval: none", "approval: [none]")
            .gives("VALUE_WRONG spec.contract.approval"),
        bad.replace("{code: TABLE_REWRITTEN, reason: it is small}", "TABLE_REWRITTEN")
            .gives("VALUE_WRONG spec.allow[0]"),
        bad.replace("{web: {image: \"shop-web:2\"}}", "[web]")
            .gives("VALUE_WRONG spec.rollouts[0].containers"),
        bad.replace("up: first_name || ' ' || last_name", "up:")
            .gives("VALUE_WRONG spec.changes[0].addColumn.up"));
  }

  private static List<BadDocument> ofChecks() {
    Bad bad = new Bad(MIGRATION, SeenBy.CHECKS);
    Bad seen = new Bad(MIGRATION, SeenBy.CHECKS_AND_SCHEMA);
    return List.of(
        bad.replace("parallelism: 2", "parallelism: 6, tables: 3")
            .gives("VALUE_WRONG spec.limits.tables"),
        seen.replace("name: good", "name: Not_Good").gives("VALUE_WRONG metadata.name"),
        bad.replace("database: shop", "database: shoe").gives("REFERENCE_UNKNOWN spec.database"),
        bad.replace("        up: first_name || ' ' || last_name\n", "")
            .gives("UP_MISSING spec.changes[0].addColumn.up"),
        bad.replace("500ms", "11s").gives("VALUE_WRONG spec.limits.lockTimeout"),
        bad.replace("500ms", "1s, batchDuration: 1ms")
            .gives("VALUE_WRONG spec.limits.batchDuration"),
        bad.replace("500ms", "1s, maxReplicaLag: 1ms")
            .gives("VALUE_WRONG spec.limits.maxReplicaLag"),
        bad.replace("24h", "4000d").gives("VALUE_WRONG spec.contract.revertWindow"),
        bad.replace("10m", "0s").gives("VALUE_WRONG spec.rollouts[0].deadline"),
        seen.replace("{web: {image: \"shop-web:2\"}}", "{}")
            .gives("VALUE_WRONG spec.rollouts[0].containers"),
        bad.replace("full_name", "n".repeat(64))
            .gives("VALUE_WRONG spec.changes[0].addColumn.column.name"),
        bad.replace("full_name", "lockstep_name")
            .gives("VALUE_WRONG spec.changes[0].addColumn.column.name"),
        bad.replace("type: text", "type: \"text; drop table x\"")
            .gives("VALUE_WRONG spec.changes[0].addColumn.column.type"),
        bad.replace("table: customers", "table: a.b.c")
            .gives("VALUE_WRONG spec.changes[0].addColumn.table"),
        bad.replace("table: customers", "table: lockstep.runs")
            .gives("VALUE_WRONG spec.changes[0].addColumn.table"),
        bad.replace("table: customers", "table: '\"Customers\"'")
            .gives("VALUE_WRONG spec.changes[0].addColumn.table"),
        bad.replace("TABLE_REWRITTEN", "rewritten").gives("VALUE_WRONG spec.allow[0].code"),
        bad.replace("it is small}", "it is small}, {code: TABLE_REWRITTEN, reason: again}")
            .gives("NAME_TAKEN spec.allow[1].code"),
        bad.replace(
                "check: amount >= 0",
                "foreignKey: {columns: [a, b], references: {table: c, columns: [id]}}")
            .gives("VALUE_WRONG spec.changes[2].addConstraint.foreignKey.references.columns"),
        new Bad(steps("approve: {gate: go}", "approve: {gate: go}"), SeenBy.CHECKS)
            .gives("NAME_TAKEN spec.steps[1].approve.gate"),
        new Bad(steps("approve: {gate: contract}", "wait: {duration: 1s}"), SeenBy.CHECKS)
            .gives("NAME_TAKEN spec.steps[0].approve.gate"),
        new Bad(steps("approve: {gate: go}", "wait: {duration: 31d}"), SeenBy.CHECKS)
            .gives("VALUE_WRONG spec.steps[1].wait.duration"),
        new Bad(
                steps(
                    "verify: {name: q, query: select 1, expect: 1}",
                    "verify: {name: q, query: select 2, expect: 2}"),
                SeenBy.CHECKS)
            .gives("NAME_TAKEN spec.steps[1].verify.name"),
        new Bad(
                steps(
                    "backfill: {table: a.b.c, column: d, set: 1, where: d is null}",
                    "wait: {duration: 1s}"),
                SeenBy.CHECKS)
            .gives("VALUE_WRONG spec.steps[0].backfill.table"),
        new Bad(
                steps(
                    "rollout: {workload: {kind: Deployment, namespace: a, name: b}, containers:"
                        + " {}}",
                    "wait: {duration: 1s}"),
                SeenBy.CHECKS_AND_SCHEMA)
            .gives("VALUE_WRONG spec.steps[0].rollout.containers"));
  }

  private static List<BadDocument> ofClashes() {
    String add = "addColumn: {table: a, column: {name: x, type: text}}";
    String create =
        "createTable: {table: a, columns: [{name: id, type: bigint, primaryKey: true}]}";
    return List.of(
        changes(add, add).gives("CHANGES_CLASH spec.changes[1].addColumn.column.name"),
        changes(add, "dropColumn: {table: public.a, column: x}")
            .gives("CHANGES_CLASH spec.changes[1].dropColumn.column"),
        changes("dropColumn: {table: a, column: x}", "renameColumn: {table: a, from: x, to: y}")
            .gives("CHANGES_CLASH spec.changes[1].renameColumn.from"),
        changes(
                "alterColumn: {table: a, column: x, type: text}",
                "alterColumn: {table: a, column: x, nullable: true}")
            .gives("CHANGES_CLASH spec.changes[1].alterColumn.column"),
        changes(
                "createIndex: {table: a, name: i, columns: [x]}",
                "createIndex: {table: b, name: i, columns: [x]}")
            .gives("CHANGES_CLASH spec.changes[1].createIndex.name"),
        changes("createIndex: {table: a, name: i, columns: [x]}", "dropIndex: {table: a, name: i}")
            .gives("CHANGES_CLASH spec.changes[1].dropIndex.name"),
        changes(
                "addConstraint: {table: a, name: c, check: x > 0}",
                "addConstraint: {table: a, name: c, check: x > 1}")
            .gives("CHANGES_CLASH spec.changes[1].addConstraint.name"),
        changes(create, "dropTable: {table: a}")
            .gives("CHANGES_CLASH spec.changes[1].dropTable.table"),
        changes(create, add).gives("CHANGES_CLASH spec.changes[1].addColumn.table"),
        changes("dropTable: {table: a}", add)
            .gives("CHANGES_CLASH spec.changes[1].addColumn.table"),
        changes(
                "dropColumn: {table: a, column: x}",
                "createIndex: {table: a, name: i, columns: [y, x]}")
            .gives("CHANGES_CLASH spec.changes[1].createIndex.columns[1]"),
        changes(
                "addConstraint: {table: b, name: f, foreignKey: {columns: [y], references: {table:"
                    + " a, columns: [x]}}}",
                "renameColumn: {table: a, from: x, to: z}")
            .gives("CHANGES_CLASH spec.changes[0].addConstraint.foreignKey.references.columns[0]"),
        changes("alterColumn: {table: a, column: x}", add.replace("name: x", "name: y"))
            .gives("CHOICE_WRONG spec.changes[0].alterColumn"),
        changes(create.replace("[{", "[{name: id, type: text}, {"), "dropTable: {table: b}")
            .gives("NAME_TAKEN spec.changes[0].createTable.columns[1].name"),
        new Bad(MIGRATION, SeenBy.CHECKS)
            .replace(
                "  contract:",
                "    - {after: expand, workload: {kind: Deployment, namespace: shop, name: web},"
                    + " containers: {web: {image: x}}}\n  contract:")
            .gives("CHANGES_CLASH spec.rollouts[1].containers.web"),
        new Bad(
                head()
                    + "  steps:\n"
                    + "    - wait: {duration: 1s}\n"
                    + "  rollouts:\n"
                    + "    - {after: expand, workload: {kind: Deployment, namespace: a, name: b},"
                    + " containers: {web: {image: x}}}\n",
                SeenBy.CHECKS)
            .gives("CHOICE_WRONG spec.rollouts"),
        new Bad(head(), SeenBy.CHECKS_AND_SCHEMA).gives("CHOICE_WRONG spec"),
        new Bad(
                head() + "  changes:\n    - " + add + "\n  steps:\n    - wait: {duration: 1s}\n",
                SeenBy.CHECKS_AND_SCHEMA)
            .gives("CHOICE_WRONG spec"));
  }

  private static String head() {
    return """
    apiVersion: lockstep.dev/v1
    kind: Migration
    metadata: {name: good}
    spec:
      database: shop
    """;
  }

  private static String steps(String first, String second) {
    return head()
        + "  contract: {approval: required}\n  steps:\n    - "
        + first
        + "\n    - "
        + second
        + "\n";
  }

  private static Bad changes(String... changes) {
    StringBuilder text = new StringBuilder(head()).append("  changes:\n");
    Arrays.stream(changes).forEach(change -> text.append("    - ").append(change).append('\n'));
    return new Bad(text.toString(), SeenBy.CHECKS);
  }

  /** A text on its way to one mistake. */
  record Bad(String text, SeenBy seenBy) {
    Bad replace(String good, String wrong) {
      if (!text.contains(good)) {
        throw new IllegalArgumentException("not in the good document: " + good);
      }
      return new Bad(
          text.replaceFirst(Pattern.quote(good), Matcher.quoteReplacement(wrong)), seenBy);
    }

    BadDocument gives(String codeAndPath) {
      String[] parts = codeAndPath.split(" ", 2);
      return new BadDocument(Problem.Code.valueOf(parts[0]), parts[1], seenBy, text);
    }
  }
}
