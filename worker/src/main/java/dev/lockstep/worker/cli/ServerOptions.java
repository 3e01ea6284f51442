package dev.lockstep.worker.cli;

import dev.lockstep.definitions.model.Rate;
import dev.lockstep.definitions.model.SecretReference;
import dev.lockstep.worker.server.LockstepServer.Certificate;
import dev.lockstep.worker.server.LockstepServer.Limits;
import dev.lockstep.worker.server.LockstepServer.Listen;
import dev.lockstep.worker.server.LockstepServer.Tokens;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a server listens, whom it trusts and how much it takes. */
final class ServerOptions {
  private static final Pattern TOKEN = Pattern.compile("([-a-zA-Z0-9_.]{1,63})=(env|file):(\\S.*)");
  private static final Pattern ADDRESS = Pattern.compile("(.+):([0-9]{1,5})");
  private static final int LAST_PORT = 65_535;
  private static final int MOST_WAITING = 1_000_000;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:8080",
      description = "Where to listen; port 0: any free one. Default: ${DEFAULT-VALUE}.")
  private String listen = "127.0.0.1:8080";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "Where others reach the server; begins the addresses in answers.")
  private @Nullable String url;

  @Option(
      names = "--definitions",
      paramLabel = "FOLDER",
      description = "Folder of definition files; what is edited counts within seconds.")
  private @Nullable Path definitions;

  @Option(
      names = "--queue",
      paramLabel = "FOLDER",
      description =
          "Where deliveries are kept; for one server alone. Default: .lockstep/server of this user.")
  private Path queue = Path.of(System.getProperty("user.home"), ".lockstep", "server");

  @Option(
      names = "--queue-limit",
      paramLabel = "N",
      defaultValue = "10000",
      description = "How many deliveries may wait for their run; default: ${DEFAULT-VALUE}.")
  private int queueLimit = Limits.DEFAULT.waiting();

  @Option(
      names = "--max-deliveries",
      paramLabel = "RATE",
      description = "For each trigger, such as 20/s; default: 100/s.")
  private @Nullable Rate maxDeliveries;

  @Option(
      names = "--tokens",
      paramLabel = "NAME=env:VARIABLE|file:PATH",
      split = ",",
      description =
          "A token that may ask for runs and control them, and the name under which the audit"
              + " knows it; may be repeated.")
  private List<String> tokens = new ArrayList<>();

  @Option(
      names = "--read-tokens",
      paramLabel = "NAME=env:VARIABLE|file:PATH",
      split = ",",
      description = "A token that may only ask for runs; may be repeated.")
  private List<String> readTokens = new ArrayList<>();

  @Option(
      names = "--audit",
      paramLabel = "FILE",
      description = "Gets a line of JSON for each control; default: standard error.")
  private @Nullable Path audit;

  @Option(
      names = "--tls-certificate",
      paramLabel = "FILE",
      description = "Certificate chain in PEM; with --tls-key.")
  private @Nullable Path tlsCertificate;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "Private key in PEM, PKCS #8; with --tls-certificate.")
  private @Nullable Path tlsKey;

  Listen listen() {
    Matcher address = ADDRESS.matcher(listen);
    if (!address.matches() || Integer.parseInt(address.group(2)) > LAST_PORT) {
      throw invalid("--listen " + listen + " is no HOST:PORT, such as 127.0.0.1:8080");
    }
    InetSocketAddress where =
        new InetSocketAddress(address.group(1), Integer.parseInt(address.group(2)));
    if (where.isUnresolved()) {
      throw invalid("--listen " + listen + ": the host is not known");
    }
    if (url != null && !url.matches("https?://[^\\s?#@]+")) {
      throw invalid("--url " + url + " is no address such as https://lockstep.example.com");
    }
    return new Listen(where, Optional.ofNullable(url), certificate());
  }

  private Optional<Certificate> certificate() {
    if (tlsCertificate == null && tlsKey == null) {
      return Optional.empty();
    }
    if (tlsCertificate == null || tlsKey == null) {
      throw invalid("--tls-certificate and --tls-key need each other");
    }
    return Optional.of(new Certificate(tlsCertificate, tlsKey));
  }

  Optional<Path> definitions() {
    return Optional.ofNullable(definitions);
  }

  Path queue() {
    return queue;
  }

  Optional<Path> audit() {
    return Optional.ofNullable(audit);
  }

  Limits limits() {
    if (queueLimit < 1 || queueLimit > MOST_WAITING) {
      throw invalid("--queue-limit " + queueLimit + " is not 1 to " + MOST_WAITING);
    }
    double perSecond =
        maxDeliveries == null ? Limits.DEFAULT.perSecond() : maxDeliveries.perSecond();
    return new Limits(perSecond, Limits.DEFAULT.atOnce(), queueLimit);
  }

  Tokens tokens() {
    SortedMap<String, SecretReference> controllers = references("--tokens", tokens);
    SortedMap<String, SecretReference> readers = references("--read-tokens", readTokens);
    for (String name : readers.keySet()) {
      if (controllers.containsKey(name)) {
        throw invalid("the name " + name + " is given to two tokens");
      }
    }
    return new Tokens(controllers, readers);
  }

  /** No message repeats more than the name: people put the token itself there. */
  private static SortedMap<String, SecretReference> references(String option, List<String> given) {
    SortedMap<String, SecretReference> references = new TreeMap<>();
    for (String text : given) {
      Matcher token = TOKEN.matcher(text);
      if (!token.matches()) {
        throw invalid(
            option + " takes NAME=env:VARIABLE or NAME=file:PATH, never the token itself");
      }
      SecretReference reference =
          token.group(2).equals("env")
              ? new SecretReference.Variable(token.group(3))
              : new SecretReference.File(token.group(3));
      if (references.put(token.group(1), reference) != null) {
        throw invalid("the name " + token.group(1) + " is given to two tokens");
      }
    }
    return references;
  }

  private static CommandFailure invalid(String message) {
    return new CommandFailure(ExitCode.INVALID, message);
  }
}
