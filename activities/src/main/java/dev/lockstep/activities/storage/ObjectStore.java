package dev.lockstep.activities.storage;

import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Objects under keys, such as {@code shop-nightly/20261126T020000Z/data.dump}. Keys are relative to
 * the prefix of the store and use {@code /}; they are never empty, begin with no slash and hold no
 * {@code ..}. An object is there wholly or not at all, and never changes while it is read.
 *
 * <p>Every method throws {@link io.temporal.failure.ApplicationFailure}: {@code SERVER_UNREACHABLE}
 * where no answer comes or the service is in trouble, {@code CREDENTIALS_REFUSED}, {@code
 * PRIVILEGE_MISSING}, {@code RESOURCE_EXHAUSTED} where no space is left, {@code STORE_REFUSED}
 * otherwise. Messages name the store and the key, never a secret. Safe for use by several threads.
 */
public interface ObjectStore extends AutoCloseable {
  /**
   * Begins an object of unknown length. Nothing is to be seen of it before {@link
   * Upload#complete()}.
   */
  Upload begin(String key, Existing existing);

  /**
   * Writes a small object at once.
   *
   * @throws io.temporal.failure.ApplicationFailure also {@code OBJECT_EXISTS} for {@link
   *     Existing#REFUSED}
   */
  void put(String key, byte[] bytes, Existing existing);

  /**
   * Opens an object. The stream checks what the service tells about its bytes, as far as it does;
   * {@code read} throws {@link java.io.IOException} where it is cut. Closing early is cheap.
   *
   * @throws io.temporal.failure.ApplicationFailure also {@code OBJECT_MISSING}
   */
  InputStream open(String key);

  /** Looks for one object. */
  Optional<StoredObject> find(String key);

  /** Every object whose key begins with {@code prefix}, in the order of the keys. */
  List<StoredObject> list(String prefix);

  /**
   * Removes an object; nothing happens where it is not there.
   *
   * @throws io.temporal.failure.ApplicationFailure also {@code STORE_REFUSED}, naming the lock,
   *     where the object is locked
   */
  void delete(String key);

  /**
   * Removes what uploads under {@code prefix} left that were neither completed nor closed, for
   * example by a worker that was killed.
   *
   * @param olderThan only those that began longer ago
   * @return how many there were
   */
  int sweep(String prefix, Duration olderThan);

  /** For people: kind and place, such as {@code s3 bucket backups at http://127.0.0.1:9000}. */
  String describe();

  @Override
  void close();

  /** What happens where an object of that key is there. */
  enum Existing {
    /** It is replaced. */
    REPLACED,
    /** {@code OBJECT_EXISTS}, also where two writers race: one of them wins. */
    REFUSED
  }
}
