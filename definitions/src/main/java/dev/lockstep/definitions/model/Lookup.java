package dev.lockstep.definitions.model;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A value that stands in another table.
 *
 * @param from the other table
 * @param match each column of the own table with the column of {@code from} that it equals;
 *     together those of {@code from} name at most one row
 * @param value SQL over that row
 * @param follow whether the value stays equal to that of the row until the run ends; else it is
 *     what stood there when the own row was written or filled
 */
public record Lookup(String from, SortedMap<String, String> match, String value, boolean follow) {
  public Lookup {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
  }
}
