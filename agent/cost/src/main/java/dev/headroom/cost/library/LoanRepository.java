package dev.headroom.cost.library;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

/** All loans. */
interface LoanRepository extends JpaRepository<Loan, Long> {
    @EntityGraph(attributePaths = "book")
    Optional<Loan> findWithBookById(long id);

    List<Loan> findTop10ByOrderByRenewalsDescIdAsc();
}
