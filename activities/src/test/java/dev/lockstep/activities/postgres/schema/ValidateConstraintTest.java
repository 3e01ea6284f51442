package dev.lockstep.activities.postgres.schema;

import static dev.lockstep.activities.postgres.schema.SchemaFixture.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.TestServer;
import dev.lockstep.definitions.plan.Action;
import dev.lockstep.workflows.contract.StepOutcome;
import io.temporal.failure.ApplicationFailure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ValidateConstraintTest {
  private static final Action.Validate VALIDATE =
      new Action.Validate(
          ORDERS,
          "amount_positive",
          "ALTER TABLE public.orders VALIDATE CONSTRAINT amount_positive");

  private final SchemaFixture fixture = new SchemaFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void provenTwiceIsProvenOnce() {
    add("CHECK (amount > 0)");

    StepOutcome first = fixture.activities.validateConstraint(fixture.scope("proof"), VALIDATE);
    StepOutcome second = fixture.activities.validateConstraint(fixture.scope("proof"), VALIDATE);

    assertThat(first.alreadyDone()).isFalse();
    assertThat(second.alreadyDone()).isTrue();
    assertThat(valid()).isTrue();
  }

  @Test
  void aProvenConstraintIsOnlyNoted() {
    TestServer.execute(
        fixture.database, "ALTER TABLE orders ADD CONSTRAINT amount_positive CHECK (amount > 0)");

    assertThat(
            fixture.activities.validateConstraint(fixture.scope("proof"), VALIDATE).alreadyDone())
        .isFalse();
    assertThat(fixture.value("SELECT state FROM lockstep.steps")).contains("DONE");
  }

  @Test
  void timeLimitsOfTheRoleDoNotCutAProof() {
    String settings = "ALTER DATABASE " + fixture.database.name() + " SET ";
    TestServer.execute(
        fixture.database,
        "CREATE FUNCTION slow(integer) RETURNS integer LANGUAGE plpgsql IMMUTABLE AS"
            + " $$ BEGIN PERFORM pg_sleep(0.002); RETURN $1; END $$");
    add("CHECK (public.slow(amount) > 0)");
    TestServer.execute(
        fixture.database,
        settings + "statement_timeout = 1500",
        settings + "transaction_timeout = 1600");

    try (Databases limited = TestServer.databases()) {
      new PostgresSchemaActivities(limited, () -> fixture.reporter)
          .validateConstraint(fixture.scope("proof"), VALIDATE);
    }

    assertThat(valid()).isTrue();
  }

  @Test
  void rowsThatBreakItAreCountedNotShown() {
    add("CHECK (amount > 3)");

    ApplicationFailure failure = failure();

    assertThat(failure.getType()).isEqualTo("ROW_REFUSED");
    assertThat(failure.getOriginalMessage())
        .startsWith("3 rows of orders break amount_positive CHECK ((amount > 3)) NOT VALID: ")
        .doesNotContain("c1");
    assertThat(valid()).isFalse();
    assertThat(fixture.count("SELECT count(*) FROM lockstep.steps")).isZero();
  }

  @Test
  void aCheckOfAPartitionedTableIsProvenPartitionByPartition() {
    TestServer.execute(
        fixture.database,
        "DROP TABLE orders",
        "CREATE TABLE orders (id bigint, amount integer) PARTITION BY LIST (id)",
        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES IN (1)",
        "CREATE TABLE orders_2 PARTITION OF orders DEFAULT PARTITION BY LIST (id)",
        "CREATE TABLE orders_2a PARTITION OF orders_2 DEFAULT",
        "INSERT INTO orders VALUES (1, 1), (2, -1)");
    add("CHECK (amount > 0)");
    String proven =
        "SELECT string_agg(conrelid::regclass::text, ',' ORDER BY 1) FROM pg_constraint"
            + " WHERE conname = 'amount_positive' AND convalidated";

    assertThat(failure().getOriginalMessage()).startsWith("1 row of orders break amount_positive");
    assertThat(fixture.value(proven)).contains("orders_1");

    TestServer.execute(fixture.database, "UPDATE orders SET amount = 2 WHERE id = 2");
    fixture.activities.validateConstraint(fixture.scope("proof"), VALIDATE);
    assertThat(fixture.value(proven).orElse("").split(",")).hasSize(4);
  }

  @Test
  void rowsWithoutPartnerBreakAForeignKey() {
    TestServer.execute(fixture.database, "CREATE TABLE customers (name text PRIMARY KEY)");
    add("FOREIGN KEY (customer) REFERENCES customers (name)");

    assertThat(failure().getOriginalMessage())
        .startsWith("some rows of orders break amount_positive FOREIGN KEY");
  }

  @Test
  void aConstraintThatIsGoneIsAConflict() {
    assertThat(failure().getType()).isEqualTo("OBJECT_UNEXPECTED");
  }

  private ApplicationFailure failure() {
    return catchThrowableOfType(
        ApplicationFailure.class,
        () -> fixture.activities.validateConstraint(fixture.scope("proof"), VALIDATE));
  }

  private void add(String constraint) {
    TestServer.execute(
        fixture.database,
        "ALTER TABLE orders ADD CONSTRAINT amount_positive " + constraint + " NOT VALID");
  }

  private boolean valid() {
    return fixture.count(
            "SELECT count(*) FROM pg_constraint WHERE conname = 'amount_positive' AND convalidated")
        == 1;
  }
}
