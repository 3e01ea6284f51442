package dev.lockstep.definitions.check;

/**
 * What a change does to one thing of the database.
 *
 * @param path of the field that names the thing
 * @param thing such as {@code column public.customers.email}; equal for the same thing
 * @param verb such as {@code dropped}
 */
record Touch(String path, String thing, String verb) {}
