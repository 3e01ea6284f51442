package dev.lockstep.definitions.model;

import java.util.Optional;

/**
 * A column to create.
 *
 * @param type as the database writes it, such as {@code varchar(80)}
 * @param defaultValue an SQL expression, without the word DEFAULT
 * @param primaryKey whether it belongs to the primary key; only {@link Change.CreateTable} uses it
 */
public record Column(
    String name,
    String type,
    boolean nullable,
    Optional<String> defaultValue,
    boolean primaryKey) {}
