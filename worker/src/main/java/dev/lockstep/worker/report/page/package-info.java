/** Reports as readers see them: one page of sections, tables and charts, in HTML or Markdown. */
@NullMarked
package dev.lockstep.worker.report.page;

import org.jspecify.annotations.NullMarked;
