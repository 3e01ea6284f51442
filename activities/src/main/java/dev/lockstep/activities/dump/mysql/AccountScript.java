package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.dump.ScriptPart;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Statements about accounts, one a line.
 *
 * @param database to which their grants belong; empty: to the whole server
 */
record AccountScript(String database, List<String> statements) {
  private static final String FIRST = "-- Accounts of database ";

  AccountScript {
    statements = List.copyOf(statements);
  }

  /** As a part of a dump; absent: it says nothing. */
  Optional<ScriptPart> part(String name) {
    return Optional.of(new ScriptPart(name, this::bytes)).filter(unused -> !statements.isEmpty());
  }

  byte[] bytes() {
    String lines = String.join("", statements.stream().map(line -> line + ";\n").toList());
    return (FIRST + Names.quoted(database) + "\n" + lines + TrailedStream.TRAILER + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads it back.
   *
   * @throws io.temporal.failure.ApplicationFailure {@code LOAD_FAILED} where it is cut
   */
  static AccountScript parse(byte[] bytes) {
    List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
    if (lines.size() < 2
        || !lines.get(0).startsWith(FIRST)
        || !lines.get(lines.size() - 1).equals(TrailedStream.TRAILER)) {
      throw Faults.failure(FaultCode.LOAD_FAILED, "the accounts are cut, or no script", "");
    }
    String quoted = lines.get(0).substring(FIRST.length());
    return new AccountScript(
        quoted.substring(1, quoted.length() - 1).replace("``", "`"),
        lines.subList(1, lines.size() - 1).stream()
            .map(line -> line.substring(0, line.length() - 1))
            .toList());
  }

  /** The statements, with grants on the database that it was moved to. */
  List<String> movedTo(String target) {
    if (database.isEmpty()) {
      return statements;
    }
    Pattern place =
        Pattern.compile(
            "( ON (?:PROCEDURE |FUNCTION )?)" + Pattern.quote(Names.quoted(database) + "."));
    String there = Matcher.quoteReplacement(Names.quoted(target) + ".");
    return statements.stream().map(line -> place.matcher(line).replaceFirst("$1" + there)).toList();
  }
}
