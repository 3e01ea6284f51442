package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Verified.How;
import dev.lockstep.activities.dump.DumpSession;
import dev.lockstep.activities.progress.KeepAlive;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.definitions.plan.DroppedData;
import dev.lockstep.workflows.contract.KeptActivities;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Keeps what migrations drop, by the pipeline of backups, and never where a backup is. */
public final class StoreKeptActivities implements KeptActivities {
  private final Vaults vaults;
  private final Source source;
  private final Supplier<Reporter> reporters;

  /** Begins to read what is about to be dropped. */
  @FunctionalInterface
  public interface Source {
    /** All of it as one snapshot has it. */
    DumpSession dump(Database database, DroppedData data);
  }

  /** Reports to the run that calls. */
  public StoreKeptActivities(Vaults vaults, Source source) {
    this(vaults, source, TemporalReporter::current);
  }

  /** Reports elsewhere. */
  public StoreKeptActivities(Vaults vaults, Source source, Supplier<Reporter> reporters) {
    this.vaults = vaults;
    this.source = source;
    this.reporters = reporters;
  }

  @Override
  public StepOutcome keepDropped(StepScope scope, BackupStep.KeepDropped step) {
    Reporter reporter = reporters.get();
    try (Vault vault = vaults.open(step.copy().store())) {
      return keep(vault, reporter, scope, step);
    }
  }

  @Override
  public StepOutcome discardKept(StepScope scope, BackupStep.DiscardKept step) {
    Layout layout = Layout.kept(step.migration(), step.copy().id());
    try (Vault vault = vaults.open(step.copy().store())) {
      Reporter reporter = reporters.get();
      return KeepAlive.interrupting(reporter::alive, () -> discard(vault, layout, scope));
    }
  }

  private static StepOutcome discard(Vault vault, Layout layout, StepScope scope) {
    String run = scope.run().id();
    boolean others =
        vault.store().find(layout.manifest()).isPresent()
            && new ManifestFile(vault.store(), layout)
                .read()
                .kept()
                .filter(kept -> kept.run().equals(run))
                .filter(kept -> kept.database().equals(scope.database().name()))
                .isEmpty();
    if (!others) {
      new Removal(vault.store()).removeAll(layout);
    }
    return StepOutcome.done();
  }

  private StepOutcome keep(
      Vault vault, Reporter reporter, StepScope scope, BackupStep.KeepDropped step) {
    long began = System.nanoTime();
    Layout layout = Layout.kept(step.data().migration(), step.copy().id());
    Kept kept = kept(vault, scope, step);
    Optional<Manifest> there =
        KeepAlive.interrupting(reporter::alive, () -> find(vault, layout, kept));
    Manifest manifest =
        there.orElseGet(
            () ->
                new Taking(vault, layout, scope, step.copy())
                    .take(
                        Origin.of(to -> source.dump(scope.database(), step.data()), kept),
                        reporter));
    boolean verified =
        there.isPresent() && !vault.marks(layout, manifest).read().verified().isEmpty();
    if (!verified) {
      Reader reader = vault.read(layout.backup(), layout.id());
      new Verification(reader, scope.step()).run(reporter);
      vault.markVerified(
          layout.backup(),
          layout.id(),
          new Verified(vault.clock().instant(), How.READ_BACK, scope.run().id()));
    }
    return new StepOutcome(verified, figures(manifest, began));
  }

  private static Kept kept(Vault vault, StepScope scope, BackupStep.KeepDropped step) {
    return new Kept(
        scope.run().id(),
        step.copy().backup().name(),
        scope.database().name(),
        step.data().table().toString(),
        step.data().columns().stream().map(DroppedData.Column::name).toList(),
        vault.clock().instant().plus(step.age()));
  }

  /** What an earlier attempt wrote. What another run wrote must never be taken for it. */
  private static Optional<Manifest> find(Vault vault, Layout layout, Kept kept) {
    if (vault.store().find(layout.manifest()).isEmpty()) {
      return Optional.empty();
    }
    Manifest manifest = vault.read(layout.backup(), layout.id()).manifest();
    if (manifest.kept().filter(kept::isOf).isEmpty()) {
      throw Damage.failure(
          FaultCode.OBJECT_EXISTS,
          "%s is in %s already and holds something else than %s of run %s: nothing is dropped."
              .formatted(layout.manifest(), vault.store().describe(), kept.what(), kept.run()));
    }
    return Optional.of(manifest);
  }

  private static SortedMap<String, Long> figures(Manifest manifest, long began) {
    SortedMap<String, Long> figures = new TreeMap<>();
    figures.put("rows", manifest.facts().rows().values().stream().mapToLong(it -> it).sum());
    figures.put("bytes", manifest.bytes());
    figures.put("storedBytes", manifest.storedBytes());
    figures.put("durationMillis", Duration.ofNanos(System.nanoTime() - began).toMillis());
    return figures;
  }
}
