package dev.headroom.demo.clinic;

import dev.headroom.demo.paging.Page;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;

/** As after the guide: its indexes, ids where ids do, appointments of a whole page at once, and the cache in two levels. */
@Component
class OptimisedClinic implements Clinic {
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final int CHUNK = 100;

    private static final TypeReference<Patient> A_PATIENT = new TypeReference<>() {};
    private static final TypeReference<Stats> A_STATS = new TypeReference<>() {};
    private static final TypeReference<Boolean> PRESENT = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final TwoLevelCache cache;
    private final BackgroundTasks tasks;
    private final Reminders reminders;

    OptimisedClinic(JdbcClient jdbc, TwoLevelCache cache, BackgroundTasks tasks, Reminders reminders) {
        this.jdbc = jdbc;
        this.cache = cache;
        this.tasks = tasks;
        this.reminders = reminders;
    }

    /** Two statements however long the page is; the cursor is the last patient's id. */
    @Override
    public Page<PatientCard> patients(long tenant, int skip, int limit, @Nullable String cursor) {
        record Row(long id, String name) {}
        List<Row> rows = jdbc.sql("SELECT id, name FROM patient "
                        + "WHERE tenant_id = ? AND NOT is_deleted AND id > ? ORDER BY id LIMIT ? OFFSET ?")
                .params(tenant, cursor == null ? 0L : Long.parseLong(cursor), limit + 1, cursor == null ? skip : 0)
                .query(Row.class)
                .list();
        boolean more = rows.size() > limit;
        List<Row> shown = more ? rows.subList(0, limit) : rows;
        Map<Long, List<Long>> appointments =
                appointmentsOf(shown.stream().map(Row::id).toList());
        List<PatientCard> cards = shown.stream()
                .map(row -> new PatientCard(row.id(), row.name(), appointments.getOrDefault(row.id(), List.of())))
                .toList();
        return new Page<>(
                cards, null, more, more ? Long.toString(shown.get(limit - 1).id()) : null);
    }

    @Override
    public List<Long> patientIds(long tenant) {
        return jdbc.sql("SELECT id FROM patient WHERE tenant_id = ? AND NOT is_deleted")
                .param(tenant)
                .query(Long.class)
                .list();
    }

    @Override
    public Optional<Patient> patient(long id) {
        return Optional.ofNullable(cache.get(
                key(id),
                TTL,
                A_PATIENT,
                () -> read(List.of(id)).stream().findFirst().orElse(null)));
    }

    @Override
    public List<Patient> patients(List<Long> ids) {
        Map<Long, Patient> known = cache.getMany(ids, OptimisedClinic::key, A_PATIENT);
        List<Patient> patients = new ArrayList<>(known.values());
        List<Long> missing = ids.stream().filter(id -> !known.containsKey(id)).toList();
        if (!missing.isEmpty()) {
            List<Patient> read = read(missing);
            cache.setMany(read, patient -> key(patient.id()), TTL);
            patients.addAll(read);
        }
        return patients;
    }

    @Override
    public long admit(NewPatient patient) {
        long id = jdbc.sql("INSERT INTO patient (tenant_id, name, email, phone_number, address, history) "
                        + "VALUES (?, ?, ?, ?, '', '') RETURNING id")
                .params(patient.tenant(), patient.name(), patient.email(), patient.phone())
                .query(Long.class)
                .single();
        cache.forget(statsKey(patient.tenant()));
        tasks.run(BackgroundTasks.LOW, () -> reminders.audit("admitted " + id));
        return id;
    }

    @Override
    public boolean changePhone(long patientId, String phone) {
        boolean changed = jdbc.sql("UPDATE patient SET phone_number = ? WHERE id = ?")
                        .params(phone, patientId)
                        .update()
                == 1;
        cache.forget(key(patientId));
        return changed;
    }

    @Override
    public Stats stats(long tenant) {
        Stats stats = cache.get(statsKey(tenant), TTL, A_STATS, () -> compute(tenant));
        return stats == null ? compute(tenant) : stats;
    }

    /** Computes the statistics of all tenants before anybody asks. */
    void warm(List<Long> tenants) {
        tenants.forEach(tenant -> cache.put(statsKey(tenant), compute(tenant), TTL));
    }

    List<Long> tenants() {
        return jdbc.sql("SELECT DISTINCT tenant_id FROM patient")
                .query(Long.class)
                .list();
    }

