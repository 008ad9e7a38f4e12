/** A small ordinary Spring Boot application, Spring MVC, JPA and H2 in memory, that knows nothing of agents. */
@NullMarked
package dev.headroom.cost.library;

import org.jspecify.annotations.NullMarked;
