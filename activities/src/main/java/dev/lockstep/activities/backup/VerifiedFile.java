package dev.lockstep.activities.backup;

import dev.lockstep.activities.storage.ObjectStore;
import dev.lockstep.activities.storage.ObjectStore.Existing;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.FaultKind;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list of verifications beside a manifest. Where two write at once, one entry is lost; where it
 * cannot be read, the backup counts as not verified.
 */
record VerifiedFile(ObjectStore store, Layout layout) {
  private static final Logger LOG = LoggerFactory.getLogger(VerifiedFile.class);

  /** What is stored, the oldest first. */
  record Content(int version, List<Verified> verified) {
    Content {
      verified = List.copyOf(verified);
    }
  }

  List<Verified> read() {
    try {
      return Documents.read(store, layout.verified(), Content.class).verified();
    } catch (ApplicationFailure e) {
      if (!Damage.is(e, FaultCode.OBJECT_MISSING)) {
        if (FaultCode.valueOf(e.getType()).kind() == FaultKind.UNREACHABLE) {
          throw e;
        }
        LOG.warn("{} counts as not verified: {}", layout, Damage.sentence(e));
      }
      return List.of();
    }
  }

  void add(Verified verified) {
    List<Verified> all = Stream.concat(read().stream(), Stream.of(verified)).toList();
    store.put(
        layout.verified(), Documents.write(new Content(Manifest.VERSION, all)), Existing.REPLACED);
  }
}
