package dev.lockstep.deploy.real;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A repository with the pipeline that {@code docs/webhooks.md} shows, and with what that needs. */
final class Checkout {
  /** The definition in it. */
  static final String DEFINITION = "lockstep/change.yaml";

  private static final Path SHOWN = JobProcess.ROOT.resolve("docs/webhooks.md");
  private static final Pattern YAML = Pattern.compile("(?s)\n```yaml\n(.*?)```\n");

  final Path folder;

  private final Path home;
  private final String pipeline;

  /**
   * Makes it, with one commit on main.
   *
   * @param home where to make it
   * @param pipeline path of the file of the pipeline in it
   * @param mark what only that file has, of all that the page shows
   */
  Checkout(Path home, String pipeline, String mark, String definition)
      throws IOException, InterruptedException {
    this.home = home;
    this.folder = Files.createDirectory(home.resolve("checkout"));
    this.pipeline = pipeline;
    write(pipeline, shown(mark));
    write(DEFINITION, definition);
    Path ci = Files.createDirectories(folder.resolve("ci/lockstep"));
    try (Stream<Path> files = Files.list(JobProcess.CI)) {
      for (Path file : files.toList()) {
        Files.copy(file, ci.resolve(file.getFileName()));
      }
    }
    git("init", "--quiet", "--initial-branch=main");
    commit();
  }

  /** Its newest commit. */
  String head() throws IOException, InterruptedException {
    return git("rev-parse", "HEAD").strip();
  }

  /** Changes the pipeline, with a commit. */
  void editPipeline(UnaryOperator<String> edit) throws IOException, InterruptedException {
    String before = Files.readString(folder.resolve(pipeline));
    String after = edit.apply(before);
    if (after.equals(before)) {
      throw new IllegalArgumentException("nothing to change in " + before);
    }
    write(pipeline, after);
    commit();
  }

  /** Puts another definition in the place of the one there is, with a commit. */
  void replaceDefinition(String definition) throws IOException, InterruptedException {
    write(DEFINITION, definition);
    commit();
  }

  private static String shown(String mark) throws IOException {
    Matcher block = YAML.matcher(Files.readString(SHOWN));
    return block
        .results()
        .map(found -> found.group(1))
        .filter(text -> text.contains(mark))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(SHOWN + " shows no " + mark));
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Path parent = file.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    Files.writeString(file, text);
  }

  private void commit() throws IOException, InterruptedException {
    git("add", "ci", "lockstep", pipeline);
    git("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-qm", "a change");
  }

  private String git(String... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    return new JobProcess(home).says(0, folder, command);
  }
}
