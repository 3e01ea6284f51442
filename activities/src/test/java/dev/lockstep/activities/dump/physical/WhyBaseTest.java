package dev.lockstep.activities.dump.physical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.dump.DumpFacts;
import dev.lockstep.activities.dump.Link;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class WhyBaseTest {
  private static final Instant TAKEN = Instant.parse("2026-11-01T00:00:00Z");
  private static final Duration DAY = Duration.ofHours(24);
  private static final LogServer.Slot KEEPS =
      new LogServer.Slot(Optional.of(Lsn.parse("0/3000000")), false);
  private static final List<DumpFacts> CHAIN =
      List.of(facts(Link.Kind.BASE, "0/3000000"), facts(Link.Kind.LOG, "0/5000000"));

  @Test
  void logIsAddedToWhatItFollows() {
    assertThat(why(CHAIN, server("7", 1, "0/5000028", Optional.of(KEEPS), 1))).isEmpty();
  }

  @Test
  void whateverBreaksTheChainIsSaid() {
    assertThat(why(List.of(), server("7", 1, "0/5000028", Optional.of(KEEPS), 1)))
        .contains("there is none that log could be added to");
    assertThat(why(CHAIN, server("8", 1, "0/5000028", Optional.of(KEEPS), 1)).orElseThrow())
        .contains("another one", "8", "7");
    assertThat(why(CHAIN, server("7", 2, "0/5000028", Optional.of(KEEPS), 1)).orElseThrow())
        .contains("timeline 2");
    assertThat(why(CHAIN, server("7", 1, "0/4000028", Optional.of(KEEPS), 1)).orElseThrow())
        .contains("0/4000028, before 0/5000000");
    assertThat(why(CHAIN, server("7", 1, "0/5000028", Optional.empty(), 1)).orElseThrow())
        .contains("replication slot", "not there");
    assertThat(why(CHAIN, server("7", 1, "0/5000028", lost(), 1)).orElseThrow())
        .contains("has lost");
    assertThat(why(CHAIN, server("7", 1, "0/7000028", later(), 1)).orElseThrow())
        .contains("from 0/6000000 on, not from 0/5000000");
    assertThat(why(CHAIN, server("7", 1, "0/5000028", Optional.of(KEEPS), 25)).orElseThrow())
        .contains("is older than PT24H");
  }

  @Test
  void aSlotHasANameThatAServerTakes() {
    assertThat(ServerLog.slotOf("shop-wal")).isEqualTo("lockstep_shop_wal");
    String other = ServerLog.slotOf("a".repeat(62) + "b");
    assertThat(ServerLog.slotOf("a".repeat(63)))
        .hasSize(63)
        .matches("[a-z0-9_]+")
        .isNotEqualTo(other);
  }

  private static Optional<String> why(List<DumpFacts> chain, LogServer server) {
    return WhyBase.of(chain, server, DAY);
  }

  private static Optional<LogServer.Slot> lost() {
    return Optional.of(new LogServer.Slot(Optional.empty(), true));
  }

  private static Optional<LogServer.Slot> later() {
    return Optional.of(new LogServer.Slot(Optional.of(Lsn.parse("0/6000000")), false));
  }

  private static LogServer server(
      String system, int timeline, String position, Optional<LogServer.Slot> slot, int hours) {
    return new LogServer(
        "15.20",
        system,
        timeline,
        16 << 20,
        Lsn.parse(position),
        TAKEN.plus(Duration.ofHours(hours)),
        0,
        slot);
  }

  private static DumpFacts facts(Link.Kind kind, String end) {
    return new DumpFacts(
            "postgresql",
            "15.20",
            "",
            "log",
            TAKEN,
            Optional.empty(),
            Optional.of(end),
            0,
            new TreeMap<>())
        .withLink(new Link(kind, "7", 1, 16 << 20, TAKEN, Optional.empty(), Optional.empty()));
  }
}
