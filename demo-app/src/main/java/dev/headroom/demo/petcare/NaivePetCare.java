package dev.headroom.demo.petcare;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** As before the guide: no index, no cache, a statement for every row, sums made in Java. */
@Component
class NaivePetCare implements PetCare {
    private static final String PET = "SELECT id, user_id, name, species FROM petcare_naive.pet ";

    private final ConcurrentMap<Long, Long> views = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final ClinicDirectory directory;

    NaivePetCare(JdbcClient jdbc, ClinicDirectory directory) {
        this.jdbc = jdbc;
        this.directory = directory;
    }

    @Override
    public List<PetWithMedicines> petsOf(long userId) {
        return jdbc.sql(PET + "WHERE user_id = ?").param(userId).query(Pet.class).list().stream()
                .map(pet -> new PetWithMedicines(pet, medicines(pet.id())))
                .toList();
    }

    @Override
    public Optional<Pet> pet(long id) {
        // planted: n-plus-one GET /naive/pets
        return jdbc.sql(PET + "WHERE id = ?").param(id).query(Pet.class).optional();
    }

    @Override
    public List<Pet> pets(List<Long> ids) {
        return ids.stream().map(this::pet).flatMap(Optional::stream).toList();
    }

    /** The condition on the date's text is one that no index can serve. */
    @Override
    public List<HealthRecord> records(long petId, LocalDate month) {
        return jdbc.sql("SELECT id, record_date, record_type, note FROM petcare_naive.health_record "
                        + "WHERE CAST(record_date AS TEXT) LIKE ? AND pet_id = ? ORDER BY record_date")
                .params(month.toString().substring(0, "2026-01".length()) + "%", petId)
                .query(HealthRecord.class)
                .list();
    }

    @Override
    public Statistics statistics(long petId) {
        return new Statistics(
                idsOf("medication", petId).size(),
                idsOf("health_record", petId).size(),
                idsOf("appointment", petId).size());
    }

    @Override
    public List<Appointment> upcoming(long petId) {
        return jdbc.sql("SELECT id, appointment_date, appointment_type FROM petcare_naive.appointment "
                        + "WHERE pet_id = ? AND status = 'scheduled' ORDER BY appointment_date")
                .param(petId)
                .query(Appointment.class)
                .list();
    }

    @Override
    public int logMedicines(long medicationId, int times) {
        int written = 0;
        for (int i = 0; i < times; i++) {
            written += jdbc.sql("INSERT INTO petcare_naive.medication_log (medication_id, administered_at, completed) "
                            + "VALUES (?, now(), TRUE)")
                    .param(medicationId)
                    // planted: unbatched-writes POST /naive/medications/{id}/logs
                    .update();
        }
        return written;
    }

    @Override
    public int markReminded(List<Long> appointmentIds) {
        int marked = 0;
        for (long id : appointmentIds) {
            marked += jdbc.sql("UPDATE petcare_naive.appointment SET reminder_sent_24h = TRUE WHERE id = ?")
                    .param(id)
                    // planted: unbatched-writes POST /naive/reminders
                    .update();
        }
        return marked;
    }

    @Override
    public boolean rename(long petId, String name) {
        return jdbc.sql("UPDATE petcare_naive.pet SET name = ? WHERE id = ?")
                        .params(name, petId)
                        .update()
                == 1;
    }

    @Override
    public List<VetClinic> clinics(String location) {
        return directory.near(location);
    }

    @Override
    public List<VetClinic> clinicsAround(List<String> locations) {
        return locations.stream()
                .flatMap(location -> directory.near(location).stream())
                .distinct()
                .toList();
    }

    /** The pet's row stays locked, and the connection taken, for as long as the directory takes to answer. */
    @Override
    @Transactional
    public Optional<VetClinic> refer(long petId, String location) {
        Optional<String> name = jdbc.sql("SELECT name FROM petcare_naive.pet WHERE id = ? FOR UPDATE")
                .param(petId)
                .query(String.class)
                .optional();
        Optional<VetClinic> clinic =
                name.flatMap(known -> directory.near(location).stream().findFirst());
        clinic.ifPresent(found -> jdbc.sql(
                        "INSERT INTO petcare_naive.referral (pet_id, referred_at, clinic) VALUES (?, now(), ?)")
                .params(petId, found.name())
                .update());
        return clinic;
    }

    /** Lost with the process, and wrong as soon as there are two of them. */
    @Override
    public long viewed(long petId) {
        return views.merge(petId, 1L, Long::sum);
    }

    private List<Medicine> medicines(long petId) {
        return jdbc.sql("SELECT id, pet_id, medication_name FROM petcare_naive.medication WHERE pet_id = ? AND active")
                .param(petId)
                .query(Medicine.class)
                // planted: n-plus-one GET /naive/users/{id}/pets
                .list();
    }

    private List<Long> idsOf(String table, long petId) {
        return jdbc.sql("SELECT * FROM petcare_naive." + table + " WHERE pet_id = ?")
                .param(petId)
                .query((row, number) -> row.getLong("id"))
                .list();
    }
}
