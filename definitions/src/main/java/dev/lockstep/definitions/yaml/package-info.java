/**
 * The written form of definitions: reader, writer and JSON Schema, all three from one table of
 * fields (the classes named {@code …Table}). The only package that knows a YAML or JSON library.
 */
@NullMarked
package dev.lockstep.definitions.yaml;

import org.jspecify.annotations.NullMarked;
