package dev.lockstep.activities.storage;

import com.google.api.client.http.HttpResponse;
import com.google.api.services.storage.Storage;
import com.google.api.services.storage.model.Objects;
import com.google.api.services.storage.model.StorageObject;
import com.google.auth.oauth2.GoogleCredentials;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A bucket of Google Cloud Storage.
 *
 * <p>What an upload left that was neither completed nor closed is not to be seen by anybody and
 * vanishes by itself after <a
 * href="https://cloud.google.com/storage/docs/resumable-uploads#session-uris">a week</a>: there is
 * nothing to sweep.
 */
final class GcsObjectStore implements ObjectStore {
  private final StorePlace.Gcs place;
  private final GcsClient client;

  /**
   * @param credentials absent: requests are not signed
   */
  GcsObjectStore(StorePlace.Gcs place, Optional<GoogleCredentials> credentials) {
    this.place = place;
    this.client = new GcsClient(place.endpoint(), credentials);
  }

  @Override
  public Upload begin(String key, Existing existing) {
    Runnable check =
        switch (existing) {
          case REPLACED -> () -> {};
          case REFUSED -> () -> refuseExisting(key);
        };
    boolean refused = existing == Existing.REFUSED;
    return new GcsUpload(
        client,
        new GcsUpload.Target(place.bucket(), full(key), refused, check, doing("writing", key)));
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    Uploads.put(begin(key, existing), bytes);
  }

  @Override
  public InputStream open(String key) {
    String doing = doing("reading", key);
    return GcsFaults.translating(
        doing,
        () -> {
          StorageObject object = client.objects().get(place.bucket(), full(key)).execute();
          Storage.Objects.Get get = client.objects().get(place.bucket(), full(key));
          // The very object that was described: another may have replaced it.
          get.setIfGenerationMatch(object.getGeneration());
          get.getRequestHeaders().setAcceptEncoding("identity");
          HttpResponse answer = get.executeMedia();
          return new CheckedObject(
              answer.getContent(),
              doing,
              object.getSize().longValueExact(),
              Optional.ofNullable(object.getCrc32c())
                  .map(crc -> new CheckedObject.Expected(Sum.crc32c(), crc)));
        });
  }

  @Override
  public Optional<StoredObject> find(String key) {
    String full = full(key);
    try {
      return GcsFaults.translating(
          doing("looking for", key),
          () -> Optional.of(object(client.objects().get(place.bucket(), full).execute())));
    } catch (ApplicationFailure refused) {
      if (refused.getType().equals(FaultCode.OBJECT_MISSING.name())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public List<StoredObject> list(String prefix) {
    return GcsFaults.ofBucket(
        doing("listing", prefix),
        () -> {
          List<StoredObject> found = new ArrayList<>();
          @Nullable String page = null;
          do {
            Objects objects =
                client
                    .objects()
                    .list(place.bucket())
                    .setPrefix(place.prefix() + prefix)
                    .setPageToken(page)
                    .execute();
            if (objects.getItems() != null) {
              objects.getItems().forEach(item -> found.add(object(item)));
            }
            page = objects.getNextPageToken();
          } while (page != null);
          found.sort(ObjectKeys.ORDER);
          return found;
        });
  }

  @Override
  public void delete(String key) {
    String full = full(key);
    try {
      GcsFaults.translating(
          doing("deleting", key), () -> client.objects().delete(place.bucket(), full).execute());
    } catch (ApplicationFailure refused) {
      if (!refused.getType().equals(FaultCode.OBJECT_MISSING.name())) {
        throw refused;
      }
    }
  }

  @Override
  public int sweep(String prefix, Duration olderThan) {
    return 0;
  }

  @Override
  public String describe() {
    return "gcs bucket " + place.bucket() + place.endpoint().map(it -> " at " + it).orElse("");
  }

  @Override
  public void close() {}

  private void refuseExisting(String key) {
    if (find(key).isPresent()) {
      throw StorageFaults.failure(
          FaultCode.OBJECT_EXISTS, doing("writing", key), "an object of that key is there");
    }
  }

  private StoredObject object(StorageObject object) {
    return new StoredObject(
        object.getName().substring(place.prefix().length()),
        object.getSize().longValueExact(),
        Instant.ofEpochMilli(object.getUpdated().getValue()));
  }

  private String doing(String verb, String key) {
    return "%s %s in %s".formatted(verb, place.prefix() + key, describe());
  }

  private String full(String key) {
    return place.prefix() + ObjectKeys.checked(key);
  }
}
