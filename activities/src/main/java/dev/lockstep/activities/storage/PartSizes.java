package dev.lockstep.activities.storage;

/**
 * How large the parts of an upload are whose length nobody knows yet. They begin small, because one
 * is held in memory, and double every 1,000 parts, because there may be 10,000 at most.
 *
 * <pre>
 * parts  1- 1000    8 MiB     8 GiB in all
 *     1001- 2000   16 MiB    23 GiB
 *     2001- 3000   32 MiB    55 GiB
 *     3001- 4000   64 MiB   117 GiB
 *     4001- 5000  128 MiB   242 GiB
 *     5001- 6000  256 MiB   492 GiB
 *     6001- 7000  512 MiB   992 GiB
 *     7001-      1536 MiB  5492 GiB with part 10,000
 * </pre>
 *
 * The limits are those of S3 (10,000 parts of 5 MiB to 5 GiB, 5 TiB = 5,120 GiB an object: <a
 * href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html">limits</a>) and of Azure
 * (50,000 blocks of at most 4,000 MiB: <a
 * href="https://learn.microsoft.com/en-us/rest/api/storageservices/understanding-block-blobs--append-blobs--and-page-blobs">block
 * blobs</a>), for which this reaches 63 TiB.
 */
final class PartSizes {
  /** The first ones. */
  static final int FIRST = 8 << 20;

  private static final int EACH = 1000;
  private static final int LAST_DOUBLED = 7;
  private static final int LAST = 1536 << 20;

  private PartSizes() {}

  /**
   * Bytes of one part.
   *
   * @param number from 1
   */
  static int of(int number) {
    int stage = (number - 1) / EACH;
    return stage < LAST_DOUBLED ? FIRST << stage : LAST;
  }
}
