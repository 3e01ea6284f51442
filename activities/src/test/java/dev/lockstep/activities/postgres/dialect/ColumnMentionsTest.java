package dev.lockstep.activities.postgres.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ColumnMentionsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a || ' a ' || b ~ X || ' a ' || b",
        "A + \"a\" + \"A\" ~ X + X + \"A\"",
        "t.a + s.t.a ~ X + X",
        "(t.a).a + (a).a ~ (X).a + (X).a",
        "a(a) + s.a(a) ~ a(X) + s.a(X)",
        "b::a + a::text::a ~ b::a + X::text::a",
        "cast(a as a) ~ cast(X as a)",
        "a 'x' || a ~ a 'x' || X",
        "extract(a from a) ~ extract(a from X)",
        "f(a => a) ~ f(a => X)",
        "b collate a ~ b collate a",
        "case when a then a else a end ~ case when X then X else X end",
        "a is distinct from a and not a ~ X is distinct from X and not X",
        "b at time zone a ~ b at time zone X",
        "a[a] + a[a:a] ~ X[X] + X[X:X]",
        "a -- a ~ X -- a",
        "/* a */ a in (a, a) ~ /* a */ X in (X, X)",
        "b a_ops ~ b a_ops",
        "a like a escape a ~ X like X escape X",
        "a->>'a' ~ X->>'a'",
        "trim(both a from a) ~ trim(both X from X)",
        "b between a and a ~ b between X and X",
        "$$a$$ || a ~ $$a$$ || X",
        "- a ~ - X",
        "a operator(public.||) a ~ X operator(public.||) X",
        "(a) OPERATOR( public . - ) (a) ~ (X) OPERATOR( public . - ) (X)",
        "operator(public.@) a ~ operator(public.@) X",
        "a ~ X"
      })
  void onlyColumnsAreReplaced(String sql, String expected) {
    assertThat(ColumnMentions.replace(sql, Map.of("a", "X"))).isEqualTo(expected);
  }
}
