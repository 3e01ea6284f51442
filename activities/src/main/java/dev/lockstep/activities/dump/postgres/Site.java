package dev.lockstep.activities.dump.postgres;

import dev.lockstep.activities.dump.place.Place;
import java.util.Optional;
import java.util.SortedMap;

/**
 * A place, and how programs in it reach one database.
 *
 * @param folder of the programs; absent: the usual ones
 */
record Site(Place place, SortedMap<String, String> environment, Optional<String> folder)
    implements AutoCloseable {
  Programs programs(Programs.Needed needed) {
    return Programs.find(place, environment, folder, needed);
  }

  @Override
  public void close() {
    place.close();
  }
}
