package dev.lockstep.activities.dump.mysql;

import dev.lockstep.activities.connection.Address;
import dev.lockstep.activities.connection.Databases;
import dev.lockstep.activities.connection.Login;
import dev.lockstep.activities.dump.place.Place;
import dev.lockstep.activities.dump.place.Program;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Connection;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Dump;
import dev.lockstep.definitions.model.Engine;
import dev.lockstep.workflows.fault.FaultCode;
import dev.lockstep.workflows.fault.Faults;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The programs of one product for one database. The password goes by {@code MYSQL_PWD}: option
 * files would have to be on a disk, and standard input is what a load reads.
 */
final class Client {
  static final String MYDUMPER = "mydumper";
  static final String MYLOADER = "myloader";

  private final Database database;
  private final Address address;
  private final Login login;
  private final String folder;

  private Client(Database database, Address address, Login login, String folder) {
    this.database = database;
    this.address = address;
    this.login = login;
    this.folder = folder;
  }

  /**
   * Of a database.
   *
   * @param folder of the worker's programs
   */
  static Client of(Databases databases, Database database, Backup backup, Optional<String> folder) {
    Login login = databases.login(database);
    return backup.dump().through() == Dump.Through.CLIENT
        ? new Client(
            database, databases.endpoint(database), login, folder.map(f -> f + "/").orElse(""))
        : new Client(
            database, database.connection().accept(new InCluster(databases, database)), login, "");
  }

  /** What dumps. */
  String dumpProgram() {
    return database.engine() == Engine.MARIADB ? "mariadb-dump" : "mysqldump";
  }

  /** What loads. */
  String loadProgram() {
    return database.engine() == Engine.MARIADB ? "mariadb" : "mysql";
  }

  String databaseName() {
    return address.database();
  }

  /**
   * Asks a program for its version.
   *
   * @throws ApplicationFailure {@code CLIENT_UNFIT} where it is not there
   */
  ClientVersion version(Place place, String name) {
    return ClientVersion.parse(said(place, List.of(), name));
  }

  /** What a program says of itself, started by something that comes before it. */
  String said(Place place, List<String> start, String name) {
    List<String> command = new ArrayList<>(start);
    command.addAll(List.of(folder + name, "--version"));
    Program program =
        new Program(
            name + " --version",
            command,
            new TreeMap<>(),
            Optional.empty(),
            FaultCode.CLIENT_UNFIT);
    try {
      return place.ask(program);
    } catch (IOException e) {
      if (e.getCause() instanceof ApplicationFailure failure) {
        throw failure;
      }
      throw Faults.failure(
          FaultCode.CLIENT_UNFIT, name + " at " + place.name() + " says nothing", "");
    }
  }

  /** A dump. */
  Program dump(DumpArguments arguments) {
    return program(dumpProgram(), arguments.words(address.database()), FaultCode.DUMP_FAILED);
  }

  /**
   * A load from its standard input. The client's own commands in it are off, such as one that would
   * start a shell.
   *
   * @param named whether it goes into the database of the address, or names its own
   */
  Program load(Optional<String> named) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--binary-mode",
                "--batch",
                "--default-character-set=utf8mb4",
                "--max-allowed-packet=1G"));
    named.ifPresent(name -> words.add("--database=" + name));
    return program(loadProgram(), words, FaultCode.LOAD_FAILED);
  }

  private Program program(String name, List<String> words, FaultCode fault) {
    return program(List.of(folder + name, "--no-defaults", "--protocol=TCP"), name, words, fault);
  }

  /**
   * mydumper, which takes the password as the product's own programs do.
   *
   * @param start what comes before it
   */
  Program mydumper(List<String> start, List<String> words) {
    return foreign(start, MYDUMPER, words, FaultCode.DUMP_FAILED);
  }

  /** The same of myloader. */
  Program myloader(List<String> start, List<String> words) {
    return foreign(start, MYLOADER, words, FaultCode.LOAD_FAILED);
  }

  private Program foreign(List<String> start, String name, List<String> words, FaultCode fault) {
    List<String> first = new ArrayList<>(start);
    first.addAll(List.of(folder + name, "--protocol=tcp"));
    return program(first, name, words, fault);
  }

  private Program program(List<String> first, String name, List<String> words, FaultCode fault) {
    List<String> command = new ArrayList<>(first);
    command.add("--host=" + address.host());
    command.add("--port=" + address.port());
    login.username().ifPresent(user -> command.add("--user=" + user));
    command.addAll(words);
    SortedMap<String, String> environment = new TreeMap<>();
    login.password().ifPresent(password -> environment.put("MYSQL_PWD", password));
    return new Program(
        name + " of " + database.name(), command, environment, Optional.empty(), fault);
  }

  /** A Service by its name in the cluster, whatever leads to it from the worker. */
  private record InCluster(Databases databases, Database database)
      implements Connection.Visitor<Address> {
    @Override
    public Address url(Connection.Url url) {
      return databases.endpoint(database);
    }

    @Override
    public Address service(Connection.Service service) {
      return new Address(
          service.name() + "." + service.namespace() + ".svc", service.port(), service.database());
    }

    @Override
    public Address folder(Connection.Folder folder) {
      return databases.endpoint(database);
    }
  }
}