    @Override
    public List<Appointment> appointments(long tenant, LocalDate day) {
        OffsetDateTime from = day.atStartOfDay().atOffset(ZoneOffset.UTC);
        return jdbc.sql(
                        "SELECT id, patient_id, appointment_date, reason, status FROM appointment "
                                + "WHERE tenant_id = ? AND appointment_date >= ? AND appointment_date < ? ORDER BY appointment_date LIMIT 50")
                .params(tenant, from, from.plusDays(1))
                .query(Appointment.class)
                .list();
    }

    @Override
    public long book(NewAppointment appointment) {
        long id = jdbc.sql("INSERT INTO appointment (tenant_id, patient_id, appointment_date, reason, status) "
                        + "VALUES (?, ?, CAST(? AS TIMESTAMPTZ), ?, 'booked') RETURNING id")
                .params(appointment.tenant(), appointment.patientId(), appointment.at(), appointment.reason())
                .query(Long.class)
                .single();
        cache.forget(statsKey(appointment.tenant()));
        cache.forget(agendaKey(appointment.tenant()));
        tasks.run(BackgroundTasks.HIGH, () -> reminders.audit("booked " + id));
        return id;
    }

    @Override
    public List<Long> next(long tenant) {
        return cache.first(agendaKey(tenant), NEXT, TTL, () -> agenda(tenant)).stream()
                .map(Long::valueOf)
                .toList();
    }

    /** At work until the next sign of life is overdue. */
    @Override
    public void arrive(long staff) {
        cache.put(presence(staff), true, TTL);
    }

    @Override
    public List<Long> present(List<Long> staff) {
        return List.copyOf(
                cache.getMany(staff, OptimisedClinic::presence, PRESENT).keySet());
    }

    /** In chunks, and after the answer: the caller gets the number that will be sent. */
    @Override
    public int remind(List<Long> appointmentIds) {
        tasks.run(BackgroundTasks.MEDIUM, () -> {
            for (int i = 0; i < appointmentIds.size(); i += CHUNK) {
                jdbc.sql("SELECT id, patient_id, appointment_date, reason, status FROM appointment WHERE id IN (:ids)")
                        .param("ids", appointmentIds.subList(i, Math.min(i + CHUNK, appointmentIds.size())))
                        .query(Appointment.class)
                        .list()
                        .forEach(reminders::send);
            }
        });
        return appointmentIds.size();
    }

    @Override
    public Optional<Intake> intake(long patientId) {
        return jdbc.sql("SELECT patient_id, asthma, diabetes FROM intake WHERE patient_id = ?")
                .param(patientId)
                .query(Intake.class)
                .optional();
    }

    private Stats compute(long tenant) {
        return jdbc.sql(
                        "SELECT (SELECT count(*) FROM patient WHERE tenant_id = :tenant AND NOT is_deleted) AS patients, "
                                + "count(*) AS appointments, count(*) FILTER (WHERE status = 'booked') AS booked, "
                                + "(SELECT count(*) FROM message WHERE tenant_id = :tenant AND status = 'unread') AS unread "
                                + "FROM appointment WHERE tenant_id = :tenant")
                .param("tenant", tenant)
                .query(Stats.class)
                .single();
    }

    /** With the time of each in seconds, in the order that a sorted set will have. */
    private Map<String, Double> agenda(long tenant) {
        Map<String, Double> agenda = new LinkedHashMap<>();
        jdbc.sql(
                        "SELECT id, EXTRACT(EPOCH FROM appointment_date) FROM appointment "
                                + "WHERE tenant_id = ? AND status = 'booked' ORDER BY appointment_date, CAST(id AS TEXT) LIMIT ?")
                .params(tenant, AGENDA)
                .query(row -> {
                    agenda.put(row.getString(1), row.getDouble(2));
                });
        return agenda;
    }

    private List<Patient> read(List<Long> ids) {
        return jdbc.sql(
                        "SELECT id, tenant_id, name, email, phone_number, address, history FROM patient WHERE id IN (:ids)")
                .param("ids", ids)
                .query(Patient.class)
                .list();
    }

    private Map<Long, List<Long>> appointmentsOf(List<Long> patients) {
        if (patients.isEmpty()) {
            return Map.of();
        }
        record Row(long patientId, long id) {}
        return jdbc
                .sql("SELECT patient_id, id FROM appointment WHERE patient_id IN (:patients)")
                .param("patients", patients)
                .query(Row.class)
                .list()
                .stream()
                .collect(Collectors.groupingBy(Row::patientId, Collectors.mapping(Row::id, Collectors.toList())));
    }

    private static String key(long patient) {
        return "patient:detail:" + patient;
    }

    private static String agendaKey(long tenant) {
        return "agenda:" + tenant;
    }

    private static String presence(long staff) {
        return "presence:" + staff;
    }

    private static String statsKey(long tenant) {
        return "dashboard:stats:" + tenant;
    }
}
