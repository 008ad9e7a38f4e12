package dev.headroom.demo.clinic;

import dev.headroom.demo.mode.ModeSwitch;
import dev.headroom.demo.paging.Page;
import java.net.URI;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The same routes three times: the naive way, the optimised way, and whichever the switch says. */
abstract class ClinicRoutes {
    private static final int LARGEST_PAGE = 100;

    private final Supplier<Clinic> clinic;
    private final JsonMapper json;

    ClinicRoutes(JsonMapper json, Supplier<Clinic> clinic) {
        this.json = json;
        this.clinic = clinic;
    }

    @GetMapping("/patients")
    Page<Clinic.PatientCard> patients(
            @RequestParam long tenant,
            @RequestParam(defaultValue = "0") int skip,
            @RequestParam(defaultValue = "50") int limit,
            @RequestParam @Nullable String cursor) {
        return clinic.get().patients(tenant, Math.max(0, skip), Math.min(Math.max(1, limit), LARGEST_PAGE), cursor);
    }

    @GetMapping("/patients/ids")
    List<Long> patientIds(@RequestParam long tenant) {
        return clinic.get().patientIds(tenant);
    }

    /** With {@code fields=id,name} only these. */
    @GetMapping("/patients/{id}")
    ResponseEntity<Object> patient(@PathVariable long id, @RequestParam @Nullable String fields) {
        return ResponseEntity.of(clinic.get().patient(id).map(found -> fields == null ? found : only(found, fields)));
    }

    @GetMapping("/patients/{id}/intake")
    ResponseEntity<Clinic.Intake> intake(@PathVariable long id) {
        return ResponseEntity.of(clinic.get().intake(id));
    }

    @GetMapping("/patients/batch")
    List<Clinic.Patient> patients(@RequestParam List<Long> ids) {
        return clinic.get().patients(ids);
    }

    @PostMapping("/patients")
    ResponseEntity<Void> admit(@RequestBody Clinic.NewPatient patient) {
        return ResponseEntity.created(URI.create("/patients/" + clinic.get().admit(patient)))
                .build();
    }

    @PutMapping("/patients/{id}")
    ResponseEntity<Void> changePhone(@PathVariable long id, @RequestParam String phone) {
        return clinic.get().changePhone(id, phone)
                ? ResponseEntity.noContent().build()
                : ResponseEntity.notFound().build();
    }

    @GetMapping("/dashboard/stats")
    Clinic.Stats stats(@RequestParam long tenant) {
        return clinic.get().stats(tenant);
    }

    @GetMapping("/appointments")
    List<Clinic.Appointment> appointments(@RequestParam long tenant, @RequestParam LocalDate day) {
        return clinic.get().appointments(tenant, day);
    }

    @PostMapping("/appointments")
    ResponseEntity<Void> book(@RequestBody Clinic.NewAppointment appointment) {
        return ResponseEntity.created(URI.create("/appointments/" + clinic.get().book(appointment)))
                .build();
    }

    @GetMapping("/appointments/next")
    List<Long> next(@RequestParam long tenant) {
        return clinic.get().next(tenant);
    }

    @PutMapping("/staff/{id}/presence")
    ResponseEntity<Void> arrive(@PathVariable long id) {
        clinic.get().arrive(id);
        return ResponseEntity.noContent().build();
    }

    @GetMapping("/staff/present")
    List<Long> present(@RequestParam List<Long> ids) {
        return clinic.get().present(ids);
    }

    @PostMapping("/reminders")
    int remind(@RequestBody List<Long> appointmentIds) {
        return clinic.get().remind(appointmentIds);
    }

    private Map<?, ?> only(Clinic.Patient patient, String fields) {
        Map<?, ?> all = json.convertValue(patient, Map.class);
        all.keySet().retainAll(Set.copyOf(Arrays.asList(fields.split(",", -1))));
        return all;
    }

    @RestController
    @RequestMapping("/naive")
    static class Naive extends ClinicRoutes {
        Naive(JsonMapper json, NaiveClinic clinic) {
            super(json, () -> clinic);
        }
    }

    @RestController
    @RequestMapping("/optimised")
    static class Optimised extends ClinicRoutes {
        Optimised(JsonMapper json, OptimisedClinic clinic) {
            super(json, () -> clinic);
        }
    }

    @RestController
    @RequestMapping("/api")
    static class Switched extends ClinicRoutes {
        Switched(JsonMapper json, ModeSwitch mode, NaiveClinic naive, OptimisedClinic optimised) {
            super(json, () -> mode.pick(naive, optimised));
        }
    }
}
