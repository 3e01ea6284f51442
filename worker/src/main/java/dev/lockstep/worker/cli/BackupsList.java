package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Chains;
import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Listing;
import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.backup.Verified;
import dev.lockstep.activities.dump.Link;
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
   * @param spans the moments that physical backups can be restored to, the newest first
   */
  record Result(
      String backup,
      String store,
      List<Row> backups,
      List<Listing.Unreadable> unreadable,
      List<Listing.Leftover> leftovers,
      Optional<Duration> newestAge,
      Optional<Duration> rpo,
      boolean rpoMet,
      List<Chains.Span> spans) {}

  /**
   * One backup.
   *
   * @param kind of a physical one
   * @param whole whether all is there that a restore of it needs
   */
  record Row(
      String id,
      Instant snapshot,
      long bytes,
      long storedBytes,
      boolean encrypted,
      List<Verified> verifications,
      Optional<String> doubt,
      Optional<Link.Kind> kind,
      boolean whole) {
    static Row of(Listed listed, Chains chains) {
      return new Row(
          listed.id(),
          listed.snapshot(),
          listed.manifest().bytes(),
          listed.manifest().storedBytes(),
          listed.manifest().encryption().isPresent(),
          listed.verifications(),
          listed.doubt(),
          listed.manifest().facts().link().map(Link::kind),
          chains.to(listed).isPresent());
    }

    String words() {
      String proof =
          verifications.stream()
              .reduce((earlier, later) -> later)
              .map(last -> last.how().name().toLowerCase(Locale.ROOT).replace('_', ' '))
              .orElse("no");
      return proof + kind.map(it -> ", " + it.name().toLowerCase(Locale.ROOT)).orElse("");
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
    Chains chains = Chains.of(listing.complete());
    List<Row> rows = listing.complete().stream().map(one -> Row.of(one, chains)).toList();
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
            met,
            chains.spans());
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
              row.words()));
    }
    for (Chains.Span span : result.spans()) {
      text.append(
          "every moment from %s, by %s and log up to %s%n"
              .formatted(span, span.base(), span.last()));
    }
    for (Row row : result.backups()) {
      if (!row.whole()) {
        text.append(
            "! %s cannot be restored: what its log follows is not there%n".formatted(row.id()));
      }
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

  private static String line(
      String id, String age, String size, String stored, String key, String verified) {
    return String.format(
            Locale.ROOT, "%-18s %-14s %10s %10s  %-5s %s", id, age, size, stored, key, verified)
        + "\n";
  }
}
