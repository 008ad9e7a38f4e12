package dev.headroom.demo.clinic;

import dev.headroom.demo.paging.Page;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.SetParams;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * As before the guide: whole rows where ids would do, a statement for each patient, no index; and a cache that storms: two seconds
 * to live, swept with KEYS on every write, and filled by everybody at once.
 */
@Component
class NaiveClinic implements Clinic {
    private static final String PATIENT =
            "SELECT id, tenant_id, name, email, phone_number, address, history FROM clinic_naive.patient ";
    private static final TypeReference<List<Patient>> PATIENTS = new TypeReference<>() {};
    private static final String VERSION = "clinic:naive:version";
    private static final long TTL_SECONDS = 2;
    private static final long LIST_TTL_SECONDS = 60;
    private static final long VERSION_TTL_SECONDS = 3600;

    private final JdbcClient jdbc;
    private final RedisClient redis;
    private final JsonMapper json;
    private final Reminders reminders;

    NaiveClinic(JdbcClient jdbc, RedisClient redis, JsonMapper json, Reminders reminders) {
        this.jdbc = jdbc;
        this.redis = redis;
        this.json = json;
        this.reminders = reminders;
    }

    @Override
    public Page<PatientCard> patients(long tenant, int skip, int limit, @Nullable String cursor) {
        long total = count("patient WHERE NOT is_deleted AND tenant_id = ?", tenant);
        List<PatientCard> cards = jdbc
                .sql(PATIENT + "WHERE tenant_id = ? AND NOT is_deleted ORDER BY id LIMIT ? OFFSET ?")
                .params(tenant, limit, skip)
                .query(Patient.class)
                .list()
                .stream()
                .map(patient -> new PatientCard(patient.id(), patient.name(), appointmentsOf(patient.id())))
                .toList();
        return Page.numbered(cards, total, skip);
    }

    @Override
    public List<Long> patientIds(long tenant) {
        String key = "patients:naive:" + tenant;
        // planted: big-value GET /naive/patients/ids
        String cached = redis.get(key);
        if (cached == null) {
            List<Patient> whole = jdbc.sql(PATIENT + "WHERE tenant_id = ? AND NOT is_deleted")
                    .param(tenant)
                    .query(Patient.class)
                    .list();
            cached = json.writeValueAsString(whole);
            // planted: big-value GET /naive/patients/ids
            redis.set(key, cached, SetParams.setParams().ex(LIST_TTL_SECONDS));
        }
        return json.readValue(cached, PATIENTS).stream().map(Patient::id).toList();
    }

    @Override
    public Optional<Patient> patient(long id) {
        // planted: n-plus-one GET /naive/patients/batch
        return jdbc.sql(PATIENT + "WHERE id = ?").param(id).query(Patient.class).optional();
    }

    @Override
    public List<Patient> patients(List<Long> ids) {
        return ids.stream().map(this::patient).flatMap(Optional::stream).toList();
    }

    @Override
    public long admit(NewPatient patient) {
        long id = jdbc.sql("INSERT INTO clinic_naive.patient (tenant_id, name, email, phone_number, address, history) "
                        + "VALUES (?, ?, ?, ?, '', '') RETURNING id")
                .params(patient.tenant(), patient.name(), patient.email(), patient.phone())
                .query(Long.class)
                .single();
        sweep();
        return id;
    }

    @Override
    public boolean changePhone(long patientId, String phone) {
        boolean changed = jdbc.sql("UPDATE clinic_naive.patient SET phone_number = ? WHERE id = ?")
                        .params(phone, patientId)
                        .update()
                == 1;
        sweep();
        return changed;
    }

    @Override
    public Stats stats(long tenant) {
        String cached = redis.get(statsKey(tenant));
        if (cached != null) {
            return json.readValue(cached, Stats.class);
        }
        Stats stats = new Stats(
                count("patient WHERE NOT is_deleted AND tenant_id = ?", tenant),
                count("appointment WHERE tenant_id = ?", tenant),
                count("appointment WHERE status = 'booked' AND tenant_id = ?", tenant),
                count("message WHERE status = 'unread' AND tenant_id = ?", tenant));
        SetParams brief = SetParams.setParams().ex(TTL_SECONDS);
        // planted: ttl-range GET /naive/dashboard/stats
        redis.set(statsKey(tenant), json.writeValueAsString(stats), brief);
        return stats;
    }

