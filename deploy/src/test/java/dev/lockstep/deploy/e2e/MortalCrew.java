package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.workflows.api.RunOutcome;
import dev.lockstep.workflows.api.RunState;
import dev.lockstep.workflows.api.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Workers of a service that die, each replaced by another one. */
public final class MortalCrew implements AutoCloseable {
  /** One works, the others stand by, so that a death costs its own time and not that of a start. */
  private static final int WORKERS = 3;

  private final Path folder;
  private final Path deaths;
  private final List<String> service;
  private final List<Child> workers = new ArrayList<>();

  /**
   * Of a service.
   *
   * @param folder home of the workers
   * @param service address and namespace
   */
  public MortalCrew(Path folder, List<String> service) throws IOException {
    this.folder = folder;
    this.deaths = Files.createFile(folder.resolve("deaths"));
    this.service = service;
  }

  /**
   * Puts a new worker in the place of each that died.
   *
   * @return whether one had died
   */
  public boolean replace() throws IOException {
    boolean died = workers.removeIf(worker -> !worker.isAlive());
    while (workers.size() < WORKERS) {
      List<String> words = new ArrayList<>(List.of(MortalCopier.class.getName()));
      words.add(deaths.toString());
      words.addAll(service);
      workers.add(Child.start(folder, Map.of(), words));
    }
    return died;
  }

  /**
   * Replaces workers until all these runs have ended, with a look at the store after each death.
   */
  public boolean keepAlive(CopyShop shop, List<CompletableFuture<RunOutcome>> runs)
      throws IOException {
    boolean ended = runs.stream().allMatch(CompletableFuture::isDone);
    if (!ended && replace()) {
      assertThat(shop.wholeBackups()).hasSizeLessThanOrEqualTo(2);
    }
    return ended;
  }

  /**
   * The run succeeded although workers died at the end of each of its steps, and in the middle of
   * those.
   */
  public void succeeded(String workflow, RunOutcome outcome, String... middles) throws IOException {
    assertThat(outcome.state()).as(outcome.message()).isEqualTo(RunState.SUCCEEDED);
    List<String> died = died(deaths, workflow);
    Set<String> ends =
        died.stream()
            .filter(line -> line.endsWith(" end"))
            .map(line -> line.split(" ", -1)[1])
            .collect(Collectors.toSet());
    assertThat(ends)
        .as(died.toString())
        .containsAll(outcome.steps().stream().map(StepReport::id).toList());
    for (String middle : middles) {
      assertThat(died).anyMatch(line -> line.startsWith(middle + " ") && line.endsWith(" middle"));
    }
    assertThat(died).anyMatch(line -> line.startsWith("prepare "));
    assertThat(died).anyMatch(line -> line.startsWith("conclude "));
  }

  /** The deaths of the workers of a run: activity, step, moment. */
  static List<String> died(Path deaths, String workflow) throws IOException {
    return Files.readAllLines(deaths).stream()
        .filter(line -> line.startsWith(workflow + " "))
        .map(line -> line.substring(workflow.length() + 1))
        .toList();
  }

  @Override
  public void close() throws InterruptedException {
    for (Child worker : workers) {
      worker.close();
    }
  }
}
