package dev.lockstep.definitions.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.check.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SecretsTest {
  /** Where people put passwords by mistake. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "connection: jdbc:postgresql://me:hunter2@localhost/shop",
        "connection: {url: \"postgres://me:hunter2@localhost/shop\"}",
        "connection: {url: \"jdbc:postgresql://me:hun/ter2@localhost/shop\"}",
        "connection: {url: \"jdbc:postgresql://localhost/shop?user=me&password=hunter2\"}",
        "connection: {url: \"jdbc:postgresql://localhost/shop?sslpassword=hunter2\"}",
        "connection: {url: \"jdbc:mysql://(host=h,user=me,password=hunter2)/shop\"}",
        "connection: {url: \"jdbc:mariadb://address=(host=h)(password=hunter2)/shop\"}",
        "credentials: hunter2",
        "credentials: [hunter2]",
        "credentials: {password: hunter2}",
        "credentials: {env: hunter2}",
        "credentials: {env: {username: SHOP_USER, password: hunter2}}",
        "credentials: {env: {username: SHOP_USER, password: [hunter2]}}",
        "credentials: {files: {username: /etc/name, password: hunter2}}",
        "credentials: {secret: hunter2}",
        "credentials: {secret: {namespace: shop, name: Hunter2!hunter2}}",
        "engine: password=hunter2",
        "engine: \"PASSWORD: hunter2\"",
        "password: *hunter2",
        "password: !hunter2 x",
        "password: 'hunter2",
        "password: @hunter2"
      })
  void noMessageRepeatsAPassword(String line) {
    String text =
        "apiVersion: lockstep.dev/v1\nkind: Database\nmetadata: {name: shop}\nspec:\n  " + line;

    List<Problem> problems = Definitions.load(List.of(Source.ofText("f", text))).problems();

    assertThat(problems).isNotEmpty();
    assertThat(problems.toString()).doesNotContainIgnoringCase("hunter2").doesNotContain("ter2");
  }

  @Test
  void whatSteersATerminalOrIsHalfACharacterIsNotShown() {
    assertThat(Secrets.shown("a\u001b[2J\u202eb")).isEqualTo("`a [2J b`");
    assertThat(Secrets.shown("x".repeat(119) + "\uD83D\uDE00y"))
        .isEqualTo("`" + "x".repeat(119) + "…`");
    assertThat(Path.ROOT.field("a\nb\u001b").text()).isEqualTo("a?b?");
  }

  @Test
  void aHostMayBeCalledLikeASecret() {
    String text =
        """
        apiVersion: lockstep.dev/v1
        kind: Database
        metadata: {name: shop}
        spec: {engine: postgresql, connection: {url: "jdbc:postgresql://token:5432/shop"}}
        """;
    assertThat(Definitions.load(List.of(Source.ofText("f", text))).problems()).isEmpty();
  }

  @Test
  void valuesThatAreNoPasswordsAreShown() {
    assertThat(Secrets.shown("jdbc:mysql://localhost:3306/shop")).contains("localhost:3306");
    assertThat(Secrets.shown("a\nb")).isEqualTo("`a b`");
    assertThat(Secrets.shown("x".repeat(200))).hasSizeLessThan(130).endsWith("…`");
  }
}
