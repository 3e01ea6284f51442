package dev.lockstep.worker.config;

import dev.lockstep.activities.connection.ConnectionSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a worker can be told by its environment. A key {@code a.b-c} is the variable {@code
 * LOCKSTEP_A_B_C}.
 *
 * @param definitionsPath {@code definitions.path}: a folder of definition files; runs may name the
 *     definitions in it. Absent: runs must bring their definition
 * @param serviceTemplate {@code service.template}: the JDBC URL of a database behind a Kubernetes
 *     Service, with {@code {name}}, {@code {namespace}}, {@code {port}} and {@code {database}}
 *     filled in
 */
public record Settings(Optional<Path> definitionsPath, String serviceTemplate) {
  private static final String PREFIX = "LOCKSTEP_";
  private static final String DEFINITIONS_PATH = "definitions.path";
  private static final String SERVICE_TEMPLATE = "service.template";
  private static final List<String> KEYS = List.of(DEFINITIONS_PATH, SERVICE_TEMPLATE);

  /** Read by the launcher script before this process exists. */
  private static final List<String> OF_THE_LAUNCHER = List.of("LOCKSTEP_JAVA_OPTS");

  /**
   * What others set under our prefix: the demo, the testbed, and Kubernetes, which tells every pod
   * of a namespace about its Services, so about one that is called {@code lockstep} or {@code
   * lockstep-…}.
   *
   * @see <a
   *     href="https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables">Environment
   *     variables of Services</a>
   */
  private static final Pattern OF_OTHERS =
      Pattern.compile(
          "LOCKSTEP_(DEMO|TESTBED)(_.*)?|LOCKSTEP(_\\w+)?_(SERVICE_HOST|SERVICE_PORT(_\\w+)?"
              + "|PORT(_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

  /**
   * Those of this process.
   *
   * @throws SettingsException listing every wrong key and value
   */
  public static Settings ofProcess() {
    return of(System.getenv());
  }

  /** Those of that environment. */
  static Settings of(Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    Map<String, String> own = new TreeMap<>(environment);
    own.keySet()
        .removeIf(
            name ->
                !name.startsWith(PREFIX)
                    || OF_THE_LAUNCHER.contains(name)
                    || OF_OTHERS.matcher(name).matches());
    String path = own.remove(variable(DEFINITIONS_PATH));
    String template = own.remove(variable(SERVICE_TEMPLATE));
    own.keySet()
        .forEach(
            name ->
                problems.add(
                    name
                        + " is not a setting; known: "
                        + String.join(", ", KEYS.stream().map(Settings::variable).toList())));
    Optional<Path> folder = Optional.ofNullable(path).map(Path::of);
    if (path != null && path.isBlank()) {
      problems.add(variable(DEFINITIONS_PATH) + " is empty; unset it, or name a folder");
    } else if (folder.isPresent() && !Files.isDirectory(folder.get())) {
      problems.add(variable(DEFINITIONS_PATH) + "=" + path + " is not a folder");
    }
    if (template != null && !(template.contains("{name}") && template.contains("{port}"))) {
      problems.add(
          variable(SERVICE_TEMPLATE)
              + "="
              + template
              + " does not say where {name} and {port} go; the default is "
              + ConnectionSettings.DEFAULT.serviceTemplate());
    }
    if (!problems.isEmpty()) {
      throw new SettingsException(problems);
    }
    return new Settings(
        folder, template == null ? ConnectionSettings.DEFAULT.serviceTemplate() : template);
  }

  private static String variable(String key) {
    return PREFIX + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }
}
