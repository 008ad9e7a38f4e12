package dev.headroom.dashboard.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes a text of lines and words: lines lost, doubled, moved in or out; words replaced by odd ones. Not thread-safe. */
public final class TextMutator {
    private static final int DEEPEST = 3_000;

    private final Random random;
    private final List<String> odd;

    /** @param odd words that this language has a meaning for, or wrongly might */
    public TextMutator(Random random, List<String> odd) {
        this.random = random;
        this.odd = odd;
    }

    public byte[] mutate(byte[] sound) {
        List<String> lines = new ArrayList<>(Arrays.asList(new String(sound, StandardCharsets.UTF_8).split("\n", -1)));
        for (int changes = 1 + random.nextInt(4); changes > 0 && !lines.isEmpty(); changes--) {
            change(lines);
        }
        byte[] bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        return random.nextInt(8) == 0 ? Bytes.damaged(bytes, random) : bytes;
    }

    private void change(List<String> lines) {
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(random.nextInt(lines.size()), line);
            case 2 -> lines.set(at, " ".repeat(random.nextInt(9)) + line.strip());
            case 3 -> lines.set(at, line + " " + oddWord());
            case 4 -> lines.add(at, oddWord());
            case 5 -> lines.set(at, line.substring(0, line.indexOf(':') + 1) + " " + oddWord());
            default -> {
                String[] words = line.split("(?<= )|(?= )|(?<=[:,\\[\\]{}])|(?=[:,\\[\\]{}])", -1);
                words[random.nextInt(words.length)] = oddWord();
                lines.set(at, String.join("", words));
            }
        }
    }

    private String oddWord() {
        return switch (random.nextInt(12)) {
            case 0 -> "[".repeat(random.nextInt(DEEPEST));
            case 1 -> "{a: ".repeat(random.nextInt(DEEPEST));
            case 2 -> "x".repeat(random.nextInt(20_000));
            default -> odd.get(random.nextInt(odd.size()));
        };
    }
}