    /** Asks for the version each time. */
    private String statsKey(long tenant) {
        // planted: repeated-key GET /naive/dashboard/stats
        String version = redis.get(VERSION);
        if (version == null) {
            version = "1";
            redis.set(VERSION, version, SetParams.setParams().ex(VERSION_TTL_SECONDS));
        }
        return "dashboard:naive:" + version + ":" + tenant;
    }

    @Override
    public List<Appointment> appointments(long tenant, LocalDate day) {
        OffsetDateTime from = day.atStartOfDay().atOffset(ZoneOffset.UTC);
        return jdbc.sql(
                        "SELECT id, patient_id, appointment_date, reason, status FROM clinic_naive.appointment "
                                + "WHERE tenant_id = ? AND appointment_date >= ? AND appointment_date < ? ORDER BY appointment_date")
                .params(tenant, from, from.plusDays(1))
                .query(Appointment.class)
                .list();
    }

    @Override
    public long book(NewAppointment appointment) {
        long id = jdbc.sql(
                        "INSERT INTO clinic_naive.appointment (tenant_id, patient_id, appointment_date, reason, status) "
                                + "VALUES (?, ?, CAST(? AS TIMESTAMPTZ), ?, 'booked') RETURNING id")
                .params(appointment.tenant(), appointment.patientId(), appointment.at(), appointment.reason())
                .query(Long.class)
                .single();
        sweep();
        return id;
    }

    /** All of them come over the network for the first few. */
    @Override
    public List<Long> next(long tenant) {
        String key = "agenda:naive:" + tenant;
        // planted: big-collection GET /naive/appointments/next
        List<String> all = redis.zrange(key, 0, -1);
        if (all.isEmpty()) {
            Map<String, Double> booked = agenda(tenant);
            if (!booked.isEmpty()) {
                redis.zadd(key, booked);
                redis.expire(key, LIST_TTL_SECONDS);
            }
            all = List.copyOf(booked.keySet());
        }
        return all.stream().limit(NEXT).map(Long::valueOf).toList();
    }

    /** Who goes home without a word is at work for ever. */
    @Override
    public void arrive(long staff) {
        // planted: missing-ttl PUT /naive/staff/{id}/presence
        redis.set(presence(staff), "here");
    }

    @Override
    public List<Long> present(List<Long> staff) {
        List<Long> present = new ArrayList<>();
        for (long id : staff) {
            // planted: n-plus-one GET /naive/staff/present
            if (redis.get(presence(id)) != null) {
                present.add(id);
            }
        }
        return present;
    }

    @Override
    public int remind(List<Long> appointmentIds) {
        for (long id : appointmentIds) {
            jdbc.sql(
                            "SELECT id, patient_id, appointment_date, reason, status FROM clinic_naive.appointment WHERE id = ?")
                    .param(id)
                    .query(Appointment.class)
                    // planted: n-plus-one POST /naive/reminders
                    .optional()
                    .ifPresent(reminders::send);
        }
        return appointmentIds.size();
    }

    @Override
    public Optional<Intake> intake(long patientId) {
        return jdbc.sql("SELECT * FROM clinic_naive.intake WHERE patient_id = ?")
                .param(patientId)
                .query(Intake.class)
                // planted: wide-select GET /naive/patients/{id}/intake
                .optional();
    }

    private List<Long> appointmentsOf(long patientId) {
        return jdbc.sql("SELECT id FROM clinic_naive.appointment WHERE patient_id = ?")
                .param(patientId)
                .query(Long.class)
                // planted: n-plus-one GET /naive/patients
                .list();
    }

    private long count(String what, long tenant) {
        return jdbc.sql("SELECT count(*) FROM clinic_naive." + what)
                .param(tenant)
                .query(Long.class)
                .single();
    }

    /** With the time of each in seconds, in the order that a sorted set will have. */
    private Map<String, Double> agenda(long tenant) {
        Map<String, Double> agenda = new LinkedHashMap<>();
        jdbc.sql(
                        "SELECT id, EXTRACT(EPOCH FROM appointment_date) FROM clinic_naive.appointment "
                                + "WHERE tenant_id = ? AND status = 'booked' ORDER BY appointment_date, CAST(id AS TEXT) LIMIT ?")
                .params(tenant, AGENDA)
                .query(row -> {
                    agenda.put(row.getString(1), row.getDouble(2));
                });
        return agenda;
    }

    private static String presence(long staff) {
        return "presence:naive:" + staff;
    }

    private void sweep() {
        // planted: expensive-command
        Set<String> keys = redis.keys("dashboard:naive:*");
        if (!keys.isEmpty()) {
            redis.del(keys.toArray(String[]::new));
        }
    }
}
