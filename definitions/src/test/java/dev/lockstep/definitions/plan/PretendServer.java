package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.lint.Lint;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.plan.Observation.Judgement;
import dev.lockstep.definitions.plan.Observation.Server;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Questions.Conversion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers questions as a server would, by looking at words: an expression with {@code nonsense} is
 * wrong, one with {@code random} is not immutable, a word that is a column is used, and a type that
 * begins with {@code checked_} is a domain with constraints.
 */
public final class PretendServer {
  private static final Pattern TYPE = Pattern.compile("CAST\\(NULL AS (.*)\\)");

  private static final Pattern WORD = Pattern.compile("[a-z_][a-z0-9_]*");

  private final List<Table> tables;
  private Server server = new Server(180006, "lockstep", true, false, 0);
  private List<TableName> relations = List.of();

  /** A server of version 18 with these tables. */
  public PretendServer(Table... tables) {
    this.tables = List.of(tables);
  }

  /** With another version or other privileges. */
  public PretendServer like(Server other) {
    this.server = other;
    return this;
  }

  /** With names that are taken. */
  public PretendServer taken(String... names) {
    this.relations = List.of(names).stream().map(TableName::parse).toList();
    return this;
  }

  /** What it answers to the questions of the migration. */
  public Observation observe(Migration migration) {
    Questions questions = PlanQuestions.of(migration);
    return new Observation(
        server,
        tables.stream().filter(t -> questions.tables().contains(t.name())).toList(),
        questions.expressions().stream().map(this::judge).toList(),
        questions.workloads().stream()
            .filter(w -> !w.name().equals("ghost"))
            .map(w -> new Observation.Workload(w, 2, new TreeMap<>(Map.of("web", "old"))))
            .toList(),
        relations.stream().filter(questions.relations()::contains).toList(),
        List.of(new Observation.Schema("public", true), new Observation.Schema("locked", false)));
  }

  /** Plans against what it answers. */
  public Planning plan(Migration migration) {
    return Planner.plan(migration, observe(migration), new PlainDialect(), Lint.rules());
  }

  private Judgement judge(Questions.Expression asked) {
    boolean cast = asked.into().filter(i -> i.conversion() == Conversion.CAST).isPresent();
    String sql = asked.sql().replace("\"", "");
    Matcher typeAlone = TYPE.matcher(asked.sql());
    if (typeAlone.matches()) {
      return ofType(asked, TypeSpelling.of(typeAlone.group(1)));
    }
    String type = typeOf(asked, sql);
    String qualified = cast ? "CAST(" + sql + " AS " + type + ")" : sql;
    if (sql.contains("nonsense")) {
      Optional<String> error = Optional.of("syntax error at or near \"nonsense\"");
      return new Judgement(asked.id(), error, "", false, List.of(), "");
    }
    return new Judgement(
        asked.id(), Optional.empty(), type, !sql.contains("random"), columns(asked), qualified);
  }

  private static Judgement ofType(Questions.Expression asked, String type) {
    Optional<String> error =
        Optional.of("type \"nonsense\" does not exist").filter(e -> type.contains("nonsense"));
    return new Judgement(
        asked.id(), error, type, !type.startsWith("checked_"), List.of(), asked.sql());
  }

  /** A column alone has its own type; of everything else it is that of the place it goes to. */
  private String typeOf(Questions.Expression asked, String sql) {
    boolean assigned =
        asked.into().filter(i -> i.conversion() == Conversion.ASSIGNMENT).isPresent();
    return table(asked.table())
        .flatMap(t -> t.column(sql))
        .filter(c -> assigned)
        .map(Observation.TableColumn::type)
        .or(() -> asked.into().flatMap(i -> i.type().or(() -> old(asked))))
        .orElse("text");
  }

  private Optional<String> old(Questions.Expression asked) {
    return asked
        .into()
        .flatMap(Questions.Into::like)
        .flatMap(c -> table(asked.table()).flatMap(t -> t.column(c)))
        .map(Observation.TableColumn::type);
  }

  private List<String> columns(Questions.Expression asked) {
    List<String> known =
        new ArrayList<>(asked.given().stream().map(Questions.Given::name).toList());
    table(asked.table()).ifPresent(t -> t.columns().forEach(c -> known.add(c.name())));
    TreeSet<String> used = new TreeSet<>();
    Matcher words = WORD.matcher(asked.sql().replaceAll("'[^']*'", ""));
    while (words.find()) {
      if (known.contains(words.group())) {
        used.add(words.group());
      }
    }
    return List.copyOf(used);
  }

  private Optional<Table> table(TableName name) {
    return tables.stream().filter(t -> t.name().equals(name)).findFirst();
  }
}
