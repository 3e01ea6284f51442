package dev.lockstep.definitions.plan;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a value stands that comes from a row of another table.
 *
 * @param table whose column gets the value
 * @param from the other table
 * @param match column of {@code table} to the column of {@code from} that it equals; those of
 *     {@code from} are a unique key
 * @param columns of {@code from} that the value uses, sorted
 * @param followed whether the column is equal to the other row's value at every moment: a foreign
 *     key over {@code match} sees that the other row is there first, and goes last
 */
public record LookedUp(
    TableName table,
    TableName from,
    SortedMap<String, String> match,
    List<String> columns,
    boolean followed) {
  public LookedUp {
    match = Collections.unmodifiableSortedMap(new TreeMap<>(match));
    columns = List.copyOf(columns);
  }
}
