package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Candidate.Trust;
import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of verifications beside a manifest, sealed as the manifest is and bound to its bytes:
 * who can write to the store but has no key cannot let a backup count as verified. Where two write
 * at once, one entry is lost; where it is not ours, the backup counts as not verified.
 *
 * @param key opens the data key of the backup
 */
record VerifiedFile(
    ObjectStore store, Layout layout, Manifest manifest, Supplier<Optional<DataKey>> key) {
  private static final Logger LOG = LoggerFactory.getLogger(VerifiedFile.class);

  /**
   * What is stored.
   *
   * @param manifest SHA-256 of the bytes of the manifest that was verified, hexadecimal; absent in
   *     what no seal protects
   * @param verified the oldest first
   * @param seal a {@link Seal} of the rest
   */
  record Content(
      int version, Optional<String> manifest, List<Verified> verified, Optional<String> seal) {
    Content {
      verified = List.copyOf(verified);
    }

    Content sealed(Optional<String> newSeal) {
      return new Content(version, manifest, verified, newSeal);
    }
  }

  /** Reads it; only a store that cannot be reached, or refuses, is a failure. */
  Standing read() {
    try {
      return judged(Documents.read(store, layout.verified(), Content.class));
    } catch (ApplicationFailure e) {
      return judged(e);
    }
  }

  /** Adds one; what did not count before is given up. */
  void add(Verified verified) {
    List<Verified> all = Stream.concat(read().verified().stream(), Stream.of(verified)).toList();
    Content content =
        new Content(Manifest.VERSION, Optional.of(manifestDigest()), all, Optional.empty());
    String seal = Seal.of(content, layout.verified(), key.get());
    store.put(
        layout.verified(), Documents.write(content.sealed(Optional.of(seal))), Existing.REPLACED);
  }

  private Standing judged(Content content) {
    if (content.seal().isEmpty()) {
      return doubted(
          layout.verified()
              + " has no seal, so that anybody could have written it: verify the backup again");
    }
    String seal = content.seal().get();
    if (!Seal.fits(seal, content.sealed(Optional.empty()), layout.verified(), key.get())) {
      return doubted(
          layout.verified() + " has a seal that does not fit, somebody changed or forged it");
    }
    if (!content.manifest().equals(Optional.of(manifestDigest()))) {
      return doubted(layout.verified() + " is about another manifest than the one that is there");
    }
    return Standing.of(content.verified());
  }

  private Standing judged(ApplicationFailure failure) {
    FaultCode code = FaultCode.valueOf(failure.getType());
    if (code == FaultCode.OBJECT_MISSING) {
      return Standing.NONE;
    }
    if (code == FaultCode.KEY_WRONG || code == FaultCode.CREDENTIALS_MISSING) {
      return Standing.doubted(
          Trust.UNKNOWN, "whether it was verified cannot be checked: " + Damage.sentence(failure));
    }
    if (code == FaultCode.BACKUP_DAMAGED || code == FaultCode.BACKUP_UNKNOWN) {
      return doubted(Damage.sentence(failure));
    }
    throw failure;
  }

  private String manifestDigest() {
    return Digests.hex(Digests.sha256().digest(Documents.write(manifest)));
  }

  private Standing doubted(String why) {
    LOG.warn("{} counts as not verified: {}", layout, why);
    return Standing.doubted(Trust.UNVERIFIED, why);
  }
}
