package dev.headroom.dashboard.budget.file;

import java.io.StringReader;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The text of a budget file for everyone who may see the board. Stateless. */
public final class BudgetText {
    private static final String HIDDEN = "notify: {}";
    private static final String WHY = " # not shown: an address may be a secret\n";

    private BudgetText() {}

    /** The text as it is written, but for whom to notify: found by the parser, however the key is written. */
    public static String withoutNotify(String yaml) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(yaml));
        } catch (YAMLException notYaml) {
            return "# Not shown: it cannot be read as YAML.\n";
        }
        if (!(root instanceof MappingNode mapping)) {
            return yaml;
        }
        StringBuilder shown = new StringBuilder();
        int from = 0;
        for (NodeTuple entry : mapping.getValue()) {
            if (entry.getKeyNode() instanceof ScalarNode key && key.getValue().equals("notify")) {
                int start = yaml.offsetByCodePoints(0, key.getStartMark().getIndex());
                int end = yaml.offsetByCodePoints(
                        0, entry.getValueNode().getEndMark().getIndex());
                boolean block = mapping.getFlowStyle() != FlowStyle.FLOW;
                shown.append(yaml, from, start).append(HIDDEN).append(block ? WHY : "");
                from = Math.max(start, end);
            }
        }
        return shown.append(yaml, from, yaml.length()).toString();
    }
}
