package dev.lockstep.activities.kept;

import java.util.List;

/**
 * What was brought back of one table.
 *
 * @param what such as {@code first_name of customers}
 * @param into the table that has it now
 * @param kept rows that the store has
 * @param matched of these, rows that the table has today; of a whole or a side table, all
 * @param gone of these, rows that the table has no more
 * @param fresh rows of the table that the store knows nothing of
 * @param notes what is not as it was, for people
 */
public record BroughtBack(
    String what, String into, long kept, long matched, long gone, long fresh, List<String> notes) {
  public BroughtBack {
    notes = List.copyOf(notes);
  }
}
