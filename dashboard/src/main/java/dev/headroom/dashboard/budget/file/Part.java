package dev.headroom.dashboard.budget.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A piece of a YAML file that knows where it stands. Texts are read as written: no word becomes a boolean, no digits a date.
 */
final class Part {
    private final String file;
    private final String path;
    private final Node node;

    private Part(String file, String path, Node node) {
        this.file = file;
        this.path = path;
        this.node = node;
    }

    /**
     * The whole file.
     *
     * @throws BudgetFileException where it is no YAML or empty
     */
    static Part of(String file, String yaml) {
        try {
            Node root = new Yaml(new LoaderOptions()).compose(new java.io.StringReader(yaml));
            if (root == null) {
                throw new BudgetFileException(List.of(new BudgetFileException.Problem(
                        file + ":1:1: found an empty file; expected at least \"version: 1\"",
                        1,
                        1,
                        "an empty file",
                        "at least \"version: 1\"")));
            }
            return new Part(file, "", root);
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            if (mark == null) {
                throw new BudgetFileException(file + ": no valid YAML: " + e.getProblem());
            }
            throw new BudgetFileException(List.of(new BudgetFileException.Problem(
                    place(file, mark, 0) + ": no valid YAML: " + e.getProblem() + hint(String.valueOf(e.getProblem())),
                    mark.getLine() + 1,
                    mark.getColumn() + 1,
                    e.getProblem(),
                    "valid YAML")));
        } catch (YAMLException e) {
            throw new BudgetFileException(file + ": no valid YAML: " + e.getMessage());
        }
    }

    /** What people forget most. */
    private static String hint(String problem) {
        boolean start =
                problem.contains("cannot start any token") || problem.contains("alias") || problem.contains("tag");
        return start ? "; quote limits, globs and whatever begins with one of < > ! * & % @" : "";
    }

    boolean isList() {
        return node instanceof SequenceNode;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    /** The text as written. */
    String text(String expected) {
        if (node instanceof ScalarNode scalar) {
            if (node.getTag().getValue().startsWith("!")) {
                throw problem(
                        0,
                        node.getTag().getValue(),
                        "expected ",
                        expected + ", in quotes: YAML takes an unquoted ! for a tag");
            }
            return scalar.getValue();
        }
        throw wrong(expected);
    }

    /** Whether it is a text without quotes. */
    boolean isPlain() {
        return node instanceof ScalarNode scalar && scalar.isPlain();
    }

    List<Part> items(String expected) {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrong(expected);
        }
        List<Part> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Part(file, path + "[" + items.size() + "]", item));
        }
        return items;
    }

    /** One text, or a list of at least one. */
    List<String> texts(String expected) {
        if (!isList()) {
            return List.of(text(expected));
        }
        List<String> texts = new ArrayList<>();
        for (Part item : items(expected)) {
            texts.add(item.text(expected));
        }
        if (texts.isEmpty()) {
            throw wrong(expected);
        }
        return texts;
    }

    /** Entries in the order of the file; a key that stands twice is an error. */
    Map<String, Part> entries(String expected) {
        if (!(node instanceof MappingNode mapping)) {
            throw wrong(expected);
        }
        Map<String, Part> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Part key = new Part(file, path, tuple.getKeyNode());
            String name = key.text("a key");
            Part value = new Part(file, path.isEmpty() ? name : path + "." + name, tuple.getValueNode());
            if (entries.put(name, value) != null) {
                throw key.wrong("each key once; remove one of the two");
            }
        }
        return entries;
    }

    /** Entries of which every key is known. */
    Map<String, Part> entries(String expected, Collection<String> known) {
        Map<String, Part> entries = entries(expected);
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            Part key = new Part(file, path, tuple.getKeyNode());
            String name = key.text("a key");
            if (!known.contains(name)) {
                throw key.wrong("one of " + String.join(", ", known) + "." + Suggestion.of(name, known));
            }
        }
        return entries;
    }

    /** One of the known words. */
    String word(Collection<String> known) {
        String expected = "one of " + String.join(", ", known);
        String found = text(expected);
        if (!known.contains(found)) {
            throw wrong(expected + "." + Suggestion.of(found, known));
        }
        return found;
    }

    BudgetFileException wrong(String expected) {
        return problem(0, found(), "expected ", expected);
    }

    BudgetFileException wrong(WrongTextException e) {
        return problem(e.offset(), found(), "", e.expected());
    }

    /** As {@link #wrong(String)}, of a text that may hold a secret and is not shown. */
    BudgetFileException wrongSecret(String expected) {
        String hidden = "something else (not shown, it may be a secret)";
        Mark mark = node.getStartMark();
        return new BudgetFileException(List.of(new BudgetFileException.Problem(
                place(file, mark, 0) + ": " + path + ": found " + hidden + "; expected " + expected,
                mark.getLine() + 1,
                mark.getColumn() + 1,
                hidden,
                expected)));
    }

    private BudgetFileException problem(int offset, String found, String verb, String expected) {
        String where = path.isEmpty() ? "" : path + ": ";
        Mark mark = node.getStartMark();
        int at = quoted() ? offset + 1 : offset;
        String message = place(file, mark, at) + ": " + where + "found " + found + "; " + verb + expected;
        return new BudgetFileException(List.of(new BudgetFileException.Problem(
                message,
                mark.getLine() + 1,
                mark.getColumn() + 1 + at,
                found,
                expected.replaceFirst("^expected ", ""))));
    }

    private boolean quoted() {
        return node instanceof ScalarNode scalar && !scalar.isPlain();
    }

    private String found() {
        if (node instanceof ScalarNode scalar) {
            return "\"" + scalar.getValue() + "\"";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }

    /** "file:line", for messages that come later. */
    String place() {
        return file + ":" + (node.getStartMark().getLine() + 1);
    }

    private static String place(String file, Mark mark, int offset) {
        return file + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1 + offset);
    }
}
