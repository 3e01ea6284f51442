package dev.lockstep.activities.backup;

import dev.lockstep.activities.backup.Verified.How;
import dev.lockstep.activities.dump.DumpEngine;
import dev.lockstep.activities.dump.DumpEngines;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.Link;
import dev.lockstep.activities.dump.Marks;
import dev.lockstep.activities.progress.KeepAlive;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.activities.progress.TemporalReporter;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.plan.BackupReference;
import dev.lockstep.definitions.plan.BackupStep;
import dev.lockstep.workflows.contract.BackupActivities;
import dev.lockstep.workflows.contract.Conclusion;
import dev.lockstep.workflows.contract.Progress;
import dev.lockstep.workflows.contract.StepOutcome;
import dev.lockstep.workflows.contract.StepScope;
import dev.lockstep.workflows.fault.FaultCode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Backups of any engine in any store. */
public final class StoreBackupActivities implements BackupActivities {
  private static final int SENTINEL_BYTES = 16;

  private final Vaults vaults;
  private final DumpEngines engines;
  private final Conclusions conclusions;
  private final Supplier<Reporter> reporters;
  private final SecureRandom random = new SecureRandom();

  /** Reports to the run that calls. */
  public StoreBackupActivities(Vaults vaults, DumpEngines engines, Conclusions conclusions) {
    this(vaults, engines, conclusions, TemporalReporter::current);
  }

  /** Reports elsewhere. */
  public StoreBackupActivities(
      Vaults vaults, DumpEngines engines, Conclusions conclusions, Supplier<Reporter> reporters) {
    this.vaults = vaults;
    this.engines = engines;
    this.conclusions = conclusions;
    this.reporters = reporters;
  }

  @Override
  public StepOutcome preflight(StepScope scope, BackupStep.Preflight step) {
    return in(
        step.copy(),
        (vault, reporter) -> {
          Readiness readiness = new Readiness(vault, Layout.of(step.copy()));
          readiness.check();
          DumpEngine engine = engine(scope, step.copy());
          Backup backup = step.copy().backup();
          long bytes = engine.inspect(scope.database(), backup).bytes();
          long swept = readiness.sweep();
          SortedMap<String, Long> figures =
              new TreeMap<>(Map.of("estimatedBytes", bytes, "swept", swept));
          engine.held(scope.database(), backup).ifPresent(held -> figures.put("heldBytes", held));
          return new StepOutcome(false, figures);
        });
  }

  @Override
  public StepOutcome mark(StepScope scope, BackupStep.Mark step) {
    return alive(reporters.get(), () -> marked(scope, step.copy()));
  }

  @Override
  public StepOutcome take(StepScope scope, BackupStep.Take step) {
    long began = System.nanoTime();
    BackupReference copy = step.copy();
    Reporter reporter = reporters.get();
    try (Vault vault = vaults.open(copy.store())) {
      Optional<Manifest> there = alive(reporter, () -> find(vault, Layout.of(copy)));
      Taking taking = new Taking(vault, Layout.of(copy), scope, copy);
      Manifest manifest =
          there.orElseGet(
              () ->
                  taking.take(
                      Origin.of(
                          engine(scope, copy),
                          scope.database(),
                          copy,
                          () -> chain(vault, copy.backup())),
                      reporter));
      SortedMap<String, Long> figures = figures(manifest, began);
      figures.put("copyMillis", taking.copyTime().toMillis());
      figures.put("storedBytes", manifest.storedBytes());
      return new StepOutcome(there.isPresent(), figures);
    }
  }

  @Override
  public StepOutcome discard(StepScope scope, BackupStep.Discard step) {
    return in(
        step.copy(),
        (vault, reporter) -> {
          new Removal(vault.store()).removeAll(Layout.of(step.copy()));
          Backup backup = step.copy().backup();
          engine(scope, step.copy())
              .discarded(() -> chain(vault, backup), scope.database(), backup);
          return StepOutcome.done();
        });
  }

