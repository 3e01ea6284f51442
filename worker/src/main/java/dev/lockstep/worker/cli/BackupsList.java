package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Listing;
import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.backup.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists the backups of a definition. */
@Command(
    name = "list",
    description = {
      "Lists the complete backups of a definition, newest first, and what is no backup.",
      "Exit status 3 where an objective rpo is given and the newest backup is older."
    })
final class BackupsList extends VaultCommand {
  @Option(
      names = "--restore-points",
      description =
          "List what migrations dropped and the store keeps, instead of backups. Exit status 0.")
  private boolean restorePoints;

  BackupsList(Console console) {
    super(console);
  }

  /**
   * The result for programs.
   *
   * @param newestAge of the newest backup's data; absent: there is none
   */
  record Result(
      String backup,
      String store,
      List<Row> backups,
      List<Listing.Unreadable> unreadable,
      List<Listing.Leftover> leftovers,
      Optional<Duration> newestAge,
      Optional<Duration> rpo,
      boolean rpoMet) {}

  /** One backup. */
  record Row(
      String id,
      Instant snapshot,
      long bytes,
      long storedBytes,
      boolean encrypted,
      List<Verified> verifications,
      Optional<String> doubt) {
    static Row of(Listed listed) {
      return new Row(
          listed.id(),
          listed.snapshot(),
          listed.manifest().bytes(),
          listed.manifest().storedBytes(),
          listed.manifest().encryption().isPresent(),
          listed.verifications(),
          listed.doubt());
    }
  }

  @Override
  int work(Vault vault, BackupChoice.Chosen chosen) {
    if (restorePoints) {
      KeptList kept = KeptList.of(chosen, vault.kept().list());
      print(kept, kept.text(Instant.now()));
      return ExitCode.DONE;
    }
    Listing listing = vault.catalogue(chosen.backup().name()).list();
    List<Row> rows = listing.complete().stream().map(Row::of).toList();
    Instant now = Instant.now();
    Optional<Duration> age =
        rows.stream().findFirst().map(row -> Duration.between(row.snapshot(), now));
    Optional<Duration> rpo = chosen.backup().rpo();
    boolean met = rpo.isEmpty() || age.filter(it -> it.compareTo(rpo.get()) <= 0).isPresent();
    Result result =
        new Result(
            chosen.backup().name(),
            chosen.store().name(),
            rows,
            listing.unreadable(),
            listing.leftovers(),
            age,
            rpo,
            met);
    print(result, text(result, now));
    return met ? ExitCode.DONE : ExitCode.NEEDS_PERSON;
  }

  private static String text(Result result, Instant now) {
    StringBuilder text = new StringBuilder();
    if (result.backups().isEmpty()) {
      text.append("no backup of ").append(result.backup()).append(" in ").append(result.store());
      text.append('\n');
    } else {
      text.append(line("id", "data of", "size", "stored", "key", "verified"));
    }
    for (Row row : result.backups()) {
      text.append(
          line(
              row.id(),
              Amounts.duration(Duration.between(row.snapshot(), now)) + " ago",
              Amounts.bytes(row.bytes()),
              Amounts.bytes(row.storedBytes()),
              row.encrypted() ? "yes" : "none",
              verified(row)));
    }
    for (Row row : result.backups()) {
      row.doubt()
          .ifPresent(
              why ->
                  text.append("! ")
                      .append(row.id())
                      .append(" counts as not verified: ")
                      .append(why)
                      .append('\n'));
    }
    for (Listing.Unreadable bad : result.unreadable()) {
      text.append("! ").append(bad.id()).append(": ").append(bad.reason()).append('\n');
    }
    for (Listing.Leftover left : result.leftovers()) {
      text.append(
          "! %s is no backup: %d objects without a manifest, the newest of %s%n"
              .formatted(left.id(), left.objects(), left.newest()));
    }
    result.rpo().ifPresent(rpo -> text.append(objective(result, rpo)));
    return text.toString();
  }

  private static String objective(Result result, Duration rpo) {
    String age = result.newestAge().map(Amounts::duration).orElse("not there");
    return "objective rpo %s: %s, the newest is %s%n"
        .formatted(Amounts.duration(rpo), result.rpoMet() ? "met" : "MISSED", age);
  }

  private static String verified(Row row) {
    return row.verifications().stream()
        .reduce((earlier, later) -> later)
        .map(last -> last.how().name().toLowerCase(Locale.ROOT).replace('_', ' '))
        .orElse("no");
  }

  private static String line(
      String id, String age, String size, String stored, String key, String verified) {
    return String.format(
            Locale.ROOT, "%-18s %-14s %10s %10s  %-5s %s", id, age, size, stored, key, verified)
        + "\n";
  }
}
