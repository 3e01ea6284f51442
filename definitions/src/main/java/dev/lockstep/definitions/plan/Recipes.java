package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.check.PlacedChange;
import dev.lockstep.definitions.model.Change;

/** The recipe of each change. */
final class Recipes implements Change.Visitor<Recipe> {
  private final Ground ground;
  private final PlacedChange placed;

  private Recipes(Ground ground, PlacedChange placed) {
    this.ground = ground;
    this.placed = placed;
  }

  static Recipe of(Ground ground, PlacedChange placed) {
    return placed.change().accept(new Recipes(ground, placed));
  }

  @Override
  public Recipe addColumn(Change.AddColumn change) {
    return new AddColumnRecipe(ground, placed, change);
  }

  @Override
  public Recipe dropColumn(Change.DropColumn change) {
    return new DropColumnRecipe(ground, placed, change);
  }

  @Override
  public Recipe renameColumn(Change.RenameColumn change) {
    return new RenameColumnRecipe(ground, placed, change);
  }

  @Override
  public Recipe alterColumn(Change.AlterColumn change) {
    return new AlterColumnRecipe(ground, placed, change);
  }

  @Override
  public Recipe createIndex(Change.CreateIndex change) {
    return new CreateIndexRecipe(ground, placed, change);
  }

  @Override
  public Recipe dropIndex(Change.DropIndex change) {
    return new DropIndexRecipe(ground, placed, change);
  }

  @Override
  public Recipe createTable(Change.CreateTable change) {
    return new CreateTableRecipe(ground, placed, change);
  }

  @Override
  public Recipe dropTable(Change.DropTable change) {
    return new DropTableRecipe(ground, placed, change);
  }

  @Override
  public Recipe addConstraint(Change.AddConstraint change) {
    return new AddConstraintRecipe(ground, placed, change);
  }

  @Override
  public Recipe sql(Change.Sql change) {
    return new SqlRecipe(ground, placed, change);
  }
}
