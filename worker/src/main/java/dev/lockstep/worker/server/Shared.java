package dev.lockstep.worker.server;

import dev.lockstep.definitions.model.SecretReference;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What all routes use.
 *
 * @param secrets throws {@link SecretMissingException}
 * @param messages for the people who run the server; never with a secret
 * @param url where others reach the server, without a slash at the end
 */
record Shared(
    KnownDefinitions definitions,
    DeliveryBook book,
    EngineDoor door,
    Function<SecretReference, String> secrets,
    ControlTokens tokens,
    Metrics metrics,
    Audit audit,
    LockstepServer.Limits limits,
    Clock clock,
    Consumer<String> messages,
    String url) {}
