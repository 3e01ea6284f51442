package dev.lockstep.activities.backup;

/**
 * One part of a dump, and the object that holds it.
 *
 * @param part its name in the dump
 * @param key of the object in the store
 * @param bytes as the engine gave them
 * @param storedBytes after compression and encryption: the size of the object
 * @param storedSha256 of the object, in 64 hexadecimal digits
 * @param sha256 of what the engine gave
 * @param compressed whether the engine gave it compressed
 */
public record StoredPart(
    String part,
    String key,
    long bytes,
    long storedBytes,
    String storedSha256,
    String sha256,
    boolean compressed) {}
