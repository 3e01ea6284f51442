package dev.lockstep.activities.storage;

import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobProperties;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.specialized.BlobInputStream;
import dev.lockstep.definitions.model.StorePlace;
import dev.lockstep.workflows.fault.FaultCode;
import io.temporal.failure.ApplicationFailure;
import java.io.InputStream;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A container of Azure Blob Storage.
 *
 * <p>What an upload left that was neither completed nor closed vanishes by itself after <a
 * href="https://learn.microsoft.com/en-us/rest/api/storageservices/put-block#remarks">a week</a>,
 * and there is no request that removes it: nothing is swept.
 */
final class AzureObjectStore implements ObjectStore {
  private final StorePlace.Azure place;
  private final BlobContainerClient container;

  AzureObjectStore(StorePlace.Azure place, String connectionString) {
    this.place = place;
    this.container = AzureClients.client(place, connectionString);
  }

  @Override
  public Upload begin(String key, Existing existing) {
    boolean refused =
        switch (existing) {
          case REPLACED -> false;
          case REFUSED -> true;
        };
    return new AzureUpload(
        container.getBlobClient(full(key)).getBlockBlobClient(), refused, doing("writing", key));
  }

  @Override
  public void put(String key, byte[] bytes, Existing existing) {
    Uploads.put(begin(key, existing), bytes);
  }

  @Override
  public InputStream open(String key) {
    String doing = doing("reading", key);
    String full = full(key);
    // Reads in pieces of 4 MiB, all of the same version; a piece that is cut is asked for again.
    BlobInputStream bytes =
        AzureFaults.translating(doing, () -> container.getBlobClient(full).openInputStream());
    BlobProperties blob = bytes.getProperties();
    return new CheckedObject(
        bytes,
        doing,
        blob.getBlobSize(),
        Optional.ofNullable(blob.getContentMd5())
            .map(md5 -> Base64.getEncoder().encodeToString(md5))
            .map(md5 -> new CheckedObject.Expected(Sum.md5(), md5)));
  }

  @Override
  public Optional<StoredObject> find(String key) {
    String full = full(key);
    try {
      BlobProperties blob =
          AzureFaults.translating(
              doing("looking for", key), () -> container.getBlobClient(full).getProperties());
      return Optional.of(
          new StoredObject(key, blob.getBlobSize(), blob.getLastModified().toInstant()));
    } catch (ApplicationFailure refused) {
      if (refused.getType().equals(FaultCode.OBJECT_MISSING.name())) {
        return Optional.empty();
      }
      throw refused;
    }
  }

  @Override
  public List<StoredObject> list(String prefix) {
    ListBlobsOptions options = new ListBlobsOptions().setPrefix(place.prefix() + prefix);
    return AzureFaults.translating(
        doing("listing", prefix),
        () ->
            container.listBlobs(options, null).stream()
                .map(this::object)
                .sorted(ObjectKeys.ORDER)
                .toList());
  }

  @Override
  public void delete(String key) {
    String full = full(key);
    AzureFaults.translating(
        doing("deleting", key), () -> container.getBlobClient(full).deleteIfExists());
  }

  @Override
  public int sweep(String prefix, Duration olderThan) {
    return 0;
  }

  @Override
  public String describe() {
    return "azure container %s at %s".formatted(place.container(), container.getAccountUrl());
  }

  @Override
  public void close() {}

  private StoredObject object(BlobItem blob) {
    return new StoredObject(
        blob.getName().substring(place.prefix().length()),
        blob.getProperties().getContentLength(),
        blob.getProperties().getLastModified().toInstant());
  }

  private String doing(String verb, String key) {
    return "%s %s in %s".formatted(verb, place.prefix() + key, describe());
  }

  private String full(String key) {
    return place.prefix() + ObjectKeys.checked(key);
  }
}
