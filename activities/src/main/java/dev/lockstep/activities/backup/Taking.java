package dev.lockstep.activities.backup;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.dump.DumpSession.Part;
import dev.lockstep.activities.progress.KeepAlive;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.storage.StoredObject;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.wire.Wire;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Takes a backup.
 *
 * <ol>
 *   <li>What an attempt left that died is removed.
 *   <li>The data key is stored, wrapped.
 *   <li>Each part of the dump becomes an object, a few at a time.
 *   <li>The dump is over, and every object is seen to be in the store.
 *   <li>The manifest is written. Before that nothing is a backup.
 * </ol>
 *
 * <p>No object is ever replaced: of two that take the same backup, each finds the other's objects
 * in its way or its own ones missing, and writes no manifest.
 */
final class Taking {
  private static final int PARTS_AT_ONCE = 2;
  private static final int MOST_THREADS = 4;

  private final Vault vault;
  private final BackupReference copy;
  private final Layout layout;
  private final Throttle throttle;
  private final Meter meter;
  private final AtomicLong copyNanos = new AtomicLong();

  /**
   * Makes nothing yet.
   *
   * @param layout where it goes
   */
  Taking(Vault vault, Layout layout, StepScope scope, BackupReference copy) {
    this.vault = vault;
    this.copy = copy;
    this.layout = layout;
    this.throttle = new Throttle(copy.backup().maxRate());
    this.meter = new Meter(scope.step(), () -> throttle.reason().stream().toList());
  }

  Manifest take(Origin origin, Reporter reporter) {
    return KeepAlive.interrupting(
        () -> reporter.progress(meter.look()), () -> taken(origin, reporter));
  }

  /** From the start of the first part to the end of the last one; 0 where nothing was taken. */
  Duration copyTime() {
    return Duration.ofNanos(copyNanos.get());
  }

  private Manifest taken(Origin origin, Reporter reporter) {
    Instant started = vault.clock().instant();
    new Removal(vault.store()).removeAll(layout);
    Optional<String> sentinel = origin.sentinel().get();
    Optional<DataKey> key = vault.keys().map(keys -> keys.create(layout));
    Copied copied = copy(origin, reporter, key);
    compare(copied.objects(), key);
    Manifest manifest =
        new Manifest(
            Manifest.VERSION,
            layout.backup(),
            layout.id(),
            Wire.hash(copy.backup()),
            copied.facts(),
            sentinel,
            copy.backup().tables(),
            key.map(by -> new Manifest.Encryption(DataKey.ALGORITHM, by.id())),
            copied.objects(),
            started,
            vault.clock().instant(),
            Optional.empty(),
            origin.kept());
    return new ManifestFile(vault.store(), layout).write(manifest, key);
  }

  private record Copied(DumpFacts facts, List<StoredPart> objects) {}

  private Copied copy(Origin origin, Reporter reporter, Optional<DataKey> key) {
    DumpSession session = origin.dump().apply(reporter);
    AtomicBoolean closed = new AtomicBoolean();
    Runnable close =
        () -> {
          if (closed.compareAndSet(false, true)) {
            session.close();
          }
        };
    try {
      meter.expect(session.facts().bytes());
      List<Part> parts = session.parts();
      int width = Math.max(1, Math.min(PARTS_AT_ONCE, parts.size()));
      PartCopy copies =
          new PartCopy(
              vault.store(), layout, key, new PartCopy.Flow(throttle, meter, threads(width)));
      List<Supplier<StoredPart>> work =
          parts.stream().map(part -> (Supplier<StoredPart>) () -> copies.copy(part)).toList();
      long began = System.nanoTime();
      List<StoredPart> objects = new Crew(width, close).all(work);
      copyNanos.set(System.nanoTime() - began);
      return new Copied(session.end(), objects);
    } finally {
      close.run();
    }
  }

  private static int threads(int width) {
    int each = Runtime.getRuntime().availableProcessors() / width;
    return Math.max(1, Math.min(MOST_THREADS, each));
  }

  private void compare(List<StoredPart> objects, Optional<DataKey> key) {
    Map<String, Long> there =
        vault.store().list(layout.prefix()).stream()
            .collect(Collectors.toMap(StoredObject::key, StoredObject::bytes));
    boolean same =
        objects.stream()
                .allMatch(part -> Long.valueOf(part.storedBytes()).equals(there.get(part.key())))
            && (key.isEmpty()
                || vault.keys().orElseThrow().open(layout).id().equals(key.get().id()));
    if (!same) {
      throw Damage.failure(
          FaultCode.OBJECT_MISSING,
          "what was written for %s is not in %s any more: somebody else writes or removes there."
              .formatted(layout, vault.store().describe()));
    }
  }
}
