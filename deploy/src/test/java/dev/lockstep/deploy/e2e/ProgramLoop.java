package dev.lockstep.deploy.e2e;

import dev.lockstep.deploy.testbed.DatabaseServer;
import dev.lockstep.deploy.testbed.ProgramResult;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs a client program again and again, and notes every run that failed. */
final class ProgramLoop {
  private static final Pattern PROCESSED =
      Pattern.compile("number of transactions actually processed: (\\d+)");
  private static final Pattern FAILED = Pattern.compile("number of failed transactions: ([1-9].*)");

  private final DatabaseServer server;
  private final String name;
  private final IntFunction<List<String>> commands;
  private final AtomicInteger runs = new AtomicInteger();
  private final AtomicLong transactions = new AtomicLong();
  private final List<String> failures = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean ending;

  private ProgramLoop(DatabaseServer server, String name, IntFunction<List<String>> commands) {
    this.server = server;
    this.name = name;
    this.commands = commands;
    this.thread = new Thread(this::repeat, name);
  }

  /**
   * Starts it.
   *
   * @param commands the words of the n-th run, from 0
   */
  static ProgramLoop start(DatabaseServer server, String name, IntFunction<List<String>> commands) {
    ProgramLoop loop = new ProgramLoop(server, name, commands);
    loop.thread.start();
    return loop;
  }

  /** Lets the present run end in order and starts no other. */
  void end() {
    ending = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  int runs() {
    return runs.get();
  }

  /** Of pgbench: what its runs say that they processed. */
  long transactions() {
    return transactions.get();
  }

  List<String> failures() {
    return failures;
  }

  String sentence() {
    return "%s: %d runs, %d transactions, %d failures"
        .formatted(name, runs.get(), transactions.get(), failures.size());
  }

  private void repeat() {
    try {
      while (!ending && failures.isEmpty()) {
        note(server.run(commands.apply(runs.getAndIncrement())));
      }
    } catch (InterruptedException | RuntimeException e) {
      failures.add(String.valueOf(e));
    }
  }

  private void note(ProgramResult result) {
    if (result.exit() != 0 || FAILED.matcher(result.output()).find()) {
      failures.add(name + ": " + result);
    }
    Matcher processed = PROCESSED.matcher(result.output());
    if (processed.find()) {
      transactions.addAndGet(Long.parseLong(processed.group(1)));
    }
  }
}
