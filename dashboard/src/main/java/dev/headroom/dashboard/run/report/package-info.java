/**
 * The same result as HTML, JUnit XML, Markdown and text. Knows the result's record and nothing else: the command line writes reports
 * without a dashboard.
 */
@NullMarked
package dev.headroom.dashboard.run.report;

import org.jspecify.annotations.NullMarked;
