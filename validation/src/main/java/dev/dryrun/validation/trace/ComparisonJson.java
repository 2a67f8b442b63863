// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A comparison in the form `dryrun/trace-comparison/1`.
final class ComparisonJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ComparisonJson() {}

    static String write(ProfilerTrace trace, String scenario, StepComparison comparison, List<String> notes) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "dryrun/trace-comparison/1");
        root.put("scenario", scenario);
        root.put("device", trace.device());
        root.put("rank", trace.rank());
        root.put("ranks", trace.ranks());
        root.put("steps", trace.steps().size());
        root.put("measured_step_time_s", rounded(comparison.measuredSeconds()));
        root.put("simulated_step_time_s", rounded(comparison.simulatedSeconds()));
        root.put("error_pct", rounded(comparison.errorPct()));
        var kinds = root.putObject("breakdown_s");
        for (StepComparison.Row row : comparison.rows()) {
            ObjectNode kind = kinds.putObject(row.kind());
            kind.put("measured", rounded(row.measuredSeconds()));
            kind.put("simulated", rounded(row.simulatedSeconds()));
            kind.put("measured_busy", rounded(row.measuredBusySeconds()));
            kind.put("simulated_busy", rounded(row.simulatedBusySeconds()));
        }
        var said = root.putArray("notes");
        notes.forEach(said::add);
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static double rounded(double value) {
        return new java.math.BigDecimal(value)
                .round(new java.math.MathContext(6))
                .doubleValue();
    }
}
