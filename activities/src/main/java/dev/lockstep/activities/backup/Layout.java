package dev.lockstep.activities.backup;

import dev.lockstep.definitions.plan.BackupReference;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where the objects of one backup lie, as keys of its store. */
record Layout(String backup, String id) {
  private static final String MANIFEST = "manifest.json";
  private static final String PLAIN =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";

  /**
   * What the key of everything begins with that migrations dropped. No definition has such a name,
   * so that no backup's retention or listing meets it.
   */
  static final String KEPT = "_kept/";

  /** Of what a migration dropped. */
  static Layout kept(String migration, String id) {
    return new Layout(KEPT + migration, id);
  }

  static Layout of(BackupReference copy) {
    return new Layout(copy.backup().name(), copy.id());
  }

  /** What the key of every object of every backup of that name begins with. */
  static String all(String backup) {
    return backup + "/";
  }

  String prefix() {
    return backup + "/" + id + "/";
  }

  String manifest() {
    return prefix() + MANIFEST;
  }

  String key() {
    return prefix() + "key.json";
  }

  String verified() {
    return prefix() + "verified.json";
  }

  String data() {
    return prefix() + "data/";
  }

  String probe(String word) {
    return prefix() + "probe/" + word;
  }

  String plain(String part) {
    return data() + escaped(part) + ".zst";
  }

  String encrypted(String part) {
    return plain(part) + ".enc";
  }

  /**
   * Letters, digits, underscores, hyphens and single inner dots stay; every other byte of UTF-8
   * becomes {@code %XX}, so that two names never share a key and none leaves its folder.
   */
  private static String escaped(String part) {
    StringBuilder key = new StringBuilder();
    for (byte next : part.getBytes(StandardCharsets.UTF_8)) {
      char letter = (char) (next & 0xff);
      boolean dot = letter == '.' && key.length() > 0 && key.charAt(key.length() - 1) != '.';
      if (dot || isPlain(letter)) {
        key.append(letter);
      } else {
        key.append(String.format(Locale.ROOT, "%%%02X", (int) letter));
      }
    }
    if (key.length() > 0 && key.charAt(key.length() - 1) == '.') {
      key.replace(key.length() - 1, key.length(), "%2E");
    }
    return key.toString();
  }

  private static boolean isPlain(char letter) {
    return PLAIN.indexOf(letter) >= 0;
  }

  @Override
  public String toString() {
    return backup + "/" + id;
  }
}
