// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A cluster said in options.
public final class ClusterOption {
    private static final Pattern PRODUCT = Pattern.compile("(.+?)(?:\\*([^*]*))?");
    private static final String TYPED = "--cluster.json";
    private static final Pattern FILE = Pattern.compile("(?i).+\\.(?:yaml|yml|json)");

    @Option(
            names = "--cluster",
            paramLabel = "NODE*N",
            description =
                    "Node of the catalog, and how many (1 unless given): dgx-a100-80gb*4. A file of such a node, or"
                            + " one with a block cluster, stands for a name: my-node.yaml*2.")
    private @Nullable String cluster;

    @Option(
            names = "--fabric",
            paramLabel = "NAME",
            description = "Fabric of the catalog between the nodes (fat-tree unless given).")
    private @Nullable String fabric;

    @Option(
            names = "--degraded",
            paramLabel = "PART=RATE",
            description = "What is slow or down (0): \"node 3 nic 2=0.5\", \"leaf 0 - spine 1=0\". As often as needed.")
    private List<String> degraded = List.of();

    boolean isGiven() {
        return cluster != null;
    }

    ClusterAlone read(Catalog catalog) {
        return read(catalog, cluster == null ? "" : cluster, fabric, degraded);
    }

    /// A cluster as options say it.
    ///
    /// @param written node and how many: `dgx-a100-80gb*4`
    /// @param fabric name of the catalog; null where it is the usual one
    /// @throws dev.dryrun.hardware.catalog.InvalidInputException with everything that is wrong
    public static ClusterAlone read(Catalog catalog, String written, @Nullable String fabric) {
        return read(catalog, written, fabric, List.of());
    }

    private static ClusterAlone read(Catalog catalog, String written, @Nullable String fabric, List<String> degraded) {
        Matcher product = PRODUCT.matcher(written);
        if (!product.matches()) {
            throw new InvalidInputException(
                    List.of(new Problem(Known.COMMAND_LINE, "--cluster", "empty", "must name a node", "hgx-h100*2")));
        }
        Map<String, Object> block = new LinkedHashMap<>();
        String node = product.group(1);
        String nodes = product.group(2);
        boolean file = FILE.matcher(node).matches();
        if (!file) {
            block.put("node", node);
        }
        if (nodes != null || !file) {
            block.put("nodes", nodes == null ? (Object) 1L : nodes.matches("\\d{1,18}") ? Long.valueOf(nodes) : nodes);
        }
        if (fabric != null) {
            block.put("fabric", fabric);
        }
        if (!degraded.isEmpty()) {
            block.put("degraded", degraded.stream().map(ClusterOption::degraded).toList());
        }
        var reader = new ScenarioReader(catalog);
        String json = new JsonText().value(Map.of("cluster", block)).toString();
        try {
            return file ? reader.readCluster(Path.of(node), TYPED, json) : reader.readCluster(TYPED, json);
        } catch (InvalidInputException wrong) {
            throw new InvalidInputException(
                    wrong.problems().stream().map(ClusterOption::asTyped).toList());
        }
    }

    /// Lines and columns of what was typed say nothing.
    private static Problem asTyped(Problem problem) {
        return problem.at().file().equals(TYPED)
                ? new Problem(
                        Known.COMMAND_LINE, problem.field(), problem.found(), problem.expected(), problem.remedy())
                : problem;
    }

    private static Map<String, Object> degraded(String written) {
        int sign = written.lastIndexOf('=');
        String part = sign < 0 ? written : written.substring(0, sign);
        String rate = sign < 0 ? "" : written.substring(sign + 1).strip();
        Map<String, Object> row = new LinkedHashMap<>();
        row.put(part.contains(" - ") ? "link" : "device", part);
        if (!rate.isEmpty()) {
            row.put("rate", rate.matches("\\d{1,3}(\\.\\d{1,9})?") ? (Object) Double.valueOf(rate) : rate);
        }
        return row;
    }
}
