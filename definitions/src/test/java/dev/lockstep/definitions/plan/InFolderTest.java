package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InFolderTest {
  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://localhost:5432/shop, shop",
    "jdbc:postgresql://localhost/my%20shop?sslmode=require, my shop",
    "'jdbc:postgresql://a:1,b:2/shop?x=/y', shop",
    "jdbc:postgresql:shop, shop",
    "jdbc:postgresql://localhost:5432/, postgres",
    "jdbc:postgresql://localhost, postgres"
  })
  void aFolderKeepsTheNameOfTheDatabase(String url, String name) {
    assertThat(folder(new Connection.Url(url))).isEqualTo(name);
  }

  @Test
  void soDoesThatOfAService() {
    assertThat(folder(new Connection.Service("shop", "postgres", 5432, "goods")))
        .isEqualTo("goods");
  }

  private static String folder(Connection connection) {
    Database source =
        new Database("shop", Engine.POSTGRESQL, connection, new Credentials.None(), List.of());
    Database made = InFolder.of(source, "/restored", "shop-then");
    assertThat(made.name()).isEqualTo("shop-then");
    return ((Connection.Folder) made.connection()).database();
  }
}
