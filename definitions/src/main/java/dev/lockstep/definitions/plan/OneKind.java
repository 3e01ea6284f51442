package dev.lockstep.definitions.plan;

import dev.lockstep.definitions.model.Change;

/** An answer that is the same for every change but a few, which override their method. */
abstract class OneKind<R> implements Change.Visitor<R> {
  /** The answer for every other kind. */
  abstract R otherwise();

  @Override
  public R addColumn(Change.AddColumn change) {
    return otherwise();
  }

  @Override
  public R dropColumn(Change.DropColumn change) {
    return otherwise();
  }

  @Override
  public R renameColumn(Change.RenameColumn change) {
    return otherwise();
  }

  @Override
  public R alterColumn(Change.AlterColumn change) {
    return otherwise();
  }

  @Override
  public R createIndex(Change.CreateIndex change) {
    return otherwise();
  }

  @Override
  public R dropIndex(Change.DropIndex change) {
    return otherwise();
  }

  @Override
  public R createTable(Change.CreateTable change) {
    return otherwise();
  }

  @Override
  public R dropTable(Change.DropTable change) {
    return otherwise();
  }

  @Override
  public R addConstraint(Change.AddConstraint change) {
    return otherwise();
  }

  @Override
  public R sql(Change.Sql change) {
    return otherwise();
  }
}
