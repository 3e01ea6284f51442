package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Drill;
import dev.lockstep.definitions.model.DrillPlace;
import dev.lockstep.definitions.plan.BackupStep.Target;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * From a drill's definition to a plan. It destroys nothing that it did not make: also its last
 * step, which removes that, can be followed by the undo of all.
 */
public final class DrillPlanner {
  private static final String PREFIX = "lockstep-drill-";

  /** A label of DNS has no more letters. */
  private static final int LONGEST = 63;

  private DrillPlanner() {}

  /**
   * The plan.
   *
   * @param copy what is restored
   */
  public static Plan plan(Drill drill, BackupReference copy) {
    CopySteps steps = new CopySteps();
    steps.readBack(Phase.PREPARE, copy, false);
    String database = drill.into().accept(new Steps(steps, drill, copy));
    return steps.plan(drill.name(), database);
  }

  /**
   * The database that is restored into: the one that is there; or one like the source, behind the
   * Service of the throw-away instance or in a folder, of the drill's name.
   *
   * @param copy the same as for the plan
   * @param source the database that was backed up
   * @param known finds databases by their names
   * @return empty where it is not known, or where the source is given by a URL
   */
  public static Optional<Database> target(
      Drill drill,
      BackupReference copy,
      Database source,
      Function<String, Optional<Database>> known) {
    return drill
        .into()
        .accept(
            new DrillPlace.Visitor<>() {
              @Override
              public Optional<Database> scratch(DrillPlace.Scratch place) {
                return Derived.of(source, instance(drill, place, copy)).named(drill.name());
              }

              @Override
              public Optional<Database> existing(DrillPlace.Existing place) {
                return known.apply(place.database());
              }

              @Override
              public Optional<Database> directory(DrillPlace.Directory place) {
                return Optional.of(InFolder.of(source, place.path(), drill.name()));
              }
            });
  }

  private static Instance instance(Drill drill, DrillPlace.Scratch place, BackupReference copy) {
    return new Instance(
        namespace(drill.name(), copy.id().toLowerCase(Locale.ROOT)),
        place.like(),
        place.like(),
        place.namespace(),
        Optional.of(place.ttl()));
  }

  /** Names that are too long are cut, and told apart by a hash. */
  private static String namespace(String drill, String id) {
    String wanted = PREFIX + drill + "-" + id;
    if (wanted.length() <= LONGEST) {
      return wanted;
    }
    String end = "-%08x-%s".formatted(drill.hashCode(), id);
    return PREFIX + drill.substring(0, LONGEST - PREFIX.length() - end.length()) + end;
  }

  /** The steps from the place on. Answers the name of the database. */
  private record Steps(CopySteps steps, Drill drill, BackupReference copy)
      implements DrillPlace.Visitor<String> {
    @Override
    public String scratch(DrillPlace.Scratch place) {
      Instance instance = instance(drill, place, copy);
      steps.instance("scratch", instance);
      load(instance.toString(), Undo.nothing("what was loaded goes with the namespace"));
      remove(CopySteps.named(instance), new BackupStep.RemoveInstance(instance));
      return drill.name();
    }

    @Override
    public String existing(DrillPlace.Existing place) {
      loadAndClear(place.database());
      return place.database();
    }

    @Override
    public String directory(DrillPlace.Directory place) {
      loadAndClear(place.path());
      return drill.name();
    }

    private void loadAndClear(String into) {
      BackupStep clear = new BackupStep.Clear(copy);
      load(into, Undo.by("empty " + into + " again", new Action.OfBackup(clear)));
      remove("what was loaded into " + into, clear);
    }

    private void load(String into, Undo undo) {
      steps.load(new BackupStep.Load(copy, List.of(), Target.EMPTY), into, undo);
      steps.proofs(copy, List.of(), drill.checks());
    }

    private void remove(String what, BackupStep step) {
      steps.add(
          Phase.FINISH,
          "remove",
          Work.of(
              "removes " + what,
              new Action.OfBackup(step),
              Undo.nothing("what is removed was made for the drill alone")));
    }
  }
}
