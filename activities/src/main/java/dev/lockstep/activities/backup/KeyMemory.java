package dev.lockstep.activities.backup;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The data keys that were wrapped or unwrapped lately, so that a service is asked once for each and
 * not for each look at its backup. It lives as long as the command or step that opened the store.
 */
final class KeyMemory {
  private static final int MOST = 512;

  private final Map<Entry, byte[]> keys =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Entry, byte[]> eldest) {
          return size() > MOST;
        }
      };

  /** What was unwrapped, and for which backup. */
  private record Entry(WrappedKey wrapped, Layout backup) {}

  synchronized Optional<byte[]> find(WrappedKey wrapped, Layout backup) {
    return Optional.ofNullable(keys.get(new Entry(wrapped, backup)));
  }

  synchronized void keep(WrappedKey wrapped, Layout backup, byte[] key) {
    keys.put(new Entry(wrapped, backup), key);
  }
}
