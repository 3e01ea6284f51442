package dev.lockstep.activities.dump.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.Login;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** From the driver's addresses to those of libpq. */
final class ServerAddressTest {
  @Test
  void hostPortAndDatabaseAreRead() {
    assertThat(ServerAddress.of("jdbc:postgresql://db.shop.svc:5433/shop?sslmode=require"))
        .isEqualTo(new ServerAddress("db.shop.svc", "5433", "shop", Optional.of("require")));
    assertThat(ServerAddress.of("jdbc:postgresql://db/shop").port()).isEqualTo("5432");
    assertThat(ServerAddress.of("jdbc:postgresql://db/a%20b").database()).isEqualTo("a b");
  }

  @Test
  void anAddressOfIpVersion6LosesItsBrackets() {
    assertThat(ServerAddress.of("jdbc:postgresql://[::1]:5433/shop"))
        .isEqualTo(new ServerAddress("::1", "5433", "shop", Optional.empty()));
  }

  @Test
  void severalHostsAreRefused() {
    assertThatThrownBy(() -> ServerAddress.of("jdbc:postgresql://one:1,two:2/shop"))
        .hasMessageContaining("DEFINITION_WRONG")
        .hasMessageContaining("one,two");
  }

  @Test
  void anotherProductIsRefused() {
    assertThatThrownBy(() -> ServerAddress.of("jdbc:mysql://one/shop"))
        .hasMessageContaining("not one of PostgreSQL");
  }

  @Test
  void theEnvironmentHoldsWhatLibpqReads() {
    Login login = new Login(Optional.of("shop"), Optional.of("open sesame"));

    assertThat(ServerAddress.of("jdbc:postgresql://db/shop").environment(login, "lockstep dump"))
        .containsEntry("PGHOST", "db")
        .containsEntry("PGPORT", "5432")
        .containsEntry("PGDATABASE", "shop")
        .containsEntry("PGUSER", "shop")
        .containsEntry("PGPASSWORD", "open sesame")
        .containsEntry("PGAPPNAME", Databases.APPLICATION_NAME + " dump");
  }
}
