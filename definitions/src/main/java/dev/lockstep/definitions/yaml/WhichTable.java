package dev.lockstep.definitions.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.check.Names;
import dev.lockstep.definitions.model.Which;
import dev.lockstep.definitions.yaml.Tree.Entries;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which backup: a word, or a map with the one field {@code id}, {@code before} or {@code at}. */
final class WhichTable implements Shape<Which> {
  private static final Pattern TIME =
      Pattern.compile("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(Z|[-+][0-9:]+)$");

  private final Shape<Which> chosen = chosen();
  private final Shape<Word> word = WordShape.of(Word.class);

  private WhichTable() {}

  /** The newest ones, by the word for each. */
  private enum Word {
    LATEST,
    LATEST_VERIFIED
  }

  static Shape<Which> which() {
    return new WhichTable()
        .described(
            "Which of its backups: the newest, the newest that was read back or restored, a"
                + " chosen one, or a moment.");
  }

  private static Shape<Which> chosen() {
    ObjectShape.Builder<Which> of =
        ObjectShape.of("ChosenBackup", "A backup of some day, or a moment.");
    Field<Which, Which.Id> id =
        of.optional(
            "id",
            new ConvertedShape<>(
                TextShape.of("the id of a backup, such as 20261126T020000Z")
                    .hinting(Names.BACKUP_ID)
                    .described("Its id, as `lockstep backups list` shows it."),
                Which.Id::new,
                Which.Id::id),
            Narrowing.to(Which.Id.class));
    Field<Which, Which.Before> before =
        of.optional(
            "before",
            new ConvertedShape<>(
                moment("The newest whose data is not younger than that time."),
                Which.Before::new,
                Which.Before::time),
            Narrowing.to(Which.Before.class));
    Field<Which, Which.At> at =
        of.optional(
            "at",
            new ConvertedShape<>(
                moment(
                    "Of a physical backup: all that was committed until then, and nothing after"
                        + " it, by the clock of the database."),
                Which.At::new,
                Which.At::time),
            Narrowing.to(Which.At.class));
    return of.forms(Forms.oneOf("id", "before", "at"))
        .made(
            in ->
                in.maybe(id)
                    .<Which>map(found -> found)
                    .or(() -> in.maybe(before))
                    .or(() -> in.maybe(at))
                    .orElseThrow());
  }

  private static Shape<Instant> moment(String what) {
    return new ParsedShape<>(
            "a time with its zone, such as 2026-11-01T00:00:00Z",
            TIME,
            WhichTable::time,
            Instant::toString)
        .described(what);
  }

  private static Optional<Instant> time(String text) {
    try {
      return TIME.matcher(text).matches() ? Optional.of(Instant.parse(text)) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Which> read(Tree tree, Path path, Problems problems) {
    if (tree instanceof Entries) {
      return chosen.read(tree, path, problems);
    }
    Optional<Word> found = word.read(tree, path, new Problems(Optional.empty()));
    if (found.isEmpty()) {
      problems.wrong(path, tree, "latest, latestVerified, or a map with id, before or at");
    }
    return found.map(which -> new Which.Newest(which == Word.LATEST_VERIFIED));
  }

  @Override
  public JsonNode write(Which value) {
    return value.accept(new Writing());
  }

  @Override
  public ObjectNode schema(SchemaParts parts) {
    ObjectNode schema = JsonNodeFactory.instance.objectNode();
    schema.putArray("anyOf").add(word.schema(parts)).add(chosen.schema(parts));
    return schema;
  }

  private final class Writing implements Which.Visitor<JsonNode> {
    @Override
    public JsonNode newest(Which.Newest which) {
      return word.write(which.verified() ? Word.LATEST_VERIFIED : Word.LATEST);
    }

    @Override
    public JsonNode id(Which.Id which) {
      return chosen.write(which);
    }

    @Override
    public JsonNode before(Which.Before which) {
      return chosen.write(which);
    }

    @Override
    public JsonNode at(Which.At which) {
      return chosen.write(which);
    }
  }
}
