package dev.headroom.dashboard.operations;

import java.time.Instant;
import java.util.List;

/**
 * Whether a service's numbers are complete.
 *
 * @param restarts JVMs in the asked time that began where another had ended
 * @param withoutGoodbye of those that had ended, how many did not say so: killed or crashed
 * @param slices of the asked time
 * @param agents those there in the asked time, newest first
 */
public record DeliveryReport(
        String service,
        Instant from,
        Instant to,
        int restarts,
        int withoutGoodbye,
        List<CompletenessSlice> slices,
        List<AgentDelivery> agents) {}
