package dev.headroom.dashboard.page.instances;

import dev.headroom.dashboard.operations.AgentDelivery;
import dev.headroom.dashboard.operations.DeliveryReport;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.store.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What came of an agent, in words. Null stands for senders without numbers. Stateless. */
final class DeliveryWords {
    private static final double WINDOW_SECONDS = 5;

    private DeliveryWords() {}

    static String state(boolean reporting, @Nullable AgentDelivery delivery) {
        String end = delivery == null ? "" : delivery.state();
        return switch (end) {
            case "goodbye" -> "ended";
            case "without-goodbye" -> "ended without goodbye";
            default -> reporting ? "reporting" : "silent";
        };
    }

    static boolean ended(@Nullable AgentDelivery delivery) {
        return delivery != null
                && (delivery.state().equals("goodbye") || delivery.state().equals("without-goodbye"));
    }

    static String received(Instance instance, @Nullable AgentDelivery delivery) {
        return delivery == null
                ? Figures.count(instance.sequence())
                : Figures.count(delivery.received()) + " of " + Figures.count(delivery.expected());
    }

    static String merged(@Nullable AgentDelivery delivery) {
        if (delivery == null) {
            return Figures.NONE;
        }
        String late = Figures.count(delivery.late());
        return delivery.merged() == 0 ? late : late + ", " + Figures.count(delivery.merged()) + " merged";
    }

    static String dropped(@Nullable AgentDelivery delivery) {
        List<String> reasons = new ArrayList<>();
        if (delivery != null) {
            delivery.dropped()
                    .forEach((reason, windows) -> reasons.add(Figures.count(Math.round(windows)) + " " + reason));
        }
        return String.join(", ", reasons);
    }

    static String clock(@Nullable AgentDelivery delivery) {
        Double ahead = delivery == null ? null : delivery.clockAheadSeconds();
        if (ahead == null) {
            return Figures.NONE;
        }
        // Rounded before the sign is written: no clock is -0.00 s off.
        double seconds = Math.rint(ahead * 100) / 100 + 0.0;
        return String.format(Locale.ROOT, Math.abs(seconds) < 10 ? "%+.2f s" : "%+.0f s", seconds);
    }

    static boolean clockOff(@Nullable AgentDelivery delivery) {
        Double ahead = delivery == null ? null : delivery.clockAheadSeconds();
        return ahead != null && Math.abs(ahead) > WINDOW_SECONDS;
    }

    /** Empty when nothing was restarted. */
    static String restarts(List<DeliveryReport> reports) {
        int restarts = 0;
        int without = 0;
        for (DeliveryReport report : reports) {
            restarts += report.restarts();
            without += report.withoutGoodbye();
        }
        if (restarts == 0) {
            return "";
        }
        String all = restarts + (restarts == 1 ? " restart" : " restarts") + " in this time";
        return without == 0 ? all + "." : all + ", " + without + " of them without goodbye: killed or crashed.";
    }
}
