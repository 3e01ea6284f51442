package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.place.Place;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A place, and how programs in it reach one database.
 *
 * @param folder of the programs; absent: the usual ones
 */
public record Site(Place place, SortedMap<String, String> environment, Optional<String> folder)
    implements AutoCloseable {
  Programs programs(Programs.Needed needed) {
    return programs(List.of("pg_dump"), needed);
  }

  /** The oldest that fit, of those in whose folder are all of these names. */
  public Programs programs(List<String> names, Programs.Needed needed) {
    return Programs.find(this, names, needed);
  }

  @Override
  public void close() {
    place.close();
  }
}
