package dev.headroom.demo.clinic;

import dev.headroom.demo.paging.Page;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the service does for a clinic, the tenant; once as before the guide and once as after. */
interface Clinic {
    /** Shown on the screen in the waiting room. */
    int NEXT = 20;

    /** As many as are ever kept of a tenant's booked appointments. */
    int AGENDA = 1200;

    /** Page from {@code skip}, or the page after the cursor where the way of working knows cursors. */
    Page<PatientCard> patients(long tenant, int skip, int limit, @Nullable String cursor);

    List<Long> patientIds(long tenant);

    Optional<Patient> patient(long id);

    List<Patient> patients(List<Long> ids);

    long admit(NewPatient patient);

    /** Returns whether the patient exists. */
    boolean changePhone(long patientId, String phone);

    Stats stats(long tenant);

    List<Appointment> appointments(long tenant, LocalDate day);

    long book(NewAppointment appointment);

    /** Ids of the tenant's booked appointments, the first {@value #NEXT} by their time. */
    List<Long> next(long tenant);

    /** Notes that the member of staff is at work. */
    void arrive(long staff);

    /** Those of the given members of staff who are at work. */
    List<Long> present(List<Long> staff);

    /** Returns how many reminders were sent. */
    int remind(List<Long> appointmentIds);

    /** What the patient ticked on the first visit, as far as anybody asks for it. */
    Optional<Intake> intake(long patientId);

    record Intake(long patientId, boolean asthma, boolean diabetes) {}

    record Patient(
            long id, long tenantId, String name, String email, String phoneNumber, String address, String history) {}

    record PatientCard(long id, String name, List<Long> appointments) {
        public PatientCard {
            appointments = List.copyOf(appointments);
        }
    }

    record NewPatient(long tenant, String name, String email, String phone) {}

    record Appointment(long id, long patientId, String appointmentDate, String reason, String status) {}

    record NewAppointment(long tenant, long patientId, String at, String reason) {}

    record Stats(long patients, long appointments, long booked, long unread) {}
}
