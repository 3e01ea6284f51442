package dev.lockstep.activities.postgres.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.activities.postgres.dialect.Token.Kind;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokenizerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a+b",
        "'it''s' || \"a\"\"b\"",
        "E'\\'' || x",
        "$$a$$ || $t$ $$ $t$",
        "a -- x' \n + b",
        "/* /* ' */ */ a",
        "a->>'b' <> -1.5e-3",
        "x::numeric(10,2)[]",
        "'not closed",
        "/* not closed",
        "$t$ not closed",
        "U&\"d\\0061t\" = U&'x'",
        "\"not closed",
        "1..2",
        "a$1 $1 $"
      })
  void joinedTokensAreTheText(String sql) {
    assertThat(Tokenizer.tokens(sql).stream().map(Token::text).collect(Collectors.joining()))
        .isEqualTo(sql);
  }

  @Test
  void stringsHideWhatIsInThem() {
    assertThat(words("'a' || E'b\\'c' || $$d$$ || $x$e$$f$x$ || B'1' || g -- h\n/* i /* j */ k */"))
        .containsExactly("g");
  }

  @Test
  void quotedNamesLoseTheirQuotesAndOthersTheirCase() {
    assertThat(Tokenizer.tokens("\"A\"\"b\".Cd").stream().flatMap(t -> t.name().stream()).toList())
        .containsExactly("A\"b", "cd");
  }

  @Test
  void operatorsStopAtComments() {
    assertThat(Tokenizer.tokens("a+--b").stream().map(Token::kind))
        .containsExactly(Kind.WORD, Kind.SYMBOL, Kind.COMMENT);
  }

  private static List<String> words(String sql) {
    return Tokenizer.tokens(sql).stream()
        .filter(t -> t.kind() == Kind.WORD)
        .map(Token::text)
        .toList();
  }
}
