package dev.lockstep.deploy.cluster;

import dev.lockstep.deploy.testbed.Processes;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/**
 * The processes of a pod, as this machine sees them: the node runs on it. Ended from here because
 * from inside the first process of a container cannot be killed, and because a forced deletion may
 * leave two pods with one volume.
 */
final class PodProcesses {
  private static final Path PROCESSES = Path.of("/proc");
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final String uid;

  PodProcesses(Pod pod) {
    this.uid = plain(pod.getMetadata().getUid());
  }

  /** Ends all of them by SIGKILL, its sandbox included, as where the node had lost its power. */
  void kill() {
    List<ProcessHandle> found = find();
    if (found.isEmpty()) {
      throw new IllegalStateException("no process of pod " + uid + " on this machine");
    }
    found.forEach(ProcessHandle::destroyForcibly);
    Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> found.stream().noneMatch(it -> Processes.work(it.pid())));
  }

  private List<ProcessHandle> find() {
    return ProcessHandle.allProcesses().filter(this::isOfPod).toList();
  }

  private boolean isOfPod(ProcessHandle process) {
    Path groups = PROCESSES.resolve(Long.toString(process.pid())).resolve("cgroup");
    try (Stream<String> lines = Files.lines(groups)) {
      return lines.anyMatch(line -> plain(line).contains(uid));
    } catch (IOException | UncheckedIOException e) {
      // It has ended.
      return false;
    }
  }

  /** Some drivers of control groups write other separators. */
  private static String plain(String text) {
    return text.replace("-", "").replace("_", "");
  }
}
