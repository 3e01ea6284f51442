package dev.lockstep.definitions.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.definitions.examples.Examples;
import dev.lockstep.definitions.model.Change;
import dev.lockstep.definitions.model.Column;
import dev.lockstep.definitions.model.ContractPolicy;
import dev.lockstep.definitions.model.Limits;
import dev.lockstep.definitions.model.Lookup;
import dev.lockstep.definitions.model.Migration;
import dev.lockstep.definitions.model.Rollout;
import dev.lockstep.definitions.model.Step;
import dev.lockstep.definitions.model.Trial;
import dev.lockstep.definitions.plan.Observation.Table;
import dev.lockstep.definitions.plan.Observation.TableColumn;
import dev.lockstep.definitions.plan.Observation.TableConstraint.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whole plans, compared with files. {@code -Dplans.refresh=true} writes the files anew. */
final class GoldenPlansTest {
  private static final Path FOLDER = Path.of("src/test/resources/plans");

  @Test
  void theFirstExample() throws IOException {
    Migration migration =
        Draft.fullName()
            .with(Draft.rollout(Rollout.After.EXPAND, "web", "shop-web:2"))
            .with(Draft.rollout(Rollout.After.VERIFY, "web", "shop-web:3"))
            .with(
                new ContractPolicy(
                    ContractPolicy.Approval.NONE, Duration.ofHours(24), Optional.of("shop-web/1%")))
            .build();
    compare("full-name", migration, TableSketch.customers());
  }

  @Test
  void theSameHiddenOnTrial() throws IOException {
    Migration migration =
        Draft.fullName()
            .with(
                new ContractPolicy(
                        ContractPolicy.Approval.NONE,
                        Duration.ofHours(24),
                        Optional.of("shop-web/1%"))
                    .with(Optional.of(Trial.DEFAULT)))
            .build();
    compare("full-name-on-trial", migration, TableSketch.customers());
  }

  @Test
  void aRenameWithEverythingThatHangsOnTheColumn() throws IOException {
    TableSketch table =
        TableSketch.table("customers")
            .column(
                new TableColumn(
                    "mail",
                    "text",
                    false,
                    Optional.of("''::text"),
                    false,
                    Optional.of("where bills go"),
                    List.of("SELECT TO reporting"),
                    Optional.of("\"C\""),
                    false))
            .index("mail", false, Optional.empty())
            .index("mail", true, Optional.of("customers_mail_key"))
            .with("customers_mail_key", Kind.UNIQUE, "UNIQUE (mail)", "mail")
            .with("mail_has_at", Kind.CHECK, "CHECK (mail LIKE '%@%')", "mail");
    compare("rename", Draft.of(Draft.rename("mail", "email")).build(), table);
  }

  @Test
  void anotherTypeUnderTheSameName() throws IOException {
    Change alter =
        new Change.AlterColumn(
            "customers",
            "age",
            Optional.of("text"),
            Optional.of(false),
            Optional.of("coalesce(age::text, '')"),
            Optional.of("nullif(age, '')::integer"));
    Change drop = Draft.drop("first_name", "split_part(last_name, age, 1)");
    compare("alter-type", Draft.of(alter, drop).build(), TableSketch.customers());
  }

  @Test
  void aTableWithPartitions() throws IOException {
    TableSketch table =
        TableSketch.customers()
            .divided("age", 12)
            .index("email", false, Optional.empty())
            .index(
                new Observation.Index(
                    "customers_last_name_idx",
                    List.of("last_name"),
                    false,
                    true,
                    "CREATE INDEX customers_last_name_idx ON ONLY customers (last_name)",
                    Optional.empty()));
    Migration migration =
        Draft.of(
                Draft.add("full_name", "text", false, "first_name || ' ' || last_name"),
                Draft.drop("first_name", "split_part(full_name, ' ', 1)"),
                Draft.rename("last_name", "surname"),
                Draft.index("customers_full_name_idx", false, "full_name"),
                new Change.DropIndex("customers", "customers_email_idx"))
            .build();
    compare("partitions", migration, table);
  }

  @Test
  void stepsInTheOrderOfTheAuthor() throws IOException {
    Migration migration =
        Draft.steps(
                new Step.Apply(Draft.plain("tier", "text", Optional.of("'basic'"))),
                new Step.Backfill("customers", "tier", "'gold'", "age > 60 AND tier = 'basic'"),
                new Step.Verify("no-empty-tier", "select count(*) from customers", "0"),
                new Step.Apply(Draft.add("full_name", "text", false, "first_name")),
                new Step.RollOut(Draft.rollout(Rollout.After.EXPAND, "web", "shop-web:2")),
                new Step.Apply(Draft.drop("first_name", "full_name")),
                new Step.Approve("look"),
                new Step.Wait(Duration.ofMinutes(5)),
                new Step.Apply(Draft.rename("email", "mail")))
            .build();
    compare("steps", migration, TableSketch.customers());
  }

  @Test
  void aColumnThatFollowsAnotherTable() throws IOException {
    Change surname =
        new Change.AddColumn(
            "orders",
            new Column("surname", "varchar(40)", false, Optional.of("'?'"), false),
            Optional.empty(),
            Optional.of(
                new Lookup(
                    "customers",
                    new TreeMap<>(Map.of("customer_id", "id")),
                    "upper(last_name)",
                    true)));
    Change drop = new Change.DropColumn("orders", "note", Optional.of("'none'"));
    compare("lookup", Draft.of(surname, drop).build(), LookupTest.orders(), LookupTest.customers());
  }

  @Test
  void severalTablesAtATime() throws IOException {
    Migration migration =
        Draft.of(
                Draft.add("full_name", "text", false, "first_name || ' ' || last_name"),
                new Change.AddColumn(
                    "orders",
                    new Column("remark", "text", false, Optional.empty(), false),
                    Optional.of("coalesce(note, '')")))
            .with(Limits.DEFAULT.withTables(2))
            .build();
    compare("tables", migration, TableSketch.customers(), LookupTest.orders().rows(5_000_000));
  }

  @Test
  void whatIsDroppedIsKeptBeforeAnythingIs() throws IOException {
    Migration migration = Examples.named("31-restore-point.yaml").migration();
    Planning planning = KeptPlans.plan(migration, KeptPlans.keeping(), KeptPlans.shop());
    compare("31-restore-point", planning);
  }

  private static void compare(String name, Migration migration, TableSketch... tables)
      throws IOException {
    Table[] built = Stream.of(tables).map(TableSketch::build).toArray(Table[]::new);
    compare(name, new PretendServer(built).plan(migration));
  }

  private static void compare(String name, Planning planning) throws IOException {
    assertThat(planning.problems()).isEmpty();
    String text = PlanPrint.of(planning.plan().orElseThrow());
    Path file = FOLDER.resolve(name + ".txt");
    if (Boolean.getBoolean("plans.refresh")) {
      Files.createDirectories(FOLDER);
      Files.writeString(file, text);
    }
    assertThat(text).isEqualTo(Files.readString(file));
  }
}
