package dev.headroom.demo.petcare;

import dev.headroom.demo.mode.ModeSwitch;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClientException;

/** The same routes three times: the naive way, the optimised way, and whichever the switch says. */
abstract class PetRoutes {
    private final Supplier<PetCare> care;

    PetRoutes(Supplier<PetCare> care) {
        this.care = care;
    }

    @GetMapping("/users/{id}/pets")
    List<PetCare.PetWithMedicines> petsOf(@PathVariable long id) {
        return care.get().petsOf(id);
    }

    @GetMapping("/pets/{id}")
    ResponseEntity<PetCare.Pet> pet(@PathVariable long id) {
        return ResponseEntity.of(care.get().pet(id));
    }

    @GetMapping("/pets")
    List<PetCare.Pet> pets(@RequestParam List<Long> ids) {
        return care.get().pets(ids);
    }

    @GetMapping("/pets/{id}/records")
    List<PetCare.HealthRecord> records(@PathVariable long id, @RequestParam LocalDate month) {
        return care.get().records(id, month);
    }

    @GetMapping("/pets/{id}/statistics")
    PetCare.Statistics statistics(@PathVariable long id) {
        return care.get().statistics(id);
    }

    @GetMapping("/pets/{id}/appointments")
    List<PetCare.Appointment> upcoming(@PathVariable long id) {
        return care.get().upcoming(id);
    }

    @PostMapping("/medications/{id}/logs")
    int log(@PathVariable long id, @RequestParam(defaultValue = "20") int times) {
        return care.get().logMedicines(id, Math.min(times, 100));
    }

    @PostMapping("/reminders")
    int remind(@RequestBody List<Long> appointmentIds) {
        return care.get().markReminded(appointmentIds);
    }

    @PutMapping("/pets/{id}")
    ResponseEntity<Void> rename(@PathVariable long id, @RequestParam String name) {
        return care.get().rename(id, name)
                ? ResponseEntity.noContent().build()
                : ResponseEntity.notFound().build();
    }

    @PostMapping("/pets/{id}/referrals")
    ResponseEntity<PetCare.VetClinic> refer(@PathVariable long id, @RequestParam String location) {
        return ResponseEntity.of(care.get().refer(id, location));
    }

    @PostMapping("/pets/{id}/views")
    long viewed(@PathVariable long id) {
        return care.get().viewed(id);
    }

    @GetMapping("/vet-clinics")
    List<PetCare.VetClinic> clinics(@RequestParam String location) {
        return care.get().clinics(location);
    }

    @GetMapping("/vet-clinics/around")
    List<PetCare.VetClinic> clinicsAround(@RequestParam List<String> locations) {
        return care.get().clinicsAround(locations);
    }

    @ExceptionHandler
    ResponseEntity<String> directorySilent(RestClientException silent) {
        return ResponseEntity.status(503).body("The directory of clinics does not answer. Try again later.");
    }

    @RestController
    @RequestMapping("/naive")
    static class Naive extends PetRoutes {
        Naive(NaivePetCare care) {
            super(() -> care);
        }
    }

    @RestController
    @RequestMapping("/optimised")
    static class Optimised extends PetRoutes {
        Optimised(OptimisedPetCare care) {
            super(() -> care);
        }
    }

    @RestController
    @RequestMapping("/api")
    static class Switched extends PetRoutes {
        Switched(ModeSwitch mode, NaivePetCare naive, OptimisedPetCare optimised) {
            super(() -> mode.pick(naive, optimised));
        }
    }
}
