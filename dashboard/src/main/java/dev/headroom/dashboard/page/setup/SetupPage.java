package dev.headroom.dashboard.page.setup;

import java.util.List;

/**
 * Is everything wired?
 *
 * @param token whether agents need one
 * @param services a checklist each
 * @param left services that are not among them
 */
record SetupPage(List<CopyLine> lines, boolean token, List<Wired> services, int left) {
    /**
     * A service.
     *
     * @param senders what sends for it
     */
    record Wired(String service, String href, String senders, List<Box> boxes) {
        public long ticked() {
            return boxes.stream().filter(Box::ticked).count();
        }
    }

    /**
     * A box of the list.
     *
     * @param said what was seen, or what to do where nothing was
     * @param href where to look, or how to do it
     */
    record Box(String name, boolean ticked, String said, String href) {
        public String mark() {
            return ticked ? "✓" : "○";
        }
    }
}
