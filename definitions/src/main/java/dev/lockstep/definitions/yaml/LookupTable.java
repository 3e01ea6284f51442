package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.model.Lookup;
import java.util.SortedMap;

/** The fields of a value that stands in another table. */
final class LookupTable {
  private LookupTable() {}

  /** Of a new column. */
  static Shape<Lookup> ofColumn() {
    ObjectShape.Builder<Lookup> of =
        ObjectShape.of("Lookup", "The value in a row of another table; NULL where there is none.");
    Parts parts = new Parts(of);
    Field<Lookup, Boolean> follow =
        of.defaulting(
            "follow",
            new FlagShape()
                .described(
                    "Whether it stays equal to the other row's value until the run ends, whoever"
                        + " changes either; else it is the value of when the own row was written or"
                        + " filled."),
            true,
            Lookup::follow);
    return of.made(in -> parts.made(in, in.the(follow)));
  }

  /** Of a backfill, which looks once. */
  static Shape<Lookup> ofBackfill() {
    ObjectShape.Builder<Lookup> of =
        ObjectShape.of(
            "LookupOnce", "The value in a row of another table; NULL where there is none.");
    Parts parts = new Parts(of);
    return of.made(in -> parts.made(in, false));
  }

  /** The fields that both have. */
  private static final class Parts {
    private final Field<Lookup, String> from;
    private final Field<Lookup, SortedMap<String, String>> match;
    private final Field<Lookup, String> value;

    private Parts(ObjectShape.Builder<Lookup> of) {
      from = of.required("from", Texts.table(), Lookup::from);
      match =
          of.required(
              "match",
              new MapShape<>(
                      TextShape.of("the name of a column of the other table"),
                      "a map of columns, each of the own table with its equal of the other")
                  .described(
                      "Columns of the own table, each with the column of the other table that it"
                          + " equals; these must be a unique key there."),
              Lookup::match);
      value =
          of.required(
              "value", Texts.sql("The value, over a row of the other table."), Lookup::value);
    }

    private Lookup made(Values in, boolean follow) {
      return new Lookup(in.the(from), in.the(match), in.the(value), follow);
    }
  }
}
