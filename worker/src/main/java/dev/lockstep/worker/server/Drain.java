package dev.lockstep.worker.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.worker.engine.EngineUnreachableException;
import dev.lockstep.worker.engine.RunInput;
import dev.lockstep.worker.engine.RunStarter;
import dev.lockstep.worker.server.Delivery.Settled;
import dev.lockstep.worker.server.DeliveryBook.Entry;
import dev.lockstep.workflows.wire.Wire;
import io.temporal.api.common.v1.WorkflowExecution;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Starts the runs of deliveries, in the order in which they were accepted.
 *
 * <ol>
 *   <li>Takes those that wait. Several for the same definition with the same parameters get one
 *       run: it begins after all of them, as if each had found it under way.
 *   <li>While a run for other parameters is under way, those for its definition wait for its end.
 *   <li>Where a call may have been made before, by a process that died or without an answer, looks
 *       first whether the newest run is that of the delivery.
 *   <li>Starts the run under the delivery's own request id, so that the service takes it once.
 *   <li>While the service is away nothing is given up: the oldest is tried until it comes back.
 * </ol>
 */
final class Drain implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A service that is there starts a run in milliseconds. */
  private static final Duration CALL = Duration.ofSeconds(10);

  private static final int MOST_TOGETHER = 1_000;

  /** So many at once come faster than runs are started one after the other. */
  private static final int CROWD = 20;

  /** Of a crowd, those that come meanwhile share the next start: the service is asked less. */
  private static final Duration GATHER = Duration.ofMillis(200);

  private final DeliveryBook book;
  private final EngineDoor door;
  private final KnownDefinitions definitions;
  private final Consumer<String> messages;
  private final Thread thread = new Thread(this::work, "drain");
  private volatile boolean stopped;
  private Duration pause = FIRST_PAUSE;
  private boolean asked;

  /** Ids of workflows whose run under way is for other parameters, and until when not to ask. */
  private final Map<String, Long> busy = new HashMap<>();

  Drain(
      DeliveryBook book, EngineDoor door, KnownDefinitions definitions, Consumer<String> messages) {
    this.book = book;
    this.door = door;
    this.definitions = definitions;
    this.messages = messages;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void work() {
    while (!stopped) {
      try {
        door.connect();
        door.answering(true);
        busy.values().removeIf(until -> System.nanoTime() - until >= 0);
        List<Entry> entries = book.await(LOOK, MOST_TOGETHER, entry -> !isBusy(entry));
        startAll(entries);
        pause = FIRST_PAUSE;
        asked = false;
        if (entries.size() >= CROWD) {
          Thread.sleep(GATHER.toMillis());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Exception e) {
        asked = true;
        door.answering(false);
        away(e);
      }
    }
  }

  private void away(Exception fault) {
    if (pause.equals(FIRST_PAUSE) && !stopped) {
      messages.accept(
          "runs cannot be started, deliveries wait: "
              + String.valueOf(fault.getMessage()).lines().findFirst().orElse(""));
    }
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Duration next = pause.multipliedBy(2);
    pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
  }

  private void startAll(List<Entry> entries) throws Exception {
    Map<List<Object>, List<Entry>> alike = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Delivery delivery = entry.delivery();
      alike
          .computeIfAbsent(
              List.of(delivery.workflowId(), delivery.parameters()), unused -> new ArrayList<>())
          .add(entry);
    }
    for (List<Entry> together : alike.values()) {
      // One with other parameters was accepted before these.
      if (!isBusy(together.get(0))) {
        startOne(together);
      }
    }
  }

  private boolean isBusy(Entry entry) {
    return busy.containsKey(entry.delivery().workflowId());
  }

  private void startOne(List<Entry> together) throws Exception {
    try {
      Started started = door.within(CALL, () -> start(together));
      settle(together.subList(0, started.entries()), Optional.of(started.run()), Optional.empty());
    } catch (BusyException e) {
      busy.put(together.get(0).delivery().workflowId(), System.nanoTime() + LOOK.toNanos());
    } catch (GoneException e) {
      fail(together, e);
    } catch (RuntimeException e) {
      if (!EngineDoor.isFinal(e)) {
        throw e;
      }
      fail(together, e);
    }
  }

  private void fail(List<Entry> together, Exception fault) {
    String why = String.valueOf(fault.getMessage());
    messages.accept(together.get(0).delivery().workflowId() + " not started: " + why);
    settle(together, Optional.empty(), Optional.of(why));
  }

  private void settle(
      List<Entry> entries, Optional<WorkflowExecution> run, Optional<String> fault) {
    for (Entry entry : entries) {
      String key = entry.delivery().key();
      book.settle(entry, new Settled(key, run.map(WorkflowExecution::getRunId), fault));
    }
  }

  /**
   * A run.
   *
   * @param entries how many of those that wait it is for; the others came after it
   */
  private record Started(WorkflowExecution run, int entries) {}

  /**
   * The request id is that of the newest: what became of them is written in their order, so that
   * after a crash it is always among those that wait.
   */
  private Started start(List<Entry> together)
      throws EngineUnreachableException, GoneException, BusyException {
    RunStarter starter = new RunStarter(door.connect());
    Delivery newest = together.get(together.size() - 1).delivery();
    for (int index = together.size() - 1; index >= 0; index--) {
      Entry entry = together.get(index);
      if (asked || entry.recovered()) {
        Optional<WorkflowExecution> run =
            starter.findStarted(newest.workflowId(), requestId(entry.delivery()));
        if (run.isPresent()) {
          return new Started(run.get(), index + 1);
        }
      }
    }
    Definitions known = definitions.now();
    Definition chosen =
        known
            .find(newest.run().kind().type(), newest.run().name())
            .orElseThrow(() -> new GoneException(newest.workflowId() + " is not defined any more"));
    ObjectNode request = RunInput.of(known, chosen);
    if (!newest.parameters().isEmpty()) {
      request.set("parameters", Wire.tree(newest.parameters()));
      if (starter.isBusyWithOthers(newest.workflowId(), request)) {
        throw new BusyException();
      }
    }
    WorkflowExecution run =
        RunStarter.execution(starter.startOnce(newest.workflowId(), request, requestId(newest)));
    return new Started(run, together.size());
  }

  private static String requestId(Delivery delivery) {
    return Signatures.sha256(Signatures.bytes(delivery.key()));
  }

  /** The run under way is one for other parameters; its end is waited for. */
  private static final class BusyException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** What was to be run is not there any more. */
  private static final class GoneException extends Exception {
    private static final long serialVersionUID = 1L;

    GoneException(String message) {
      super(message);
    }
  }

  /** Lets the call that is under way end; what waits stays on the disk. */
  @Override
  public void close() {
    stopped = true;
    try {
      thread.join(CALL.toMillis());
      thread.interrupt();
      thread.join(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
