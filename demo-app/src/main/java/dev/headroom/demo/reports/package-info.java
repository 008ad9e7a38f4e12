/**
 * Reports on a small pool of their own, whose connections are kept while the report is rendered.
 */
@NullMarked
package dev.headroom.demo.reports;

import org.jspecify.annotations.NullMarked;
