package dev.lockstep.deploy.cluster;

import java.util.function.LongFunction;

/**
 * A table of the lab's shop, as its web application serves it.
 *
 * @param path of its rows, such as {@code /customers}
 * @param initial what the row of an id was loaded with
 * @param made a value that no other number gives, for writes and inserts
 */
record ShopTable(String path, LongFunction<String> initial, LongFunction<String> made) {
  /** Names of two words: version 1 keeps them in two columns, later ones in one. */
  static final ShopTable CUSTOMERS =
      new ShopTable(
          "/customers",
          id -> "First" + id + " Last" + id,
          number -> "F" + Long.toHexString(number) + " L" + Long.toHexString(~number));

  /** Nicks: version 1 calls the column {@code nick}, later ones {@code handle}. */
  static final ShopTable ACCOUNTS =
      new ShopTable(
          "/accounts", id -> "nick" + id, number -> "n" + Long.toUnsignedString(number, 36));
}
