package dev.headroom.dashboard.page.compare;

import dev.headroom.dashboard.epoch.Epoch;
import dev.headroom.dashboard.page.Figures;
import dev.headroom.dashboard.page.Frame;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What can be chosen for the two sides.
 *
 * @param before the side before as it stands in the address
 * @param after the same of the side after; empty for the time shown
 */
record Choices(String before, String after, List<Choice> befores, List<Choice> afters) {
    private static final int MOST_EPOCHS = 20;

    record Choice(String value, String words, boolean chosen) {}

    static Choices of(Frame frame, List<Epoch> epochs, Set<String> versions) {
        Map<String, String> befores = new LinkedHashMap<>();
        Map<String, String> afters = new LinkedHashMap<>();
        befores.put("previous", "the same time before it");
        befores.put("day", "the same time a day before");
        befores.put("week", "the same time a week before");
        afters.put("", "the time shown");
        for (Epoch epoch : epochs.subList(0, Math.min(MOST_EPOCHS, epochs.size()))) {
            String words = epoch.kind().word() + " " + epoch.name() + " (" + Figures.clock(epoch.at()) + " UTC)";
            befores.put("before:" + epoch.name(), "before " + words);
            afters.put("after:" + epoch.name(), "after " + words);
        }
        if (versions.size() > 1) {
            versions.forEach(version -> befores.put("version:" + version, "version " + version));
            versions.forEach(version -> afters.put("version:" + version, "version " + version));
        }
        // Without a word: did the last deploy help?
        String newest = epochs.isEmpty() || !frame.parameter("b").isEmpty()
                ? "previous"
                : "before:" + epochs.get(0).name();
        String before = asked(frame, "a", newest);
        String after = asked(frame, "b", "");
        if (after.isEmpty() && before.startsWith("before:")) {
            after = "after:" + before.substring("before:".length());
        }
        return new Choices(before, after, choices(befores, before), choices(afters, after));
    }

    /** As it stands in the address, or made of two date fields. */
    private static String asked(Frame frame, String side, String otherwise) {
        String from = frame.parameter(side + "from");
        String to = frame.parameter(side + "to");
        if (!from.isEmpty() && !to.isEmpty()) {
            return from + "Z/" + to + "Z";
        }
        String asked = frame.parameter(side);
        return asked.isEmpty() ? otherwise : asked;
    }

    private static List<Choice> choices(Map<String, String> all, String chosen) {
        List<Choice> choices = new ArrayList<>();
        all.forEach((value, words) -> choices.add(new Choice(value, words, value.equals(chosen))));
        if (!all.containsKey(chosen)) {
            choices.add(new Choice(chosen, chosen, true));
        }
        return choices;
    }
}
