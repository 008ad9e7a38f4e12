package dev.headroom.dashboard.command;

import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Begins a run at a dashboard. Stateless. */
final class RunStart {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RunStart() {}

    /**
     * The new run's id.
     *
     * @param labels each key=value
     */
    static String ask(GateClient dashboard, String service, String name, List<String> labels) {
        ObjectNode wanted = JSON.createObjectNode();
        wanted.put("service", service).put("name", name);
        ObjectNode named = wanted.putObject("labels");
        for (String label : labels) {
            int equals = label.indexOf('=');
            if (equals <= 0) {
                throw new WrongUseException("Found --label " + label + "; expected <key>=<value>");
            }
            named.put(label.substring(0, equals), label.substring(equals + 1));
        }
        return dashboard
                .json("POST", "/api/v1/runs", wanted.toString())
                .path("id")
                .asString();
    }
}
