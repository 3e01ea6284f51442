/** What the benches measured, for people and for programs. */
@NullMarked
package dev.lockstep.deploy.bench.report;

import org.jspecify.annotations.NullMarked;
