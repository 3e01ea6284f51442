package dev.lockstep.activities.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Credentials;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Engine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressTest {
  private static Database database(Engine engine, Connection connection) {
    return new Database("shop", engine, connection, new Credentials.None(), List.of());
  }

  private static Address url(Engine engine, String url) {
    return Address.of(database(engine, new Connection.Url(url)), ConnectionSettings.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, jdbc:postgresql://db:5433/shop?sslmode=require, db, 5433, shop",
    "POSTGRESQL, jdbc:postgresql://[::1]/shop, ::1, 5432, shop",
    "MYSQL, jdbc:mysql://10.0.0.1:3307/shop, 10.0.0.1, 3307, shop",
    "MYSQL, jdbc:mysql://db/a%20b?sslMode=trust, db, 3306, a b",
    "MARIADB, jdbc:mariadb://db.shop.svc/shop, db.shop.svc, 3306, shop",
  })
  void urlsAreTakenApart(Engine engine, String url, String host, int port, String name) {
    assertThat(url(engine, url)).isEqualTo(new Address(host, port, name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:postgresql://a,b/shop", "jdbc:postgresql:shop", "jdbc:postgresql://a:5432/"})
  void otherFormsAreRefusedWithoutBeingShown(String url) {
    assertThatThrownBy(() -> url(Engine.POSTGRESQL, url))
        .hasMessageContaining("DEFINITION_WRONG")
        .hasMessageContaining("shop has not one host")
        .hasMessageNotContaining("//");
  }

  @Test
  void servicesHaveATemplateForEachProduct() {
    Connection service = new Connection.Service("lab", "db", 3306, "shop");

    assertThat(JdbcUrl.of(database(Engine.MYSQL, service), ConnectionSettings.DEFAULT))
        .isEqualTo("jdbc:mariadb://db.lab.svc:3306/shop?sslMode=trust");
    assertThat(JdbcUrl.of(database(Engine.MARIADB, service), ConnectionSettings.DEFAULT))
        .isEqualTo("jdbc:mariadb://db.lab.svc:3306/shop");
    assertThat(
            JdbcUrl.of(
                database(Engine.POSTGRESQL, service),
                new ConnectionSettings(
                    "jdbc:postgresql://x/{database}", 1, ConnectionSettings.DEFAULT.timeout())))
        .isEqualTo("jdbc:postgresql://x/shop");
  }

  @Test
  void mysqlIsReachedByTheDriverOfMariadb() {
    assertThat(
            JdbcUrl.of(
                database(Engine.MYSQL, new Connection.Url("jdbc:mysql://db/shop?a=b")),
                ConnectionSettings.DEFAULT))
        .isEqualTo("jdbc:mariadb://db/shop?a=b");
  }
}
