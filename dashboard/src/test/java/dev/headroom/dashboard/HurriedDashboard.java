package dev.headroom.dashboard;

import java.time.Instant;
import java.time.InstantSource;
import org.springframework.boot.SpringApplication;
import org.springframework.context.support.GenericApplicationContext;

/** The dashboard with a clock that runs faster, so that what it does by the minute and the half hour is seen in seconds. */
final class HurriedDashboard {
    static final String SINCE = "hurried.since";
    static final int FACTOR = 60;

    private HurriedDashboard() {}

    /** Now, by a clock that was right at {@code since} and is {@link #FACTOR} times too fast from then on. */
    static Instant now(Instant since) {
        return since.plusMillis(FACTOR * (System.currentTimeMillis() - since.toEpochMilli()));
    }

    public static void main(String[] arguments) {
        Instant since = Instant.ofEpochMilli(Long.getLong(SINCE));
        SpringApplication application = new SpringApplication(DashboardApplication.class);
        application.addInitializers(context -> ((GenericApplicationContext) context)
                .registerBean(
                        "hurriedClock",
                        InstantSource.class,
                        () -> () -> now(since),
                        definition -> definition.setPrimary(true)));
        application.run(arguments);
    }
}
