package dev.lockstep.deploy.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.zip.ZipFile;

/** A server of each supported PostgreSQL. */
public final class VersionServers {
  /** Holds 13.jar to 18.jar; the build puts them there on linux-amd64. */
  private static final Path BINARIES =
      Path.of(System.getProperty("lockstep.postgres.binaries", "target/postgres-binaries"));

  private VersionServers() {}

  /**
   * Starts one; the test is skipped where the build has none.
   *
   * @param version the major one
   */
  public static Server start(int version) {
    Path jar = BINARIES.resolve(version + ".jar");
    assumeThat(jar).as("the build has PostgreSQL %s on linux-amd64 only", version).exists();
    Server server =
        Server.start(EmbeddedPostgres.builder().setPgBinaryResolver((os, arch) -> open(jar)));
    assertThat(server.text("postgres", "SHOW server_version")).startsWith(version + ".");
    return server;
  }

  /** The one archive in the jar. */
  private static InputStream open(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile());
        InputStream archive =
            zip.getInputStream(
                zip.stream()
                    .filter(it -> it.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow())) {
      return new ByteArrayInputStream(archive.readAllBytes());
    }
  }
}
