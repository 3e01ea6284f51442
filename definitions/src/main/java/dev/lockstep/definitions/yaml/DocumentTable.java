package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Problem.Code;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Notification;
import dev.lockstep.definitions.model.Restore;
import dev.lockstep.definitions.model.Schedule;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.Trigger;
import dev.lockstep.definitions.yaml.Tree.Entries;
import dev.lockstep.definitions.yaml.Tree.Entry;
import dev.lockstep.definitions.yaml.Tree.Leaf;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Every kind of document. */
final class DocumentTable implements Shape<Definition> {
  static final String API_VERSION = "lockstep.dev/v1";
  static final DocumentTable DOCUMENT = new DocumentTable();

  private static final List<Kind<?>> KINDS =
      List.of(
          new Kind<>("Database", Database.class, database()),
          new Kind<>("Migration", Migration.class, migration()),
          new Kind<>("Store", Store.class, store()),
          new Kind<>("Backup", Backup.class, backup()),
          new Kind<>("Restore", Restore.class, restore()),
          new Kind<>("Drill", Drill.class, drill()),
          new Kind<>("Schedule", Schedule.class, schedule()),
          new Kind<>("Trigger", Trigger.class, trigger()),
          new Kind<>("Notification", Notification.class, notification()));

  private DocumentTable() {}

  /** One kind. */
  private record Kind<D extends Definition>(String name, Class<D> type, Shape<D> document) {
    ObjectNode written(Definition definition) {
      JsonNode written = document.write(type.cast(definition));
      return (ObjectNode) written;
    }
  }

  private static Shape<Database> database() {
    return document("Database", DatabaseTable.spec(), DatabaseTable::named);
  }

  private static Shape<Migration> migration() {
    return document("Migration", MigrationTable.spec(), MigrationTable::named);
  }

  private static Shape<Store> store() {
    return document("Store", StoreTable.spec(), StoreTable::named);
  }

  private static Shape<Backup> backup() {
    return document("Backup", BackupTable.spec(), BackupTable::named);
  }

  private static Shape<Restore> restore() {
    return document("Restore", RestoreTable.spec(), RestoreTable::named);
  }

  private static Shape<Drill> drill() {
    return document("Drill", DrillTable.spec(), DrillTable::named);
  }

  private static Shape<Schedule> schedule() {
    return document("Schedule", ScheduleTable.spec(), ScheduleTable::named);
  }

  private static Shape<Trigger> trigger() {
    return document("Trigger", TriggerTable.spec(), TriggerTable::named);
  }

  private static Shape<Notification> notification() {
    return document("Notification", NotificationTable.spec(), NotificationTable::named);
  }

  private static <D extends Definition> Shape<D> document(
      String kind, Shape<D> spec, BiFunction<String, D, D> named) {
    ObjectShape.Builder<D> of = ObjectShape.of(kind, "A document of kind " + kind + ".");
    Shape<String> version = new ConstantShape(API_VERSION, Code.API_VERSION_UNKNOWN);
    of.required("apiVersion", version, definition -> API_VERSION);
    of.required("kind", new ConstantShape(kind, Code.KIND_UNKNOWN), definition -> kind);
    Field<D, String> name = of.required("metadata", metadata(), Definition::name);
    Field<D, D> content = of.required("spec", spec, definition -> definition);
    return of.made(in -> named.apply(in.the(name), in.the(content)));
  }

  private static Shape<String> metadata() {
    ObjectShape.Builder<String> of = ObjectShape.of("Metadata", "What the document is called.");
    Field<String, String> name =
        of.required(
            "name",
            Texts.label("a name of small letters, digits and -")
                .described("What other documents and commands call it."),
            text -> text);
    return of.made(in -> in.the(name));
  }

  static List<String> kinds() {
    return KINDS.stream().map(Kind::name).toList();
  }

  /** The kind that a document says it has. */
  static Optional<String> kindOf(Tree tree) {
    return find(tree, "kind")
        .filter(kind -> kind.value() instanceof Leaf)
        .map(kind -> ((Leaf) kind.value()).text());
  }

  private static Optional<Entry> find(Tree tree, String field) {
    return tree instanceof Entries map
        ? map.entries().stream().filter(entry -> entry.key().equals(field)).findFirst()
        : Optional.empty();
  }

  @Override
  public Optional<Definition> read(Tree tree, Path path, Problems problems) {
    if (!(tree instanceof Entries)) {
      problems.wrong(path, tree, "a map with the fields apiVersion, kind, metadata, spec");
      return Optional.empty();
    }
    Optional<String> written = kindOf(tree);
    Optional<Kind<?>> kind =
        KINDS.stream().filter(known -> written.equals(Optional.of(known.name()))).findFirst();
    if (kind.isEmpty()) {
      unknown(tree, path, problems);
      return Optional.empty();
    }
    return kind.get().document().read(tree, path, problems).map(definition -> definition);
  }

  private static void unknown(Tree tree, Path path, Problems problems) {
    Path kind = path.field("kind");
    String known = "known: " + String.join(", ", kinds());
    Optional<Entry> entry = find(tree, "kind");
    if (entry.isEmpty()) {
      problems.add(kind, Code.FIELD_MISSING, tree.line(), "is missing; " + known);
    } else if (entry.get().value() instanceof Leaf leaf && leaf.kind() == Tree.Kind.TEXT) {
      String message =
          "kind "
              + (Secrets.mayBeIn(leaf.text()) ? "given here" : leaf.text())
              + " is not read by this version; "
              + Spelling.hint(leaf.text(), kinds());
      problems.add(kind, Code.KIND_UNKNOWN, entry.get().line(), message);
    } else {
      problems.wrong(kind, entry.get().value(), String.join(" or ", kinds()));
    }
    find(tree, "apiVersion")
        .ifPresent(
            version ->
                new ConstantShape(API_VERSION, Code.API_VERSION_UNKNOWN)
                    .read(version.value(), path.field("apiVersion"), problems));
  }

  @Override
  public ObjectNode write(Definition definition) {
    return KINDS.stream()
        .filter(kind -> kind.type().isInstance(definition))
        .findFirst()
        .orElseThrow()
        .written(definition);
  }

  /** Chooses by {@code kind}, so that an editor complains about the kind that was meant. */
  @Override
  public ObjectNode schema(SchemaParts parts) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
    schema.putArray("required").add("apiVersion").add("kind").add("metadata").add("spec");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("apiVersion").put("const", API_VERSION);
    kinds().forEach(properties.putObject("kind").putArray("enum")::add);
    for (Kind<?> kind : KINDS) {
      ObjectNode rule = schema.withArray("allOf").addObject();
      rule.putObject("if").putObject("properties").putObject("kind").put("const", kind.name());
      rule.set("then", kind.document().schema(parts));
    }
    return schema;
  }
}
