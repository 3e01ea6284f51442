package dev.lockstep.activities.storage;

import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.GenericUrl;
import com.google.api.client.http.HttpBackOffIOExceptionHandler;
import com.google.api.client.http.HttpBackOffUnsuccessfulResponseHandler;
import com.google.api.client.http.HttpContent;
import com.google.api.client.http.HttpHeaders;
import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpResponse;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.client.util.ExponentialBackOff;
import com.google.api.services.storage.Storage;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Google's client for the JSON API, and requests beside it. Every request is tried three times, at
 * most 4 s each where nobody answers; the engine then asks again, within the limits of the step.
 */
final class GcsClient {
  private static final String GOOGLE = "https://storage.googleapis.com/";
  private static final Duration CONNECT = Duration.ofSeconds(4);

  /** Between two bytes. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  private static final int RETRIES = 2;

  private final String root;
  private final Storage storage;

  /**
   * @param endpoint absent: Google's own
   * @param credentials absent: requests are not signed
   */
  GcsClient(Optional<String> endpoint, Optional<GoogleCredentials> credentials) {
    this.root = endpoint.map(it -> it.endsWith("/") ? it : it + "/").orElse(GOOGLE);
    this.storage =
        new Storage.Builder(
                new NetHttpTransport(),
                GsonFactory.getDefaultInstance(),
                initializer(credentials.map(HttpCredentialsAdapter::new)))
            .setRootUrl(root)
            .setApplicationName("lockstep")
            .build();
  }

  Storage.Objects objects() {
    return storage.objects();
  }

  /**
   * Where an upload of one kind begins.
   *
   * @param type {@code media} or {@code resumable}
   */
  GenericUrl upload(String type, GcsUpload.Target target) {
    String url =
        "%supload/storage/v1/b/%s/o?uploadType=%s&name=%s%s"
            .formatted(
                root,
                encoded(target.bucket()),
                type,
                encoded(target.key()),
                target.refused() ? "&ifGenerationMatch=0" : "");
    // As it is: the client would leave semicolons alone, which some servers take for ampersands.
    return new GenericUrl(url, true);
  }

  private static String encoded(String part) {
    return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Makes a request of its own.
   *
   * @return the answer, also where its status is 308: more is expected
   * @throws GoogleJsonResponseException for the other statuses from 300 on
   */
  HttpResponse send(String method, GenericUrl url, @Nullable HttpContent content, Range range)
      throws IOException {
    HttpRequest request = storage.getRequestFactory().buildRequest(method, url, content);
    HttpHeaders headers = request.getHeaders();
    range.value().ifPresent(headers::setContentRange);
    request.setFollowRedirects(false);
    request.setThrowExceptionOnExecuteError(false);
    HttpResponse answer = request.execute();
    if (!answer.isSuccessStatusCode() && answer.getStatusCode() != 308) {
      throw GoogleJsonResponseException.from(GsonFactory.getDefaultInstance(), answer);
    }
    return answer;
  }

  /** Which bytes of an object a request holds, for {@code Content-Range}. */
  record Range(Optional<String> value) {
    static final Range NONE = new Range(Optional.empty());
  }

  private static HttpRequestInitializer initializer(Optional<HttpCredentialsAdapter> login) {
    return request -> {
      if (login.isPresent()) {
        login.get().initialize(request);
      }
      HttpBackOffUnsuccessfulResponseHandler again =
          new HttpBackOffUnsuccessfulResponseHandler(new ExponentialBackOff());
      request.setConnectTimeout((int) CONNECT.toMillis());
      request.setReadTimeout((int) SILENCE.toMillis());
      request.setNumberOfRetries(RETRIES);
      request.setIOExceptionHandler(new HttpBackOffIOExceptionHandler(new ExponentialBackOff()));
      // A token that has expired meanwhile is fetched anew by the first of the two.
      request.setUnsuccessfulResponseHandler(
          (it, answer, more) ->
              (login.isPresent() && login.get().handleResponse(it, answer, more))
                  || again.handleResponse(it, answer, more));
    };
  }
}
