package dev.lockstep.worker.engine;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lockstep.definitions.model.Backup;
import dev.lockstep.definitions.model.Database;
import dev.lockstep.definitions.model.Definition;
import dev.lockstep.definitions.model.Store;
import dev.lockstep.definitions.model.Subject;
import dev.lockstep.definitions.yaml.DefinitionWriter;
import dev.lockstep.definitions.yaml.Definitions;
import dev.lockstep.workflows.wire.Wire;
import java.util.List;

/** The input of a run that brings its definition. */
public final class RunInput {
  private RunInput() {}

  /** A definition that can be run, with everything that it may refer to. */
  public static ObjectNode of(Definitions definitions, Definition chosen) {
    ObjectNode request = Wire.mapper().createObjectNode();
    request.set("definition", DefinitionWriter.toJson(chosen));
    others(request, "databases", definitions, Database.class, chosen);
    others(request, "stores", definitions, Store.class, chosen);
    others(request, "backups", definitions, Backup.class, chosen);
    notifications(request, definitions, chosen);
    return request;
  }

  /** Those about the chosen one; what else they are about need not be there. */
  private static void notifications(
      ObjectNode request, Definitions definitions, Definition chosen) {
    Subject subject = Subject.of(chosen);
    ArrayNode found = Wire.mapper().createArrayNode();
    definitions.notifications().stream()
        .filter(one -> one.concerns(subject))
        .forEach(one -> found.add(DefinitionWriter.toJson(one.about(List.of()))));
    if (!found.isEmpty()) {
      request.set("notifications", found);
    }
  }

  private static void others(
      ObjectNode request,
      String field,
      Definitions definitions,
      Class<? extends Definition> type,
      Definition chosen) {
    ArrayNode found = Wire.mapper().createArrayNode();
    definitions.all().stream()
        .filter(definition -> type.isInstance(definition) && definition != chosen)
        .forEach(definition -> found.add(DefinitionWriter.toJson(definition)));
    if (!found.isEmpty()) {
      request.set(field, found);
    }
  }
}
