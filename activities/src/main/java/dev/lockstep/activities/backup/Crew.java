package dev.lockstep.activities.backup;

import dev.lockstep.workflows.fault.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does several things at once, in threads that end with it. The first failure stops the others, and
 * is the one that is thrown; so does an interrupt of the caller.
 *
 * @param width how many at once
 * @param stop ends what an interrupt does not; may be called several times
 */
record Crew(int width, Runnable stop) {
  private static final Logger LOG = LoggerFactory.getLogger(Crew.class);
  private static final long LONGEST_END_SECONDS = 20;

  /** The results in the order of the work. */
  <T> List<T> all(List<Supplier<T>> work) {
    AtomicReference<@Nullable RuntimeException> first = new AtomicReference<>();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            width,
            task -> {
              Thread thread = new Thread(task, "lockstep-crew");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<T>> futures = begin(work, first, threads);
      threads.shutdown();
      while (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.debug("{} things are under way", width);
      }
      @Nullable RuntimeException failure = first.get();
      if (failure != null) {
        throw failure;
      }
      return results(futures);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Damage.failure(FaultCode.RUN_CANCELLED, "the work was interrupted.");
    } finally {
      end(threads);
    }
  }

  private <T> List<Future<T>> begin(
      List<Supplier<T>> work,
      AtomicReference<@Nullable RuntimeException> first,
      ExecutorService threads) {
    List<Future<T>> futures = new ArrayList<>();
    try {
      for (Supplier<T> item : work) {
        futures.add(threads.submit(() -> guarded(item, first, threads)));
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("one failed before all had begun", e);
    }
    return futures;
  }

  private <T> T guarded(
      Supplier<T> item,
      AtomicReference<@Nullable RuntimeException> first,
      ExecutorService threads) {
    try {
      return item.get();
    } catch (RuntimeException e) {
      if (first.compareAndSet(null, e)) {
        stop.run();
        threads.shutdownNow();
      }
      throw e;
    }
  }

  private static <T> List<T> results(List<Future<T>> futures) throws InterruptedException {
    List<T> results = new ArrayList<>();
    for (Future<T> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a failure was not kept", e);
      }
    }
    return results;
  }

  /** Nothing of it may go on when the caller believes that it is over. */
  private void end(ExecutorService threads) {
    if (threads.isTerminated()) {
      return;
    }
    stop.run();
    threads.shutdownNow();
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_END_SECONDS);
    boolean interrupted = false;
    while (!threads.isTerminated() && System.nanoTime() < deadline) {
      try {
        boolean ended = threads.awaitTermination(1, TimeUnit.SECONDS);
        LOG.debug("ended: {}", ended);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (!threads.isTerminated()) {
      LOG.warn("work that was to stop goes on");
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
