// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.fit.LeaveOut;
import dev.dryrun.validation.published.fit.RunFit;
import dev.dryrun.validation.published.fit.RunParameter;
import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.measure.ScoredRun;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Predictions of groups left out in the form `dryrun/leave-out/1`.
public final class LeaveOutJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private LeaveOutJson() {}

    public static String write(LeaveOut.Result result) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "dryrun/leave-out/1");
        three(
                root.putObject("overall"),
                result.leftOut().overall(),
                result.everything().overall(),
                result.catalog().overall());
        ArrayNode families = root.putArray("families");
        List<FamilyScore> left = result.leftOut().families();
        for (int i = 0; i < left.size(); i++) {
            ObjectNode node = families.addObject();
            node.put("family", left.get(i).measures().family());
            three(
                    node,
                    left.get(i).measures(),
                    result.everything().families().get(i).measures(),
                    result.catalog().families().get(i).measures());
        }
        parameters(root.putArray("parameters"), result.fit());
        ArrayNode groups = root.putArray("groups");
        for (LeaveOut.Group group : result.groups()) {
            ObjectNode node = groups.addObject();
            ArrayNode names = node.putArray("families");
            group.families().forEach(names::add);
            node.put("rows", group.rows().size());
            parameters(node.putArray("parameters"), group.fit());
        }
        rows(root.putArray("rows"), result);
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static void three(ObjectNode node, Measures left, Measures fitted, Measures catalog) {
        node.put("rows", left.rows());
        measures(node.putObject("left_out"), left);
        measures(node.putObject("all_in_fit"), fitted);
        measures(node.putObject("catalog"), catalog);
    }

    private static void measures(ObjectNode node, Measures measures) {
        put(node, "mape_pct", measures.mapePct());
        put(node, "median_pct", measures.medianPct());
        put(node, "p90_pct", measures.p90Pct());
        put(node, "bias_pct", measures.biasPct());
    }

    private static void parameters(ArrayNode array, RunFit fit) {
        for (int p = 0; p < fit.evidence().parameters().size(); p++) {
            RunParameter parameter = fit.evidence().parameters().get(p);
            ObjectNode node = array.addObject();
            node.put("constant", parameter.at());
            ArrayNode entries = node.putArray("entries");
            parameter
                    .constants()
                    .forEach(one -> entries.add(
                            one.place().kind().folder() + "/" + one.place().name()));
            put(node, "prior", OptionalDouble.of(parameter.prior().centre()));
            put(node, "catalog", OptionalDouble.of(parameter.value()));
            put(node, "fitted", OptionalDouble.of(fit.value(p)));
            put(node, "width_over_prior", OptionalDouble.of(fit.deviations()[p]));
            node.put("identified", fit.identified(p));
        }
    }

    private static void rows(ArrayNode array, LeaveOut.Result result) {
        for (int i = 0; i < result.leftOut().runs().size(); i++) {
            ScoredRun left = result.leftOut().runs().get(i);
            ObjectNode node = array.addObject();
            node.put("id", left.run().id());
            node.put("family", left.run().family());
            put(node, "left_out_error_pct", left.errorPct());
            put(node, "all_in_fit_error_pct", result.everything().runs().get(i).errorPct());
            put(node, "catalog_error_pct", result.catalog().runs().get(i).errorPct());
        }
    }

    private static void put(ObjectNode node, String key, OptionalDouble value) {
        value.ifPresent(figure -> node.put(key, new BigDecimal(figure, SIX_DIGITS).doubleValue()));
    }
}
