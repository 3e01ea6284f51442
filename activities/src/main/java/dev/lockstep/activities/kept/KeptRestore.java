package dev.lockstep.activities.kept;

import dev.lockstep.activities.backup.KeptPoints;
import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Reader;
import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.backup.Vaults;
import dev.lockstep.activities.backup.Verification;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.progress.Reporter;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.plan.TableName;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Brings back what a migration dropped, out of the store of its restore point.
 *
 * <ol>
 *   <li>Every object is read and compared with its manifest, and every table is looked at: until
 *       then nothing is changed.
 *   <li>Table by table, each so that the same command goes on where one died.
 * </ol>
 */
public final class KeptRestore {
  private final Vaults vaults;
  private final Databases databases;

  /** Connects when it is used. */
  public KeptRestore(Vaults vaults, Databases databases) {
    this.vaults = vaults;
    this.databases = databases;
  }

  /**
   * What is to be brought back.
   *
   * @param point as {@link KeptPoints#find} takes it
   * @param table the only one; absent: all of the run
   * @param into another name for a table, or a side table for columns; absent: to where it was
   */
  public record Wish(
      Database database,
      Store store,
      String point,
      Optional<String> table,
      Optional<String> into) {}

  /**
   * Does it.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code BACKUP_UNKNOWN}, {@code KEY_WRONG},
   *     {@code BACKUP_DAMAGED}, or {@code OBJECT_UNEXPECTED} where a name is taken or a key is
   *     another one; nothing was changed then
   */
  public List<BroughtBack> bringBack(Wish wish, Reporter reporter) {
    try (Vault vault = vaults.open(wish.store())) {
      List<KeptTable> tables =
          chosen(wish, vault.kept().find(wish.point())).stream()
              .map(listed -> opened(vault, listed, reporter))
              .toList();
      Transactions transactions = new Transactions(databases.open(wish.database()), reporter);
      List<Supplier<BroughtBack>> work = new ArrayList<>();
      for (KeptTable table : tables) {
        work.add(checked(transactions, table, wish.into()));
      }
      return work.stream().map(Supplier::get).toList();
    }
  }

  private static List<Listed> chosen(Wish wish, List<Listed> all) {
    List<Listed> fitting =
        all.stream()
            .filter(
                it ->
                    wish.table().isEmpty()
                        || KeptPoints.kept(it).table().equals(wish.table().get()))
            .toList();
    String there =
        all.stream().map(it -> KeptPoints.kept(it).what()).collect(Collectors.joining("; "));
    if (fitting.isEmpty()) {
      throw Faults.failure(
          FaultCode.BACKUP_UNKNOWN,
          "%s keeps nothing of table %s; it has: %s"
              .formatted(wish.point(), wish.table().orElse(""), there),
          "");
    }
    if (wish.into().isPresent() && fitting.size() > 1) {
      throw Faults.failure(
          FaultCode.BACKUP_UNKNOWN,
          "--into names one table, and %s has several; choose one by --table: %s"
              .formatted(wish.point(), there),
          "");
    }
    return fitting;
  }

  private static KeptTable opened(Vault vault, Listed listed, Reporter reporter) {
    Reader reader = vault.kept().open(listed);
    new Verification(reader, "read back").run(reporter);
    return KeptTable.of(KeptPoints.point(listed), reader.manifest().kept().orElseThrow(), reader);
  }

  private static Supplier<BroughtBack> checked(
      Transactions transactions, KeptTable kept, Optional<String> into) {
    Optional<TableName> name = into.map(text -> named(text, kept.table()));
    if (kept.definition().data().whole()) {
      BringBackTable table = new BringBackTable(transactions, kept, name.orElse(kept.table()));
      table.check();
      return table::bringBack;
    }
    if (name.isPresent()) {
      BringBackBeside beside = new BringBackBeside(new SideTable(transactions, kept, name.get()));
      beside.check();
      return beside::bringBack;
    }
    BringBackColumns columns =
        new BringBackColumns(
            transactions, kept, new SideTable(transactions, kept, SideTable.usual(kept.table())));
    columns.check();
    return columns::bringBack;
  }

  /** Without a schema, in that of the table. */
  private static TableName named(String into, TableName table) {
    return into.contains(".") ? TableName.parse(into) : new TableName(table.schema(), into);
  }
}
