package dev.lockstep.activities.storage;

import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.lockstep.activities.connection.TokenReader;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Opens stores by what their definitions say. Secrets are read when a store is opened, anew each
 * time. The client library of a kind of store is loaded when the first one of that kind is opened.
 */
public final class DefinedStores implements Stores {
  private final TokenReader secrets;

  /**
   * @param secrets reads access keys and their likes
   */
  public DefinedStores(TokenReader secrets) {
    this.secrets = secrets;
  }

  @Override
  public ObjectStore open(Store store) {
    return store.place().accept(new Opening(secrets));
  }

  private record Opening(TokenReader secrets) implements StorePlace.Visitor<ObjectStore> {
    @Override
    public ObjectStore s3(StorePlace.S3 place) {
      return new S3ObjectStore(place, AwsLogin.of(place.keys(), secrets::read));
    }

    @Override
    public ObjectStore gcs(StorePlace.Gcs place) {
      return new GcsObjectStore(place, GcsKeys.of(place, secrets));
    }

    @Override
    public ObjectStore azure(StorePlace.Azure place) {
      return new AzureObjectStore(place, secrets.read(place.credentials()));
    }

    @Override
    public ObjectStore filesystem(StorePlace.Filesystem place) {
      return new FilesystemObjectStore(place);
    }
  }

  /** In a class of its own, so that nothing of the client is loaded for other stores. */
  private static final class GcsKeys {
    private static final String SCOPE = "https://www.googleapis.com/auth/devstorage.read_write";

    static Optional<GoogleCredentials> of(StorePlace.Gcs place, TokenReader secrets) {
      if (place.credentials().isPresent()) {
        return Optional.of(serviceAccount(place, secrets.read(place.credentials().get())));
      }
      return place.endpoint().isPresent() ? Optional.empty() : Optional.of(ofEnvironment(place));
    }

    private static GoogleCredentials serviceAccount(StorePlace.Gcs place, String json) {
      try {
        return ServiceAccountCredentials.fromStream(
                new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))
            .createScoped(SCOPE);
      } catch (IOException | RuntimeException wrong) {
        // Not with its words: they may quote the key.
        throw Faults.failure(
            FaultCode.CREDENTIALS_REFUSED,
            "the credentials of gcs bucket %s are no key of a service account in JSON"
                .formatted(place.bucket()),
            "");
      }
    }

    private static GoogleCredentials ofEnvironment(StorePlace.Gcs place) {
      try {
        return GoogleCredentials.getApplicationDefault().createScoped(SCOPE);
      } catch (IOException missing) {
        throw Faults.failure(
            FaultCode.CREDENTIALS_MISSING,
            "gcs bucket %s has no credentials in its definition, and the environment of the worker has none"
                .formatted(place.bucket()),
            "");
      }
    }
  }
}
