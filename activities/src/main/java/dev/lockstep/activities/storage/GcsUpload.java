package dev.lockstep.activities.storage;

import com.google.api.client.http.AbstractInputStreamContent;
import com.google.api.client.http.ByteArrayContent;
import com.google.api.client.http.EmptyContent;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.storage.model.StorageObject;
import dev.lockstep.workflows.fault.FaultCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A <a href="https://cloud.google.com/storage/docs/performing-resumable-uploads">resumable
 * upload</a> in parts of 8 MiB, a multiple of 256 KiB as it must be. An object that must be new is
 * written with {@code ifGenerationMatch=0}. Bytes that the service has already are ignored by it,
 * so that a part may be sent again.
 */
final class GcsUpload extends PartUpload {
  private final GcsClient client;
  private final Target target;
  private final Sum sum = Sum.crc32c();
  private long before;
  private @Nullable GenericUrl session;

  GcsUpload(GcsClient client, Target target) {
    this.client = client;
    this.target = target;
  }

  /**
   * What is written.
   *
   * @param key with the prefix of the store
   * @param refused whether the object must be new
   * @param check throws where the object is there
   * @param doing for people
   */
  record Target(String bucket, String key, boolean refused, Runnable check, String doing) {}

  @Override
  protected int size(int number) {
    return PartSizes.FIRST;
  }

  @Override
  protected void send(Part part) {
    GcsFaults.ofBucket(
        "part " + part.number() + " of " + target.doing(),
        () -> {
          part.addTo(sum);
          int taken = 0;
          while (taken < part.length()) {
            HttpResponse answer = put(part, taken, "*");
            taken = (int) (persisted(answer) - before);
            answer.disconnect();
          }
          before += part.length();
          return part;
        });
  }

  @Override
  protected void finish(Part part) {
    target.check().run();
    part.addTo(sum);
    StorageObject stored =
        GcsFaults.ofBucket(
            target.doing(), () -> object(part.number() == 1 ? whole(part) : last(part)));
    if (!sum.text().equals(stored.getCrc32c())) {
      throw StorageFaults.failure(
          FaultCode.STORE_REFUSED,
          target.doing(),
          "what is stored is not what was sent: its checksum differs");
    }
  }

  @Override
  protected void abandon() {
    @Nullable GenericUrl begun = session;
    if (begun != null) {
      session = null;
      try {
        client.send("DELETE", begun, null, GcsClient.Range.NONE).disconnect();
      } catch (IOException e) {
        // 499 is the answer to expect; and what is left vanishes by itself after a week.
      }
    }
  }

  private HttpResponse whole(Part part) throws IOException {
    GenericUrl url = client.upload("media", target);
    return client.send("POST", url, content(part, 0), GcsClient.Range.NONE);
  }

  private HttpResponse last(Part part) throws IOException {
    int taken = 0;
    while (true) {
      HttpResponse answer = put(part, taken, Long.toString(before + part.length()));
      if (answer.isSuccessStatusCode()) {
        return answer;
      }
      taken = (int) (persisted(answer) - before);
      answer.disconnect();
    }
  }

  private HttpResponse put(Part part, int from, String total) throws IOException {
    String range = "bytes %d-%d/%s".formatted(before + from, before + part.length() - 1, total);
    return client.send(
        "PUT", session(), content(part, from), new GcsClient.Range(Optional.of(range)));
  }

  private GenericUrl session() throws IOException {
    @Nullable GenericUrl known = session;
    if (known != null) {
      return known;
    }
    HttpContent none =
        new ByteArrayContent("application/json", "{}".getBytes(StandardCharsets.UTF_8));
    HttpResponse answer =
        client.send("POST", client.upload("resumable", target), none, GcsClient.Range.NONE);
    GenericUrl begun = new GenericUrl(answer.getHeaders().getLocation());
    answer.disconnect();
    session = begun;
    return begun;
  }

  /**
   * How many bytes of the object the service has: {@code Range: bytes=0-LAST}, nothing for none.
   */
  private static long persisted(HttpResponse answer) {
    @Nullable String range = answer.getHeaders().getRange();
    return range == null ? 0 : Long.parseLong(range.substring(range.lastIndexOf('-') + 1)) + 1;
  }

  private static HttpContent content(Part part, int from) {
    int length = part.length() - from;
    if (length == 0) {
      return new EmptyContent();
    }
    return new AbstractInputStreamContent("application/octet-stream") {
      @Override
      public InputStream getInputStream() {
        return part.stream(from);
      }

      @Override
      public long getLength() {
        return length;
      }

      @Override
      public boolean retrySupported() {
        return true;
      }
    };
  }

  private static StorageObject object(HttpResponse answer) throws IOException {
    try (InputStream json = answer.getContent()) {
      return GsonFactory.getDefaultInstance()
          .createJsonParser(json, StandardCharsets.UTF_8)
          .parse(StorageObject.class);
    }
  }
}
