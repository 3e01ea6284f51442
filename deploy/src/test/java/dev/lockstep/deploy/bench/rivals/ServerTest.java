package dev.lockstep.deploy.bench.rivals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ServerTest {
  @Test
  void readsWhatAJdbcUrlSays() {
    Server server = Server.parse("jdbc:postgresql://db.example:5433/shop?user=ann&password=a%26b");
    assertThat(server)
        .isEqualTo(new Server("db.example", 5433, "shop", new Server.Login("ann", "a&b")));
    assertThat(server.jdbcUrl("copy")).isEqualTo("jdbc:postgresql://db.example:5433/copy");
    assertThat(server.uri("copy"))
        .isEqualTo("postgres://ann:a%26b@db.example:5433/copy?sslmode=disable");
  }

  @Test
  void whatIsLeftOutIsAsUsual() {
    assertThat(Server.parse("jdbc:postgresql://localhost/shop"))
        .isEqualTo(new Server("localhost", 5432, "shop", new Server.Login("postgres", "")));
  }

  @Test
  void aUrlOfSomethingElseIsNotRepeated() {
    assertThatThrownBy(() -> Server.parse("jdbc:mysql://localhost/shop?password=secret"))
        .hasMessageNotContaining("secret");
  }
}
