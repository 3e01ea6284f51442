package dev.lockstep.activities.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.zip.CRC32C;

/** What bytes have to sum up to, by the kinds of sums that services keep with an object. */
abstract class Sum {
  /** Adds bytes. */
  abstract void add(byte[] bytes, int offset, int length);

  /** Of what was added, as the services write it. */
  abstract byte[] value();

  /** As the services write it in text. */
  final String text() {
    return Base64.getEncoder().encodeToString(value());
  }

  /** That of Google Cloud Storage: the four bytes of a CRC32C, the highest first. */
  static Sum crc32c() {
    CRC32C checksum = new CRC32C();
    return new Sum() {
      @Override
      void add(byte[] bytes, int offset, int length) {
        checksum.update(bytes, offset, length);
      }

      @Override
      byte[] value() {
        return ByteBuffer.allocate(Integer.BYTES).putInt((int) checksum.getValue()).array();
      }
    };
  }

  /** That of Azure. It guards against accidents, not against people. */
  static Sum md5() {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
    return new Sum() {
      @Override
      void add(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
      }

      @Override
      byte[] value() {
        try {
          return ((MessageDigest) digest.clone()).digest();
        } catch (CloneNotSupportedException e) {
          throw new IllegalStateException("MD5 of the JDK can be copied", e);
        }
      }
    };
  }
}
