package dev.lockstep.deploy.e2e;

import com.azure.storage.blob.BlobContainerClientBuilder;
import dev.lockstep.deploy.testbed.Testbed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A bucket or container of each kind of store of the testbed, with an {@link HttpFront} before it.
 */
enum FrontedStore {
  /** The server itself refuses a signature that does not fit. */
  S3(
      "LOCKSTEP_TESTBED_S3",
      "s3",
      "s3: {endpoint: \"ADDRESS\", region: us-east-1, bucket: BUCKET, prefix: shop/, pathStyle: true,"
          + " credentials: {files: {accessKey: \"FOLDER/access\", secretKey: \"FOLDER/secret\"}}}") {
    @Override
    void make(Testbed testbed, String bucket, Path folder) throws IOException {
      Path state = Path.of(testbed.value("LOCKSTEP_TESTBED", "s3"));
      Files.createDirectories(state.resolve("s3/data").resolve(bucket));
      Files.writeString(folder.resolve("access"), "testbed");
      Files.writeString(folder.resolve("secret"), "testbed-secret");
    }

    @Override
    HttpFront.Answer expired() {
      return new HttpFront.Answer(
          400,
          Map.of("Content-Type", "application/xml"),
          "<?xml version=\"1.0\"?><Error><Code>ExpiredToken</Code>"
              + "<Message>The provided token has expired.</Message></Error>");
    }

    @Override
    Optional<HttpFront.Answer> otherKeys() {
      return Optional.empty();
    }
  },
  /** Its emulator looks at no login: the answer is Google's. */
  GCS(
      "LOCKSTEP_TESTBED_GCS",
      "gcs",
      "gcs: {endpoint: \"ADDRESS\", bucket: BUCKET, prefix: shop/}") {
    @Override
    void make(Testbed testbed, String bucket, Path folder)
        throws IOException, InterruptedException {
      String address = testbed.value("LOCKSTEP_TESTBED_GCS", "gcs");
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(address + "/storage/v1/b?project=test"))
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"" + bucket + "\"}"))
              .build();
      int status =
          HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode();
      if (status != 200) {
        throw new IllegalStateException("no bucket: " + status);
      }
    }

    @Override
    HttpFront.Answer expired() {
      return new HttpFront.Answer(
          401,
          Map.of("Content-Type", "application/json"),
          "{\"error\": {\"code\": 401, \"message\": \"Invalid Credentials\","
              + " \"errors\": [{\"reason\": \"authError\"}]}}");
    }

    @Override
    Optional<HttpFront.Answer> otherKeys() {
      return Optional.of(expired());
    }
  },
  /** The server itself refuses a signature that does not fit. */
  AZURE(
      "LOCKSTEP_TESTBED_AZURE",
      "azure",
      "azure: {endpoint: \"ADDRESS\", container: BUCKET, prefix: shop/,"
          + " credentials: {file: \"FOLDER/connection\"}}") {
    @Override
    void make(Testbed testbed, String bucket, Path folder) throws IOException {
      // The published key of every emulator.
      String connection =
          "DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey="
              + "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="
              + ";BlobEndpoint="
              + testbed.value("LOCKSTEP_TESTBED_AZURE", "azure")
              + ";";
      Files.writeString(folder.resolve("connection"), connection);
      new BlobContainerClientBuilder()
          .connectionString(connection)
          .containerName(bucket)
          .buildClient()
          .create();
    }

    @Override
    HttpFront.Answer expired() {
      return new HttpFront.Answer(
          403,
          Map.of("Content-Type", "application/xml", "x-ms-error-code", "AuthenticationFailed"),
          "<?xml version=\"1.0\"?><Error><Code>AuthenticationFailed</Code>"
              + "<Message>Signature not valid in the specified time frame</Message></Error>");
    }

    @Override
    Optional<HttpFront.Answer> otherKeys() {
      return Optional.empty();
    }
  };

  private final String variable;
  private final String part;
  private final String place;

  FrontedStore(String variable, String part, String place) {
    this.variable = variable;
    this.part = part;
    this.place = place;
  }

  abstract void make(Testbed testbed, String bucket, Path folder)
      throws IOException, InterruptedException;

  /** What the service itself answers to a login that has run out. */
  abstract HttpFront.Answer expired();

  /** What is answered to a login that is not right any more; absent: the server does. */
  abstract Optional<HttpFront.Answer> otherKeys();

  HttpFront front(Testbed testbed) throws IOException {
    return HttpFront.before(testbed.value(variable, part));
  }

  /** A shop whose backups go into a new bucket, through the front. */
  CopyShop shop(Testbed testbed, HttpFront front, Path folder, int rows)
      throws IOException, InterruptedException {
    String bucket = "lockstep-" + UUID.randomUUID();
    make(testbed, bucket, folder);
    return new CopyShop(
        folder,
        rows,
        "",
        place
            .replace("ADDRESS", front.address())
            .replace("BUCKET", bucket)
            .replace("FOLDER", folder.toString()),
        Server.shared());
  }
}
