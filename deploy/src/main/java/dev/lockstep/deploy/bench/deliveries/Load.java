package dev.lockstep.deploy.bench.deliveries;

import dev.lockstep.deploy.bench.deliveries.Sender.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Deliveries at a fixed rate. Each is counted from when it was due, so that a server that falls
 * behind is not asked less.
 */
final class Load {
  private static final int CONNECTIONS = 96;

  private final Sender sender;
  private final int triggers;

  Load(Sender sender, int triggers) {
    this.sender = sender;
    this.triggers = triggers;
  }

  /**
   * What was seen.
   *
   * @param statuses how often each was answered; 0: no answer
   * @param nanos of each delivery, from when it was due, sorted
   * @param runs of each delivery that was told one, by its number
   */
  record Seen(
      Map<Integer, Integer> statuses,
      List<Long> nanos,
      Map<Integer, String> runs,
      int duplicates,
      double seconds) {
    double millis(double share) {
      return nanos.get((int) Math.min(nanos.size() - 1L, Math.round(nanos.size() * share))) / 1e6;
    }

    int accepted() {
      return statuses.getOrDefault(202, 0);
    }
  }

  String trigger(int number) {
    return "t" + number % triggers;
  }

  /**
   * Sends so many, each number once.
   *
   * @param from the first number
   */
  Seen run(int from, int count, double perSecond) throws Exception {
    long[] nanos = new long[count];
    AtomicInteger[] statuses = new AtomicInteger[600];
    Arrays.setAll(statuses, unused -> new AtomicInteger());
    Map<Integer, String> runs = new ConcurrentHashMap<>();
    AtomicInteger duplicates = new AtomicInteger();
    AtomicInteger next = new AtomicInteger();
    long start = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    List<Future<?>> working = new ArrayList<>();
    for (int thread = 0; thread < CONNECTIONS; thread++) {
      working.add(
          threads.submit(
              () -> {
                for (int number = next.getAndIncrement();
                    number < count;
                    number = next.getAndIncrement()) {
                  long due = start + (long) (number / perSecond * 1e9);
                  LockSupport.parkNanos(due - System.nanoTime());
                  Answer answer = send(from + number);
                  nanos[number] = System.nanoTime() - due;
                  statuses[answer.status()].incrementAndGet();
                  if (!answer.runId().isEmpty()) {
                    runs.put(from + number, answer.runId());
                  }
                  duplicates.addAndGet(answer.duplicate() ? 1 : 0);
                }
              }));
    }
    threads.shutdown();
    for (Future<?> each : working) {
      each.get();
    }
    double seconds = (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
    List<Long> sorted = Arrays.stream(nanos).sorted().boxed().toList();
    Map<Integer, Integer> counted = new TreeMap<>();
    for (int status = 0; status < statuses.length; status++) {
      if (statuses[status].get() > 0) {
        counted.put(status, statuses[status].get());
      }
    }
    return new Seen(counted, sorted, runs, duplicates.get(), seconds);
  }

  private Answer send(int number) {
    try {
      return sender.send(trigger(number), number);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, "", false);
    } catch (Exception e) {
      return new Answer(0, "", false);
    }
  }
}
