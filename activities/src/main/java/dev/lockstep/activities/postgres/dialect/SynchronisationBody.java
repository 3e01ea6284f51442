package dev.lockstep.activities.postgres.dialect;

import static dev.lockstep.activities.postgres.dialect.Identifiers.quote;
import static java.util.stream.Collectors.joining;

import dev.lockstep.activities.postgres.dialect.Token.Kind;
import dev.lockstep.definitions.plan.Synchronisation;
import dev.lockstep.definitions.plan.Synchronisation.Derived;
import dev.lockstep.definitions.plan.Synchronisation.Group;
import dev.lockstep.definitions.plan.Synchronisation.Input;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The procedural part of a {@link Synchronisation}: what its groups do on UPDATE and INSERT. */
final class SynchronisationBody {
  private final Synchronisation synchronisation;

  SynchronisationBody(Synchronisation synchronisation) {
    this.synchronisation = synchronisation;
  }

  /** Whether an update can make anything to be derived or noted. */
  boolean followsUpdates() {
    return !watched().isEmpty() || notesMoves();
  }

  /** The columns whose change can make an update derive something. */
  private Set<String> watched() {
    Set<String> columns = new LinkedHashSet<>();
    for (Group group : synchronisation.groups()) {
      group.fresh().forEach(fresh -> columns.add(fresh.column()));
      (group.fresh().isEmpty() ? group.stale() : group.fresh())
          .forEach(derived -> columns.addAll(inputs(derived)));
    }
    return columns;
  }

  /** The WHEN clause of the update's trigger, with a space after it. */
  String when() {
    String moved = notesMoves() ? " OR " + changed(synchronisation.movers()) : "";
    return "WHEN (" + derives() + moved + ") ";
  }

  private String derives() {
    return "("
        + changedOrFalse(watched())
        + ") AND current_setting('lockstep.backfill', true) IS DISTINCT FROM 'on'";
  }

  String update() {
    String derivations = synchronisation.groups().stream().map(this::update).collect(joining());
    return notesMoves()
        ? condition(derives(), derivations) + condition(changed(synchronisation.movers()), note())
        : derivations;
  }

  String insert() {
    return synchronisation.groups().stream().map(this::insert).collect(joining());
  }

  /** Whether a row can come to another partition, with columns that an INSERT would derive anew. */
  private boolean notesMoves() {
    return !synchronisation.movers().isEmpty()
        && synchronisation.groups().stream().anyMatch(group -> !group.stale().isEmpty());
  }

  private String note() {
    return "    PERFORM set_config('lockstep.moving', " + followed() + ", true);\n";
  }

  /** What the groups hold, as text; partitions may have their columns in different orders. */
  private String followed() {
    Set<String> columns = new TreeSet<>();
    for (Group group : synchronisation.groups()) {
      Stream.concat(group.fresh().stream(), group.stale().stream())
          .forEach(
              derived -> {
                columns.add(derived.column());
                columns.addAll(inputs(derived));
              });
    }
    return columns.stream().map(c -> field("NEW", c)).collect(joining(", ", "ROW(", ")::text"));
  }

  private String unlessMoved(String then) {
    return notesMoves()
        ? condition("current_setting('lockstep.moving', true) IS DISTINCT FROM " + followed(), then)
        : then;
  }

  /** Whether an expression names a schema other than pg_catalog. */
  static boolean namesSchemas(Synchronisation synchronisation) {
    return synchronisation.groups().stream()
        .flatMap(group -> Stream.concat(group.fresh().stream(), group.stale().stream()))
        .anyMatch(SynchronisationBody::namesSchema);
  }

  private static boolean namesSchema(Derived derived) {
    if (derived.lookedUp().isPresent()) {
      return true;
    }
    Map<String, String> none = new HashMap<>();
    derived.inputs().forEach(input -> none.put(input.name(), "NULL"));
    List<Token> tokens =
        Tokenizer.tokens(ColumnMentions.replace(derived.expression(), none)).stream()
            .filter(token -> !token.blank())
            .toList();
    for (int i = 1; i < tokens.size(); i++) {
      Token before = tokens.get(i - 1);
      boolean name = before.kind() == Kind.QUOTED || before.kind() == Kind.WORD;
      if (tokens.get(i).isSymbol(".") && name && !before.isWord("pg_catalog")) {
        return true;
      }
    }
    return false;
  }

  private String update(Group group) {
    if (group.followed()) {
      return group.fresh().stream().map(this::mirror).collect(joining());
    }
    if (group.fresh().isEmpty()) {
      return group.stale().stream().map(this::follow).collect(joining());
    }
    Set<String> fresh = new LinkedHashSet<>();
    group.fresh().forEach(derived -> fresh.add(derived.column()));
    String toStale = group.stale().stream().map(s -> ifUsed(s, fresh)).collect(joining());
    boolean certain = synchronisation.groups().size() == 1 && fresh.size() == 1;
    String toFresh =
        group.fresh().stream()
            .map(f -> certain ? assignment(f) : toFresh(f, group))
            .collect(joining());
    String before = toStale.isEmpty() || fresh.size() == 1 ? "" : completion(group);
    return branches(changed(fresh), before + toStale, toFresh);
  }

