/**
 * Who may do what: tokens of agents and programs, people with passwords or an OpenID provider, what each role is let do, and how
 * often. Knows the settings' store and how OTLP refuses; no page and no API depends on more of it than {@link Caller}.
 */
@NullMarked
package dev.headroom.dashboard.access;

import org.jspecify.annotations.NullMarked;
