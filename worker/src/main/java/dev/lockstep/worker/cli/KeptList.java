package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Kept;
import dev.lockstep.activities.backup.KeptPoints;
import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Listing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What a store keeps of what migrations dropped, whatever the backup of their restore points.
 *
 * @param restorePoints the newest first
 */
record KeptList(
    String store,
    List<Row> restorePoints,
    List<Listing.Unreadable> unreadable,
    List<Listing.Leftover> leftovers) {
  /**
   * What was dropped of one table.
   *
   * @param point as {@code restore --restore-point} takes it
   */
  record Row(
      String point,
      Kept kept,
      Instant snapshot,
      long rows,
      long bytes,
      long storedBytes,
      boolean encrypted,
      boolean verified) {
    static Row of(Listed listed) {
      return new Row(
          KeptPoints.point(listed),
          KeptPoints.kept(listed),
          listed.snapshot(),
          listed.manifest().facts().rows().values().stream().mapToLong(it -> it).sum(),
          listed.manifest().bytes(),
          listed.manifest().storedBytes(),
          listed.manifest().encryption().isPresent(),
          listed.isVerified());
    }
  }

  static KeptList of(BackupChoice.Chosen chosen, Listing listing) {
    return new KeptList(
        chosen.store().name(),
        listing.complete().stream().map(Row::of).toList(),
        listing.unreadable(),
        listing.leftovers());
  }

  String text(Instant now) {
    StringBuilder text = new StringBuilder();
    if (restorePoints.isEmpty()) {
      text.append("nothing that migrations dropped is kept in ").append(store).append('\n');
    } else {
      text.append(line("run", "data of", "rows", "stored", "kept for", "dropped"));
    }
    for (Row row : restorePoints) {
      Duration left = Duration.between(now, row.kept().until());
      text.append(
          line(
              row.kept().run(),
              Amounts.duration(Duration.between(row.snapshot(), now)) + " ago",
              Amounts.rows(row.rows()),
              Amounts.bytes(row.storedBytes()),
              left.isNegative() ? "over" : Amounts.duration(left),
              row.kept().what()));
    }
    unreadable.forEach(bad -> text.append("! %s: %s%n".formatted(bad.id(), bad.reason())));
    leftovers.forEach(
        left ->
            text.append(
                "! %s is not complete: %d objects without a manifest, the newest of %s%n"
                    .formatted(left.id(), left.objects(), left.newest())));
    return text.toString();
  }

  private static String line(
      String run, String age, String rows, String stored, String left, String what) {
    return String.format(
            Locale.ROOT, "%-28s %-14s %14s %10s %-10s %s", run, age, rows, stored, left, what)
        + "\n";
  }
}
