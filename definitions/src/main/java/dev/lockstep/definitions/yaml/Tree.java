package dev.lockstep.definitions.yaml;

import java.util.List;

/** A document before its fields are known. Each part knows its line, from 1; 0: it has none. */
sealed interface Tree {
  /** The line where it begins. */
  int line();

  /** What a message calls it. Never the value itself where that may be a secret. */
  String described();

  /** One value. */
  record Leaf(String text, Kind kind, int line) implements Tree {
    @Override
    public String described() {
      return switch (kind) {
        case EMPTY -> "empty";
        case NUMBER -> "the number " + text;
        case FLAG, TEXT -> Secrets.shown(text);
      };
    }
  }

  /** What a value is, by the core schema of YAML 1.2, section 10.3.2. */
  enum Kind {
    /** Anything else, and everything in quotes. */
    TEXT,
    /** An integer or a decimal number. */
    NUMBER,
    /** {@code true} or {@code false}. */
    FLAG,
    /** Nothing, {@code ~} or {@code null}. */
    EMPTY
  }

  /** A list. */
  record Items(List<Tree> items, int line) implements Tree {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String described() {
      return "a list";
    }
  }

  /** A map, its fields in the order of the text, each name once. */
  record Entries(List<Entry> entries, int line) implements Tree {
    public Entries {
      entries = List.copyOf(entries);
    }

    @Override
    public String described() {
      return "a map";
    }
  }

  /** A field of a map. */
  record Entry(String key, Tree value, int line) {}
}
