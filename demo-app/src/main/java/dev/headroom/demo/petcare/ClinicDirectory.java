package dev.headroom.demo.petcare;

import dev.headroom.demo.DemoProperties;
import java.net.http.HttpClient;
import java.util.List;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** The directory of veterinary clinics, which belongs to somebody else and takes its time. */
@Component
class ClinicDirectory {
    private final RestClient http;

    ClinicDirectory(DemoProperties properties) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(properties.patience())
                .build());
        requests.setReadTimeout(properties.patience());
        this.http = RestClient.builder()
                .baseUrl(properties.outside().toString())
                .requestFactory(requests)
                .build();
    }

    /**
     * Each clinic near one of the places.
     *
     * @param location a place, or several with commas between them
     * @throws RestClientException when the directory does not answer in time
     */
    List<PetCare.VetClinic> near(String location) {
        List<PetCare.VetClinic> found = http.get()
                .uri("/clinics?location={location}", location)
                .retrieve()
                // planted: remote-call-in-transaction POST /naive/pets/{id}/referrals
                // planted: n-plus-one GET /naive/vet-clinics/around
                .body(new ParameterizedTypeReference<>() {});
        return found == null ? List.of() : found;
    }
}
