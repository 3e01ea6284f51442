package dev.lockstep.definitions.plan;

/** An index to build without blocking writes. */
record IndexBuild(String name, String sql, String said) {}
