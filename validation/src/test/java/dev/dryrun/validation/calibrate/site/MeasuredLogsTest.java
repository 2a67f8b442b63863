// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.cli.ClusterOption;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkLogs;
import dev.dryrun.validation.published.collective.table.CollectiveTable;
import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Setup;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Logs printed of times that machines really showed.
class MeasuredLogsTest {
    @TempDir
    private Path folder;

    /// What is fitted to a machine predicts it better than the catalog does, whose constants are a compromise among
    /// machines of which this is one. Most of what is left is in the middle sizes, where protocols change.
    @ParameterizedTest
    @CsvSource({
        "'Vultr HGX B200, IB NDR 8x400G', dgx-b200*2, rail-optimised, NVIDIA B200",
        "AWS p5.48xlarge EFA v2 32x100G, aws-p5*2, efa, NVIDIA H100 80GB HBM3",
        "GCP A3 Mega TCPXO 8x200G (GKE), gcp-a3-mega*2, tcpxo, NVIDIA H100 80GB HBM3",
        "'SuperBench test log, 8x A100-SXM4-40GB node', dgx-a100-40gb, single-node, A100-SXM4-40GB",
        "AMD MI300X reference node (acceptance guide), mi300x-platform, single-node, AMD Instinct MI300X"
    })
    void aFitImprovesOnTheCatalog(String system, String cluster, String fabric, String product) throws IOException {
        ClusterAlone alone = ClusterOption.read(new Catalog(List.of()), cluster, fabric);
        var machine = new Machine(
                alone.cluster().node(),
                alone.cluster().fabric(),
                alone.library(),
                alone.cluster().nodes());
        var problems = new Problems();
        List<Path> files = logs(system, product);
        BenchmarkLogs logs = BenchmarkLogs.read(files, null, problems);
        SiteFit fit = SiteFit.of(new RunMapping(machine, problems, new ArrayList<>()).evidence(logs.runs()));
        problems.throwIfAny();
        List<SiteResiduals.Row> rows = SiteResiduals.of(fit).rows();
        double before = SiteResiduals.mean(rows, false);
        double after = SiteResiduals.mean(rows, true);
        assertTrue(after < before, () -> "mean error %.3f, was %.3f".formatted(after, before));
    }

    private List<Path> logs(String system, String product) throws IOException {
        Map<Sweep, List<double[]>> sweeps = new LinkedHashMap<>();
        for (MeasuredCollective row : CollectiveTable.builtIn().rows()) {
            if (row.system().equals(system) && row.suspicious().isEmpty()) {
                double micros = row.seconds() * 1e6;
                sweeps.computeIfAbsent(row.sweep(), sweep -> new ArrayList<>())
                        .add(new double[] {row.bytes(), micros, micros});
            }
        }
        var files = new ArrayList<Path>();
        for (Map.Entry<Sweep, List<double[]>> sweep : sweeps.entrySet()) {
            Setup setup = sweep.getKey().setup();
            String text = LogMaker.log(
                    sweep.getKey().collective(),
                    setup.nodes(),
                    setup.gpus() / setup.nodes(),
                    setup.launch(),
                    product,
                    sweep.getValue());
            files.add(Files.writeString(folder.resolve(files.size() + ".log"), text));
        }
        assertTrue(!files.isEmpty(), system);
        assertEquals(sweeps.size(), files.size());
        return files;
    }
}