  @Override
  public StepOutcome readBack(StepScope scope, BackupStep.ReadBack step) {
    long began = System.nanoTime();
    return in(
        step.copy(),
        (vault, reporter) -> {
          Layout layout = Layout.of(step.copy());
          Reader reader = vault.read(layout.backup(), layout.id());
          List<Reader> all =
              step.marks() ? List.of(reader) : vault.readWhole(layout.backup(), layout.id());
          new Verification(all, scope.step()).run(reporter);
          if (step.marks()) {
            Verified verified =
                new Verified(vault.clock().instant(), How.READ_BACK, scope.run().id());
            vault.markVerified(layout.backup(), layout.id(), verified);
          }
          return new StepOutcome(false, figures(reader.manifest(), began));
        });
  }

  @Override
  public StepOutcome prune(StepScope scope, BackupStep.Prune step) {
    return in(
        step.copy(),
        (vault, reporter) -> {
          String backup = step.copy().backup().name();
          if (isLog(vault, Layout.of(step.copy()))) {
            // Chains go as a whole, so that a base is time enough to look at thousands of logs.
            return outcome(Map.of("pruned", 0L));
          }
          Pruning.Result result = vault.pruning(backup).prune(step.copy().backup().retention());
          engine(scope, step.copy())
              .marks(scope.database())
              .pruneSentinels(backup, Math.max(1, result.kept()));
          List<String> locked = new ArrayList<>(result.locked());
          vault.kept().prune(backup, locked);
          if (!locked.isEmpty()) {
            reporter.last(
                new Progress(scope.step(), result.pruned(), 0, 0, Optional.empty(), locked));
          }
          return outcome(Map.of("kept", (long) result.kept(), "pruned", (long) result.pruned()));
        });
  }

  @Override
  public void conclude(Conclusion conclusion) {
    conclusions.conclude(conclusion);
  }

  private StepOutcome marked(StepScope scope, BackupReference copy) {
    Marks marks = engine(scope, copy).marks(scope.database());
    String backup = copy.backup().name();
    if (marks.findSentinel(backup, copy.id()).isEmpty()) {
      byte[] value = new byte[SENTINEL_BYTES];
      random.nextBytes(value);
      marks.writeSentinel(backup, copy.id(), HexFormat.of().formatHex(value));
      if (marks.findSentinel(backup, copy.id()).isEmpty()) {
        throw Damage.failure(
            FaultCode.ANSWER_UNEXPECTED,
            "the sentinel row of %s was written to database %s and is not there."
                .formatted(copy, scope.database().name()));
      }
    }
    return StepOutcome.done();
  }

  /** No key is needed to know: a service that has it need not be asked for each log. */
  private static boolean isLog(Vault vault, Layout layout) {
    return vault
        .store()
        .find(layout.manifest())
        .map(object -> new ManifestFile(vault.store(), layout).read())
        .flatMap(manifest -> manifest.facts().link())
        .filter(link -> link.kind() == Link.Kind.LOG)
        .isPresent();
  }

  private static Optional<Manifest> find(Vault vault, Layout layout) {
    return vault
        .store()
        .find(layout.manifest())
        .map(object -> vault.read(layout.backup(), layout.id()).manifest());
  }

  private static List<DumpFacts> chain(Vault vault, Backup backup) {
    return vault.catalogue(backup.name()).newestChain().stream()
        .map(listed -> listed.manifest().facts())
        .toList();
  }

  private DumpEngine engine(StepScope scope, BackupReference copy) {
    return engines.of(scope.database(), copy.backup());
  }

  private StepOutcome in(BackupReference copy, BiFunction<Vault, Reporter, StepOutcome> work) {
    Reporter reporter = reporters.get();
    return alive(
        reporter,
        () -> {
          try (Vault vault = vaults.open(copy.store())) {
            return work.apply(vault, reporter);
          }
        });
  }

  private static <T> T alive(Reporter reporter, Supplier<T> work) {
    return KeepAlive.interrupting(reporter::alive, work::get);
  }

  private static SortedMap<String, Long> figures(Manifest manifest, long began) {
    SortedMap<String, Long> figures = new TreeMap<>();
    figures.put("bytes", manifest.bytes());
    figures.put("objects", (long) manifest.objects().size());
    figures.put("durationMillis", Duration.ofNanos(System.nanoTime() - began).toMillis());
    return figures;
  }

  private static StepOutcome outcome(Map<String, Long> figures) {
    return new StepOutcome(false, new TreeMap<>(figures));
  }
}
