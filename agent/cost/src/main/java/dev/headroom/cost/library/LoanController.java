package dev.headroom.cost.library;

import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Loans, and renewing one in a transaction. */
@RestController
@RequestMapping("/loans")
class LoanController {
    private final LoanRepository loans;

    LoanController(LoanRepository loans) {
        this.loans = loans;
    }

    /** A loan as it is shown. */
    record Shown(String member, String title, int renewals) {}

    /** How often a member came back. */
    record Renewed(String member, int renewals) {}

    @GetMapping("/{id}")
    Shown one(@PathVariable long id) {
        Loan loan = withBook(id);
        return new Shown(loan.getMember(), loan.getBook().getTitle(), loan.getRenewals());
    }

    @PostMapping("/{id}/renewals")
    @Transactional
    public Renewed renew(@PathVariable long id) {
        Loan loan = withBook(id);
        loan.renew();
        return new Renewed(loan.getMember(), loan.getRenewals());
    }

    @GetMapping("/most-renewed")
    List<Renewed> mostRenewed() {
        return loans.findTop10ByOrderByRenewalsDescIdAsc().stream()
                .map(loan -> new Renewed(loan.getMember(), loan.getRenewals()))
                .toList();
    }

    private Loan withBook(long id) {
        return loans.findWithBookById(id)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND, "no loan " + id));
    }
}
