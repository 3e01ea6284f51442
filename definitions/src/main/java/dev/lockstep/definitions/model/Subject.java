package dev.lockstep.definitions.model;

import java.util.Arrays;
import java.util.Locale;

/**
 * A definition that can be run, as others name it.
 *
 * @param name of a definition of that kind
 */
public record Subject(Kind kind, String name) {
  /** The id of its runs, such as {@code backup/shop-nightly}. */
  public String id() {
    return kind.word() + "/" + name;
  }

  /** One that can be run. */
  public static Subject of(Definition definition) {
    return new Subject(Kind.of(definition), definition.name());
  }

  /** The kinds of definitions that can be run. */
  public enum Kind {
    /** A migration. */
    MIGRATION(Migration.class),
    /** A backup. */
    BACKUP(Backup.class),
    /** A restore. */
    RESTORE(Restore.class),
    /** A drill. */
    DRILL(Drill.class);

    private final Class<? extends Definition> type;

    Kind(Class<? extends Definition> type) {
      this.type = type;
    }

    /** Of a definition that can be run. */
    static Kind of(Definition definition) {
      return Arrays.stream(values())
          .filter(kind -> kind.type.isInstance(definition))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException(definition.name() + " cannot be run"));
    }

    /** By its title, such as {@code Backup}. */
    public static Kind titled(String title) {
      return valueOf(title.toUpperCase(Locale.ROOT));
    }

    /** What its definitions are. */
    public Class<? extends Definition> type() {
      return type;
    }

    /** As ids of runs begin, such as {@code backup}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** As documents write it, such as {@code Backup}. */
    public String title() {
      return name().charAt(0) + word().substring(1);
    }
  }
}
