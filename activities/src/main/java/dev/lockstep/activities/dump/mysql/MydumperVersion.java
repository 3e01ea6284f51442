package dev.lockstep.activities.dump.mysql;

import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of mydumper or myloader.
 *
 * @param text such as {@code 1.0.1-3}
 */
record MydumperVersion(int major, int minor, int patch, String text)
    implements Comparable<MydumperVersion> {
  /**
   * The first that was tried. Before 1.0 myloader keeps what it loads out of the binary log,
   * whatever it is told, so that replicas of the target would miss it; before 0.20 mydumper takes
   * many builds of MySQL for a product that it does not know.
   */
  static final MydumperVersion OLDEST = new MydumperVersion(1, 0, 1, "1.0.1");

  /** Such as {@code mydumper v1.0.1-3, built against MySQL 8.4.7}; older ones have no v. */
  private static final Pattern SAID =
      Pattern.compile(
          "^my(?:dumper|loader) v?((\\d+)\\.(\\d+)\\.(\\d+)(?:-\\d+)?)", Pattern.MULTILINE);

  private static final Comparator<MydumperVersion> ORDER =
      Comparator.comparingInt(MydumperVersion::major)
          .thenComparingInt(MydumperVersion::minor)
          .thenComparingInt(MydumperVersion::patch);

  /**
   * From what a program answers to {@code --version}, or what facts of a dump say of it.
   *
   * @throws ApplicationFailure {@code CLIENT_UNFIT} where it is none of them
   */
  static MydumperVersion parse(String said) {
    Matcher version = SAID.matcher(said);
    if (!version.find()) {
      throw unfit("neither mydumper nor myloader, by what it says of itself: " + said.strip());
    }
    return new MydumperVersion(
        Integer.parseInt(version.group(2)),
        Integer.parseInt(version.group(3)),
        Integer.parseInt(version.group(4)),
        version.group(1));
  }

  @Override
  public int compareTo(MydumperVersion other) {
    return ORDER.compare(this, other);
  }

  /**
   * Refuses one that is too old.
   *
   * @param program its name
   */
  void require(String program) {
    if (compareTo(OLDEST) < 0) {
      throw unfit("%s %s is too old: %s or newer is needed".formatted(program, text, OLDEST.text));
    }
  }

  /** Refuses a myloader that is older than what wrote the dump. */
  void requireFor(MydumperVersion writer) {
    if (compareTo(writer) < 0) {
      throw unfit(
          "myloader %s is older than mydumper %s, which wrote the dump"
              .formatted(text, writer.text));
    }
  }

  private static ApplicationFailure unfit(String message) {
    return Faults.failure(FaultCode.CLIENT_UNFIT, message, "");
  }
}
