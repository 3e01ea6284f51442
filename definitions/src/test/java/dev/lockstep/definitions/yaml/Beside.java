package dev.lockstep.definitions.yaml;

/** Definitions without a mistake, which documents with one refer to. */
final class Beside {
  /**
   * A database by its URL, another one, one by its Service, one of MySQL; stores, backups, a
   * migration.
   */
  static final String TEXT =
      BadDocument.DATABASE
          + """
          ---
          apiVersion: lockstep.dev/v1
          kind: Database
          metadata: {name: copy}
          spec:
            engine: postgresql
            connection: {url: "jdbc:postgresql://localhost:5432/copy"}
          ---
          apiVersion: lockstep.dev/v1
          kind: Database
          metadata: {name: alias}
          spec:
            engine: postgresql
            connection: {url: "jdbc:postgresql://localhost:5432/shop"}
          ---
          apiVersion: lockstep.dev/v1
          kind: Database
          metadata: {name: cluster}
          spec:
            engine: postgresql
            connection: {service: {namespace: shop, name: postgres}, database: shop}
          ---
          apiVersion: lockstep.dev/v1
          kind: Database
          metadata: {name: ledger}
          spec:
            engine: mysql
            connection: {url: "jdbc:mysql://localhost/ledger"}
          ---
          apiVersion: lockstep.dev/v1
          kind: Store
          metadata: {name: safe}
          spec: {filesystem: {path: /var/backups}}
          ---
          apiVersion: lockstep.dev/v1
          kind: Backup
          metadata: {name: of-shop}
          spec: {database: shop, store: safe, method: dump, only: {tables: [orders, audit.log]}}
          ---
          apiVersion: lockstep.dev/v1
          kind: Backup
          metadata: {name: of-shop-as-sql}
          spec: {database: shop, store: safe, method: dump, dump: {format: plain}}
          ---
          apiVersion: lockstep.dev/v1
          kind: Backup
          metadata: {name: of-cluster}
          spec: {database: cluster, store: safe, method: dump, dump: {through: exec}}
          ---
          apiVersion: lockstep.dev/v1
          kind: Backup
          metadata: {name: of-files}
          spec: {database: shop, store: safe, method: dump, dump: {format: physical, scope: server}}
          ---
          apiVersion: lockstep.dev/v1
          kind: Backup
          metadata: {name: of-cluster-files}
          spec: {database: cluster, store: safe, method: dump, dump: {format: physical, scope: server}}
          ---
          apiVersion: lockstep.dev/v1
          kind: Backup
          metadata: {name: of-server}
          spec: {database: cluster, store: safe, method: dump, dump: {scope: server}}
          ---
          apiVersion: lockstep.dev/v1
          kind: Backup
          metadata: {name: of-ledger}
          spec: {database: ledger, store: safe, method: dump}
          ---
          apiVersion: lockstep.dev/v1
          kind: Migration
          metadata: {name: deploy}
          spec:
            database: shop
            changes:
              - addColumn: {table: orders, column: {name: note, type: text}}
            rollouts:
              - after: expand
                workload: {kind: Deployment, namespace: shop, name: web}
                containers: {web: {image: "web:${tag}"}}
          """;

  private Beside() {}
}
