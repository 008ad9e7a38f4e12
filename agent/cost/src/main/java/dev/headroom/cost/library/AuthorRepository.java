package dev.headroom.cost.library;

import org.springframework.data.jpa.repository.JpaRepository;

/** All authors. */
interface AuthorRepository extends JpaRepository<Author, Long> {}
