package dev.headroom.demo.petcare;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What the service does for pets; once as before the guide and once as after. */
interface PetCare {
    /** The user's pets with their active medicines. */
    List<PetWithMedicines> petsOf(long userId);

    Optional<Pet> pet(long id);

    List<Pet> pets(List<Long> ids);

    /** Health records of a month. */
    List<HealthRecord> records(long petId, LocalDate month);

    Statistics statistics(long petId);

    List<Appointment> upcoming(long petId);

    /** Returns how many were written. */
    int logMedicines(long medicationId, int times);

    /** Returns how many appointments are marked. */
    int markReminded(List<Long> appointmentIds);

    /** Returns whether the pet exists. */
    boolean rename(long petId, String name);

    List<VetClinic> clinics(String location);

    /** Those near one of the places or more, each once. */
    List<VetClinic> clinicsAround(List<String> locations);

    /** Notes in the pet's records to which clinic near the place it is referred; empty where there is no such pet or no clinic. */
    Optional<VetClinic> refer(long petId, String location);

    /** How often the pet's page was looked at, this time included. */
    long viewed(long petId);

    record Pet(long id, long userId, String name, String species) {}

    record Medicine(long id, long petId, String medicationName) {}

    record PetWithMedicines(Pet pet, List<Medicine> medicines) {
        public PetWithMedicines {
            medicines = List.copyOf(medicines);
        }
    }

    record HealthRecord(long id, LocalDate recordDate, String recordType, String note) {}

    record Appointment(long id, String appointmentDate, String appointmentType) {}

    record Statistics(long medicines, long records, long appointments) {}

    record VetClinic(String name, String street) {}
}
