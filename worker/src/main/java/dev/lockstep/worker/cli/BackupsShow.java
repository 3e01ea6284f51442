package dev.lockstep.worker.cli;

import dev.lockstep.activities.backup.Catalogue;
import dev.lockstep.activities.backup.Chains;
import dev.lockstep.activities.backup.Listed;
import dev.lockstep.activities.backup.Listing;
import dev.lockstep.activities.backup.Manifest;
import dev.lockstep.activities.backup.StoredPart;
import dev.lockstep.activities.backup.Vault;
import dev.lockstep.activities.backup.Verified;
import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.Link;
import dev.lockstep.definitions.model.Which;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows one backup. */
@Command(
    name = "show",
    description = "Shows what the manifest of one backup says: objects, versions, positions, rows.")
final class BackupsShow extends VaultCommand {
  @Option(names = "--id", paramLabel = "ID", description = "Which one; default: the newest.")
  private @Nullable String id;

  BackupsShow(Console console) {
    super(console);
  }

  /** What an option says of which backup is meant. */
  static Which which(@Nullable String id) {
    return id == null ? Which.LATEST : new Which.Id(id);
  }

  @Override
  int work(Vault vault, BackupChoice.Chosen chosen) {
    Catalogue catalogue = vault.catalogue(chosen.backup().name());
    Listing all = catalogue.list();
    Listed listed = catalogue.find(which(id), all);
    String chain =
        listed
            .manifest()
            .facts()
            .link()
            .map(link -> chain(listed, link, Chains.of(all.complete())))
            .orElse("");
    print(listed, text(listed) + chain);
    return ExitCode.DONE;
  }

  /** What a physical backup is restored with. */
  private static String chain(Listed listed, Link link, Chains chains) {
    StringBuilder text = new StringBuilder();
    link.because().ifPresent(why -> line(text, "a base, since", why));
    Optional<List<Listed>> needed = chains.to(listed);
    line(
        text,
        "restored with",
        needed.map(BackupsShow::names).orElse("nothing: what its log follows is not there"));
    needed
        .flatMap(links -> chains.span(listed))
        .ifPresent(span -> line(text, "every moment", "from " + span));
    return text.toString();
  }

  private static String names(List<Listed> needed) {
    String base = "the base " + needed.get(0).id();
    int logs = needed.size() - 1;
    return logs == 0 ? base : "%s and log of %d run%s".formatted(base, logs, logs == 1 ? "" : "s");
  }

  private static String text(Listed listed) {
    Manifest manifest = listed.manifest();
    DumpFacts facts = manifest.facts();
    StringBuilder text = new StringBuilder();
    line(text, "backup", manifest.backup() + "/" + manifest.id());
    line(text, "data of", facts.snapshot().toString());
    line(text, "server", facts.engine() + " " + facts.serverVersion());
    line(text, "method", (facts.method() + " " + facts.client()).strip());
    facts.position().ifPresent(position -> line(text, "position", position));
    facts.endPosition().ifPresent(position -> line(text, "end position", position));
    line(text, "taken", manifest.started() + " to " + manifest.ended());
    line(text, "encryption", manifest.encryption().map(by -> by.algorithm()).orElse("none"));
    line(text, "verified", listed.isVerified() ? last(listed.verifications()) : no(listed));
    for (StoredPart part : manifest.objects()) {
      line(
          text,
          part.part(),
          Amounts.bytes(part.bytes()) + ", stored " + Amounts.bytes(part.storedBytes()));
    }
    facts.rows().forEach((table, rows) -> line(text, table, Amounts.rows(rows)));
    return text.toString();
  }

  /** Of many, the last one tells most. */
  private static String last(List<Verified> all) {
    Verified last = all.get(all.size() - 1);
    String how = last.how() == Verified.How.DRILL ? "by the drill " : "read back by ";
    String more = all.size() == 1 ? "" : ", %d times in all".formatted(all.size());
    return how + last.run() + " at " + last.when() + more;
  }

  private static String no(Listed listed) {
    return listed.doubt().map(why -> "no: " + why).orElse("no");
  }

  private static void line(StringBuilder text, String label, String value) {
    text.append("%-14s %s%n".formatted(label, value));
  }
}