  /** A row that is not filled yet is filled whole: a part of it would look like a given value. */
  private String toFresh(Derived fresh, Group group) {
    Set<String> all = new LinkedHashSet<>();
    group.fresh().forEach(each -> all.addAll(inputs(each)));
    return inputs(fresh).equals(all)
        ? ifChanged(fresh, all)
        : condition(
            "(%s) OR (%s AND (%s))"
                .formatted(changedOrFalse(inputs(fresh)), unfilled(group), changed(all)),
            assignment(fresh));
  }

  /** Where nothing is filled yet, what the client does not give: a stale column needs all parts. */
  private static String completion(Group group) {
    String parts =
        group.fresh().stream()
            .map(f -> condition(field("NEW", f.column()) + " IS NULL", assignment(f)))
            .collect(joining());
    return condition(unfilled(group), parts);
  }

  private static String unfilled(Group group) {
    return group.fresh().stream()
        .map(f -> field("OLD", f.column()) + " IS NULL")
        .collect(joining(" AND "));
  }

  private String changedOrFalse(Set<String> columns) {
    return columns.isEmpty() ? "false" : changed(columns);
  }

  /** A client's own value would be another than that of the other row. */
  private String mirror(Derived fresh) {
    Set<String> columns = inputs(fresh);
    columns.add(fresh.column());
    return ifChanged(fresh, columns);
  }

  /** A stale column of a group without fresh ones. */
  private String follow(Derived stale) {
    Set<String> inputs = inputs(stale);
    if (inputs.isEmpty()) {
      return "";
    }
    String itself = same(stale.column());
    return condition("(" + changed(inputs) + ") AND " + itself, assignment(stale));
  }

  private String ifUsed(Derived stale, Set<String> fresh) {
    Set<String> used = inputs(stale);
    used.retainAll(fresh);
    return used.equals(fresh) ? assignment(stale) : ifChanged(stale, used);
  }

  private String ifChanged(Derived derived, Set<String> columns) {
    return columns.isEmpty() ? "" : condition(changed(columns), assignment(derived));
  }

  private String insert(Group group) {
    String toStale =
        unlessMoved(group.stale().stream().map(SynchronisationBody::assignment).collect(joining()));
    if (group.fresh().isEmpty()) {
      return unlessMoved(
          group.stale().stream()
              .map(stale -> condition(field("NEW", stale.column()) + " IS NULL", assignment(stale)))
              .collect(joining()));
    }
    if (group.followed()) {
      return group.fresh().stream().map(SynchronisationBody::assignment).collect(joining());
    }
    String given =
        group.fresh().stream()
            .map(fresh -> field("NEW", fresh.column()) + " IS NOT NULL")
            .collect(joining(" OR "));
    return branches(
        given,
        toStale,
        group.fresh().stream().map(SynchronisationBody::assignment).collect(joining()));
  }

  /** The expression ends its own line: it may end in a comment. */
  private static String assignment(Derived derived) {
    if (derived.lookedUp().isPresent()) {
      return "    %s := (%s);\n"
          .formatted(field("NEW", derived.column()), new LookupSql(derived).ofNew());
    }
    Map<String, String> fields = new HashMap<>();
    derived.inputs().forEach(input -> fields.put(input.name(), field("NEW", input.column())));
    String value = ColumnMentions.replace(derived.expression(), fields);
    return "    %s := (%s%s);\n"
        .formatted(field("NEW", derived.column()), value, value.contains("--") ? "\n" : "");
  }

  private static String condition(String condition, String then) {
    return then.isEmpty() ? "" : "  IF " + condition + " THEN\n" + then + "  END IF;\n";
  }

  private static String branches(String condition, String then, String otherwise) {
    String first = "  IF " + condition + " THEN\n" + (then.isEmpty() ? "    NULL;\n" : then);
    return first + (otherwise.isEmpty() ? "" : "  ELSE\n" + otherwise) + "  END IF;\n";
  }

  private static Set<String> inputs(Derived derived) {
    return new LinkedHashSet<>(derived.inputs().stream().map(Input::column).toList());
  }

  private String changed(Collection<String> columns) {
    return columns.stream()
        .map(c -> value("NEW", c) + " IS DISTINCT FROM " + value("OLD", c))
        .collect(joining(" OR "));
  }

  private String same(String column) {
    return value("NEW", column) + " IS NOT DISTINCT FROM " + value("OLD", column);
  }

  private String value(String row, String column) {
    boolean comparable = !synchronisation.incomparable().contains(column);
    return field(row, column) + (comparable ? "" : "::text COLLATE \"C\"");
  }

  private static String field(String row, String column) {
    return row + "." + quote(column);
  }
}
