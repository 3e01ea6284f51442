package dev.lockstep.deploy.bench.rivals;

import java.util.Optional;

/**
 * When the parts of a change were done.
 *
 * @param backfill by the tool's own report, where it makes one; else the command that starts the
 *     change, which does little beside
 * @param verification absent: it does not compare
 * @param whole from the start of the first command to the end of the last
 */
record Done(Span backfill, Optional<Span> verification, Span whole) {}
