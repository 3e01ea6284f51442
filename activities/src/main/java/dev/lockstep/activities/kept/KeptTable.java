package dev.lockstep.activities.kept;

import dev.lockstep.activities.backup.Kept;
import dev.lockstep.activities.backup.Reader;
import dev.lockstep.activities.backup.StoredPart;
import dev.lockstep.activities.dump.portable.DroppedDefinition;
import dev.lockstep.activities.postgres.PostgresFaults;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;

/**
 * What a store keeps of one table, opened.
 *
 * @param point as people name it, such as {@code customer-full-name/20261126T020000Z}
 */
record KeptTable(String point, Kept kept, Reader reader, DroppedDefinition definition) {
  /** Definitions have some columns and statements; more than this is something else. */
  private static final int DEFINITION_BYTES = 64 << 20;

  /**
   * Reads the definition.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code BACKUP_DAMAGED} where it is not what was
   *     written
   */
  static KeptTable of(String point, Kept kept, Reader reader) {
    StoredPart part = part(reader, DroppedDefinition.PART);
    try (InputStream content = reader.open(part)) {
      byte[] bytes = content.readNBytes(DEFINITION_BYTES);
      // To its end: only there it is known to be what was written.
      if (content.read() >= 0) {
        throw unknown(reader, "its definition is too long");
      }
      DroppedDefinition definition = Wire.mapper().readValue(bytes, DroppedDefinition.class);
      if (definition.version() != DroppedDefinition.VERSION) {
        throw unknown(reader, "a newer Lockstep wrote it");
      }
      return new KeptTable(point, kept, reader, definition);
    } catch (IOException e) {
      throw PostgresFaults.translate(e, "");
    }
  }

  private static ApplicationFailure unknown(Reader reader, String why) {
    return Faults.failure(
        FaultCode.BACKUP_UNKNOWN,
        "%s/%s: %s".formatted(reader.manifest().backup(), reader.manifest().id(), why),
        "");
  }

  TableName table() {
    return definition.data().table();
  }

  /** Bytes of the rows, before compression. */
  long bytes() {
    return part(reader, DroppedDefinition.ROWS).bytes();
  }

  /** How many there are, by the manifest. */
  long rows() {
    return reader.manifest().facts().rows().values().stream().mapToLong(it -> it).sum();
  }

  /** The rows as COPY takes them; ends only where they are what was written. */
  InputStream open() throws IOException {
    return reader.open(part(reader, DroppedDefinition.ROWS));
  }

  private static StoredPart part(Reader reader, String name) {
    return reader.manifest().objects().stream()
        .filter(part -> part.part().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Faults.failure(
                    FaultCode.BACKUP_DAMAGED,
                    "the manifest %s/%s names no part %s"
                        .formatted(reader.manifest().backup(), reader.manifest().id(), name),
                    ""));
  }
}
