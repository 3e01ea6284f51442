package dev.lockstep.definitions.yaml;

import dev.lockstep.definitions.yaml.BadDocument.Bad;
import dev.lockstep.definitions.yaml.BadDocument.SeenBy;
import java.util.List;

/** Documents with one mistake in a trigger. */
final class BadTrigger {
  static final String GITHUB =
      """
      apiVersion: lockstep.dev/v1
      kind: Trigger
      metadata: {name: good-github}
      spec:
        run: {kind: Backup, name: of-shop}
        auth: {github: {secret: {env: WEBHOOK_SECRET}}}
        when: {event: push, branch: main}
      """;

  static final String GITLAB =
      """
      apiVersion: lockstep.dev/v1
      kind: Trigger
      metadata: {name: good-gitlab}
      spec:
        run: {kind: Backup, name: of-shop}
        auth: {gitlab: {signingToken: {file: /etc/token}}}
      """;

  static final String HMAC =
      """
      apiVersion: lockstep.dev/v1
      kind: Trigger
      metadata: {name: good-hmac}
      spec:
        run: {kind: Backup, name: of-shop}
        auth: {hmac: {header: X-Signature, secret: {file: /etc/key}, timestampHeader: X-Time}}
      """;

  private BadTrigger() {}

  static List<BadDocument> all() {
    Bad bad = new Bad(GITHUB, SeenBy.READER_AND_SCHEMA);
    Bad checked = new Bad(GITHUB, SeenBy.CHECKS);
    Bad gitlab = new Bad(GITLAB, SeenBy.READER_AND_SCHEMA);
    Bad hmac = new Bad(HMAC, SeenBy.READER_AND_SCHEMA);
    return List.of(
        bad.replace("  run: {kind: Backup, name: of-shop}\n", "").gives("FIELD_MISSING spec.run"),
        bad.replace("kind: Backup", "kind: Store").gives("KIND_UNKNOWN spec.run.kind"),
        bad.replace(", name: of-shop", "").gives("FIELD_MISSING spec.run.name"),
        bad.replace("{github: {secret: {env: WEBHOOK_SECRET}}}", "{}")
            .gives("CHOICE_WRONG spec.auth"),
        bad.replace("WEBHOOK_SECRET}}}", "A}}, bearer: {token: {env: B}}}")
            .gives("CHOICE_WRONG spec.auth"),
        bad.replace("{github: {secret: {env: WEBHOOK_SECRET}}}", "hunter2")
            .gives("VALUE_WRONG spec.auth"),
        bad.replace("{secret: {env: WEBHOOK_SECRET}}", "hunter2")
            .gives("VALUE_WRONG spec.auth.github"),
        bad.replace("{env: WEBHOOK_SECRET}", "hunter2")
            .gives("VALUE_WRONG spec.auth.github.secret"),
        bad.replace("{event: push, branch: main}", "{}").gives("CHOICE_WRONG spec.when"),
        bad.replace("event: push", "events: push").gives("FIELD_UNKNOWN spec.when.events"),
        gitlab
            .replace("{signingToken: {file", "{token: {env: A}, signingToken: {file")
            .gives("CHOICE_WRONG spec.auth.gitlab"),
        hmac.replace(", timestampHeader: X-Time", "")
            .gives("FIELD_MISSING spec.auth.hmac.timestampHeader"),
        checked.replace("of-shop", "nothing").gives("REFERENCE_UNKNOWN spec.run.name"),
        checked.replace("kind: Backup", "kind: Drill").gives("REFERENCE_UNKNOWN spec.run.name"),
        checked
            .replace("branch: main", "branch: refs/heads/main")
            .gives("VALUE_WRONG spec.when.branch"),
        bad.replace("branch: main", "body: {\"$.a\": {b: c}}")
            .gives("VALUE_WRONG spec.when.body.$.a"),
        checked
            .replace("branch: main", "body: {action: published}")
            .gives("VALUE_WRONG spec.when.body.action"),
        checked
            .replace("branch: main", "body: {\"$.action\": \"(\"}")
            .gives("VALUE_WRONG spec.when.body.$.action"),
        parameter("tag: {from: \"$.after\"}", SeenBy.READER_AND_SCHEMA)
            .gives("FIELD_MISSING spec.parameters.tag.pattern"),
        parameter("tag: {from: after, pattern: x}", SeenBy.CHECKS)
            .gives("VALUE_WRONG spec.parameters.tag.from"),
        parameter("tag: {from: \"$..after\", pattern: x}", SeenBy.CHECKS)
            .gives("VALUE_WRONG spec.parameters.tag.from"),
        parameter("tag: {from: \"$.after\", pattern: \"(\"}", SeenBy.CHECKS)
            .gives("VALUE_WRONG spec.parameters.tag.pattern"),
        parameter("Tag: {from: \"$.after\", pattern: x}", SeenBy.CHECKS)
            .gives("VALUE_WRONG spec.parameters.Tag"),
        new Bad(GITHUB, SeenBy.CHECKS)
            .replace("  when:", "  parameters: {tag: {from: \"$.after\", pattern: x}}\n  when:")
            .gives("REFERENCE_UNKNOWN spec.parameters.tag"),
        report("{}", SeenBy.READER_AND_SCHEMA).gives("CHOICE_WRONG spec.report"),
        report("{github: {token: hunter2}}", SeenBy.READER_AND_SCHEMA)
            .gives("VALUE_WRONG spec.report.github.token"),
        report("{gitlab: {token: {env: T}, api: \"http://git.example/api/v4\"}}", SeenBy.CHECKS)
            .gives("VALUE_WRONG spec.report.gitlab.api"),
        new Bad(HMAC, SeenBy.CHECKS)
            .replace("X-Time", "x-signature")
            .gives("CHOICE_WRONG spec.auth.hmac.timestampHeader"),
        new Bad(HMAC, SeenBy.CHECKS_AND_SCHEMA)
            .replace("header: X-Signature", "header: \"X Signature\"")
            .gives("VALUE_WRONG spec.auth.hmac.header"));
  }

  private static Bad parameter(String text, SeenBy seenBy) {
    return new Bad(
        GITHUB
            .replace("kind: Backup, name: of-shop", "kind: Migration, name: deploy")
            .replace("  when:", "  parameters: {" + text + "}\n  when:"),
        seenBy);
  }

  private static Bad report(String text, SeenBy seenBy) {
    return new Bad(GITHUB.replace("  when:", "  report: " + text + "\n  when:"), seenBy);
  }
}
