// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.validation.calibrate.collective.Evidence;
import dev.dryrun.validation.published.table.TableProblem;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// From logs to a fit.
///
/// @param node of the catalog; empty where the devices' name is to tell
/// @param fabric of the catalog
/// @param collective of runs whose logs do not say; may be empty
record SiteCalibration(Catalog catalog, String node, String fabric, String collective) {
    private static final String RULE = "a log of nccl-tests or rccl-tests";

    /// @param notes takes up what was left out
    /// @throws UnreadableTable with everything that is wrong
    SiteFit fit(List<Path> logs, List<String> notes) {
        List<TableProblem> problems = new ArrayList<>();
        List<NcclTestsLog> runs = new ArrayList<>();
        for (Path log : logs) {
            lines(log, problems)
                    .ifPresent(lines -> runs.addAll(NcclTestsReader.read(log.toString(), lines, problems, notes)));
        }
        if (!problems.isEmpty()) {
            throw new UnreadableTable(problems);
        }
        ClusterAlone cluster = cluster(runs);
        Evidence evidence = new SiteLogs(cluster.cluster(), collective).evidence(runs);
        var room = new SiteConstants.Room(
                cluster.library(),
                cluster.cluster().node().link(),
                cluster.cluster().fabric().network());
        return SiteFit.of(evidence, room);
    }

    private ClusterAlone cluster(List<NcclTestsLog> runs) {
        NcclTestsLog widest = runs.getFirst();
        for (NcclTestsLog run : runs) {
            widest = run.nodes() > widest.nodes() ? run : widest;
        }
        String name = node;
        if (name.isEmpty()) {
            Optional<String> known = widest.nodes() > 1 ? Optional.empty() : NodeOfDevice.of(widest.gpu());
            if (known.isEmpty()) {
                String found = widest.gpu().isEmpty()
                        ? "a run without its list of devices"
                        : "a run on \"" + widest.gpu() + "\"" + (widest.nodes() > 1 ? " over several hosts" : "");
                throw new UnreadableTable(List.of(new TableProblem(
                        widest.file(),
                        widest.line(),
                        "",
                        found,
                        "on a node that is named",
                        "--cluster with a node of the catalog")));
            }
            name = known.get();
        }
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("node", name);
        block.put("nodes", Math.max(1, widest.nodes()));
        if (!fabric.isEmpty()) {
            block.put("fabric", fabric);
        }
        String json = new JsonText().value(Map.of("cluster", block)).toString();
        return new ScenarioReader(catalog).readCluster("--cluster", json);
    }

    private static Optional<List<String>> lines(Path log, List<TableProblem> problems) {
        try {
            return Optional.of(Files.readAllLines(log, StandardCharsets.UTF_8));
        } catch (MalformedInputException e) {
            problems.add(new TableProblem(log.toString(), 0, "", "a file that is no text", RULE, ""));
        } catch (IOException e) {
            problems.add(new TableProblem(log.toString(), 0, "", "a file that cannot be read", RULE, ""));
        }
        return Optional.empty();
    }
}
