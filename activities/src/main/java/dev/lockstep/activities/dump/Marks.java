package dev.lockstep.activities.dump;

import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What Lockstep writes into a database so that one backup can be told from another, and its own
 * loads from what was there. The database is connected to anew by each call.
 */
public interface Marks {
  /** Writes the sentinel row of a backup, making its table where it is not there. */
  void writeSentinel(String backup, String id, String value);

  /** The sentinel's value; empty where there is none. */
  Optional<String> findSentinel(String backup, String id);

  /** Removes sentinel rows of a backup but the newest {@code keep}. */
  void pruneSentinels(String backup, int keep);

  /** At most ten names of what the database holds that is not ours; empty: nothing. */
  List<String> contents();

  /** Marks a database as loaded by a run; the mark is no part of {@link #contents()}. */
  void claim(String run);

  /** Which run loads, or loaded, it. */
  Optional<String> claimedBy();

  /** Drops everything that {@link #contents()} names, and all else that a load makes. */
  void clear();

  /** Removes the mark. */
  void release();

  /** Counts rows of these tables, each {@code schema.table}; one that is not there is left out. */
  SortedMap<String, Long> count(List<String> tables);

  /** The one value that a query gives, as text. */
  Optional<String> ask(String query);
}
