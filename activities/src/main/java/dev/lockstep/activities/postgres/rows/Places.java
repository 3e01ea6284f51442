package dev.lockstep.activities.postgres.rows;

/** Physical places of rows as keys. Line pointers begin at 1: line 0 is just before a page. */
final class Places {
  /** The most line pointers of a page of 8 KiB. */
  static final long MOST_ROWS_A_PAGE = 291;

  private Places() {}

  /** The key just before the first row of a page. */
  static Key before(long page) {
    return Key.of("(" + page + ",0)");
  }

  /** The page of a place. */
  static long page(Key place) {
    String text = place.values().get(0);
    return Long.parseLong(text.substring(1, text.indexOf(',')));
  }
}
