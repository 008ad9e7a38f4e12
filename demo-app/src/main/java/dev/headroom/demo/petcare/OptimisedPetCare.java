package dev.headroom.demo.petcare;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** As after the guide: its indexes, joins, batches and sums in the database, and a cache with a time to live for each kind. */
@Component
class OptimisedPetCare implements PetCare {
    private static final Duration PET_PROFILE = Duration.ofMinutes(10);
    private static final Duration MEDICATION = Duration.ofMinutes(5);
    private static final Duration HEALTH_RECORD = Duration.ofMinutes(5);
    private static final Duration APPOINTMENT = Duration.ofMinutes(5);
    private static final Duration VET_CLINIC = Duration.ofHours(1);
    private static final Duration STATISTICS = Duration.ofMinutes(3);

    private static final TypeReference<Pet> A_PET = new TypeReference<>() {};
    private static final TypeReference<List<PetWithMedicines>> PETS_WITH_MEDICINES = new TypeReference<>() {};
    private static final TypeReference<List<HealthRecord>> RECORDS = new TypeReference<>() {};
    private static final TypeReference<Statistics> A_STATISTICS = new TypeReference<>() {};
    private static final TypeReference<List<Appointment>> APPOINTMENTS = new TypeReference<>() {};
    private static final TypeReference<List<VetClinic>> CLINICS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JdbcTemplate batches;
    private final PetCache cache;
    private final ClinicDirectory directory;

    OptimisedPetCare(JdbcClient jdbc, JdbcTemplate batches, PetCache cache, ClinicDirectory directory) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.cache = cache;
        this.directory = directory;
    }

    @Override
    public List<PetWithMedicines> petsOf(long userId) {
        return cache.readThrough("user:pets:" + userId, MEDICATION, PETS_WITH_MEDICINES, () -> joined(userId));
    }

    @Override
    public Optional<Pet> pet(long id) {
        return cache.readThroughIfAny(
                petKey(id),
                PET_PROFILE,
                A_PET,
                () -> jdbc.sql("SELECT id, user_id, name, species FROM pet WHERE id = ?")
                        .param(id)
                        .query(Pet.class)
                        .optional());
    }

    /** One MGET, one SELECT for what was missing, one pipeline to put it there. */
    @Override
    public List<Pet> pets(List<Long> ids) {
        Map<Long, Pet> known = cache.getMany(ids, OptimisedPetCare::petKey, A_PET);
        List<Long> missing = ids.stream().filter(id -> !known.containsKey(id)).toList();
        List<Pet> pets = new ArrayList<>(known.values());
        if (!missing.isEmpty()) {
            List<Pet> read = jdbc.sql("SELECT id, user_id, name, species FROM pet WHERE id IN (:ids)")
                    .param("ids", missing)
                    .query(Pet.class)
                    .list();
            cache.setMany(read, pet -> petKey(pet.id()), PET_PROFILE);
            pets.addAll(read);
        }
        return pets;
    }

    @Override
    public List<HealthRecord> records(long petId, LocalDate month) {
        LocalDate from = month.withDayOfMonth(1);
        return cache.readThrough(
                "pet:" + petId + ":records:" + from,
                HEALTH_RECORD,
                RECORDS,
                () -> jdbc.sql(
                                "SELECT id, record_date, record_type, note FROM health_record "
                                        + "WHERE pet_id = ? AND record_date >= ? AND record_date < ? ORDER BY record_date LIMIT 100")
                        .params(petId, from, from.plusMonths(1))
                        .query(HealthRecord.class)
                        .list());
    }

    @Override
    public Statistics statistics(long petId) {
        return cache.readThrough(
                "pet:" + petId + ":statistics",
                STATISTICS,
                A_STATISTICS,
                () -> jdbc.sql("SELECT "
                                + "(SELECT count(*) FROM medication WHERE pet_id = :pet) AS medicines, "
                                + "(SELECT count(*) FROM health_record WHERE pet_id = :pet) AS records, "
                                + "(SELECT count(*) FROM appointment WHERE pet_id = :pet) AS appointments")
                        .param("pet", petId)
                        .query(Statistics.class)
                        .single());
    }

    @Override
    public List<Appointment> upcoming(long petId) {
        return cache.readThrough(
                "pet:" + petId + ":appointments",
                APPOINTMENT,
                APPOINTMENTS,
                () -> jdbc.sql("SELECT id, appointment_date, appointment_type FROM appointment "
                                + "WHERE pet_id = ? AND status = 'scheduled' ORDER BY appointment_date LIMIT 20")
                        .param(petId)
                        .query(Appointment.class)
                        .list());
    }

    @Override
    public int logMedicines(long medicationId, int times) {
        return batches.batchUpdate(
                        "INSERT INTO medication_log (medication_id, administered_at, completed) VALUES (?, now(), TRUE)",
                        Collections.nCopies(times, new Object[] {medicationId}))
                .length;
    }

    @Override
    public int markReminded(List<Long> appointmentIds) {
        return jdbc.sql("UPDATE appointment SET reminder_sent_24h = TRUE WHERE id IN (:ids)")
                .param("ids", appointmentIds)
                .update();
    }

    @Override
    public boolean rename(long petId, String name) {
        Optional<Long> owner = jdbc.sql("UPDATE pet SET name = ? WHERE id = ? RETURNING user_id")
                .params(name, petId)
                .query(Long.class)
                .optional();
        owner.ifPresent(user -> cache.forget(petKey(petId), "user:pets:" + user));
        return owner.isPresent();
    }

    @Override
    public List<VetClinic> clinics(String location) {
        return cache.readThrough(
                "response:vet-clinics:" + location, VET_CLINIC, CLINICS, () -> directory.near(location));
    }

    /** The directory takes several places in one call. */
    @Override
    public List<VetClinic> clinicsAround(List<String> locations) {
        return clinics(String.join(",", locations));
    }

    /** The directory is asked, if at all, before the one statement that needs the database. */
    @Override
    public Optional<VetClinic> refer(long petId, String location) {
        return clinics(location).stream()
                .findFirst()
                .filter(clinic -> jdbc.sql("INSERT INTO referral "
                                        + "(pet_id, referred_at, clinic) SELECT id, now(), ? FROM pet WHERE id = ?")
                                .params(clinic.name(), petId)
                                .update()
                        == 1);
    }

    @Override
    public long viewed(long petId) {
        return cache.increment("pet:" + petId + ":views", Duration.ofHours(1));
    }

    private List<PetWithMedicines> joined(long userId) {
        record Line(Pet pet, Medicine medicine) {}
        List<Line> lines = jdbc.sql(
                        "SELECT p.id, p.user_id, p.name, p.species, m.id, m.medication_name "
                                + "FROM pet p LEFT JOIN medication m ON m.pet_id = p.id AND m.active WHERE p.user_id = ? ORDER BY p.id, m.id")
                .param(userId)
                .query((row, number) -> new Line(
                        new Pet(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)),
                        new Medicine(row.getLong(5), row.getLong(1), row.getString(6))))
                .list();
        Map<Pet, List<Medicine>> byPet = lines.stream()
                .collect(Collectors.groupingBy(
                        Line::pet,
                        LinkedHashMap::new,
                        Collectors.filtering(
                                line -> line.medicine().id() != 0,
                                Collectors.mapping(Line::medicine, Collectors.toList()))));
        return byPet.entrySet().stream()
                .map(entry -> new PetWithMedicines(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String petKey(long id) {
        return "pet:" + id + ":profile";
    }
}
