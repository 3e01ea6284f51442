package dev.lockstep.worker.server;

import dev.lockstep.worker.engine.EngineConnection;
import dev.lockstep.worker.engine.EngineUnreachableException;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The Temporal service, which may be away when the server starts and at any time later. */
final class EngineDoor implements AutoCloseable {
  private final Connecting connecting;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(EngineDoor::daemon);
  private volatile Optional<EngineConnection> connection = Optional.empty();
  private volatile boolean answering;

  /** How to reach it. */
  @FunctionalInterface
  interface Connecting {
    /** A new connection. */
    EngineConnection connect() throws EngineUnreachableException;
  }

  EngineDoor(Connecting connecting) {
    this.connecting = connecting;
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "deadlines");
    thread.setDaemon(true);
    return thread;
  }

  /** The connection, made where there was none yet. Only one thread calls this. */
  EngineConnection connect() throws EngineUnreachableException {
    if (connection.isEmpty()) {
      connection = Optional.of(connecting.connect());
    }
    return connection.get();
  }

  /** Whether the last start of runs went well, so that an answer may wait for the next. */
  boolean isAnswering() {
    return answering;
  }

  void answering(boolean now) {
    answering = now;
  }

  /** Absent: the service was never reached. */
  Optional<EngineConnection> connected() {
    return connection;
  }

  /** Ends a call to the service that takes longer; by itself the SDK tries for a minute. */
  <T> T within(Duration time, Callable<T> call) throws Exception {
    Context.CancellableContext context =
        Context.current().withDeadlineAfter(time.toMillis(), TimeUnit.MILLISECONDS, deadlines);
    try {
      return context.call(call);
    } finally {
      context.cancel(null);
    }
  }

  /** Whether the service refused the request itself, which no later try will change. */
  static boolean isFinal(Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof StatusRuntimeException status) {
        return status.getStatus().getCode() == Status.Code.INVALID_ARGUMENT;
      }
    }
    return false;
  }

  @Override
  public void close() {
    connection.ifPresent(EngineConnection::close);
    deadlines.shutdownNow();
  }
}
