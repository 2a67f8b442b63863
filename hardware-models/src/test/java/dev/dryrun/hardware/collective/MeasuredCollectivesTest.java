// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Predictions beside public nccl-tests results of 1 MiB and up: on nodes of A100, H100, H200 and MI300X class, alone
/// or joined by InfiniBand or RoCE, and apart from them on newer GPUs and other networks. Rows whose source shows them
/// to be broken are left out. Skipped where the table of results is absent.
class MeasuredCollectivesTest {
    private static final Path TABLE = Path.of("../../shared/data/collectives.csv");
    private static final double MIB = 1 << 20;
    /// Repetitions of this run differ by 30 % among themselves; single sizes of it bound nothing.
    private static final String NOISY = "2 DGX-class H100 nodes, 4 GPUs used per node";

    @BeforeEach
    void needsTheTable() {
        assumeTrue(Files.exists(TABLE), "no table of measured collectives at " + TABLE);
    }

    private static List<MeasuredCollective> rows(double fromBytes, double belowBytes) throws IOException {
        return MeasuredCollective.read(TABLE).stream()
                .filter(row -> row.bytes() >= fromBytes && row.bytes() < belowBytes)
                .filter(row -> row.suspicious().isEmpty())
                .filter(row -> row.node().isPresent() && row.kind().isPresent())
                .filter(row -> row.isCommon())
                .toList();
    }

    private static Map<String, Double> meanErrorBySystem(List<MeasuredCollective> rows) {
        Map<String, DoubleSummaryStatistics> errors = new TreeMap<>();
        for (MeasuredCollective row : rows) {
            errors.computeIfAbsent(row.system(), system -> new DoubleSummaryStatistics())
                    .accept(Math.abs(row.predictedSeconds() / row.seconds() - 1));
        }
        Map<String, Double> means = new TreeMap<>();
        errors.forEach((system, error) -> means.put(system, error.getAverage()));
        return means;
    }

    /// The aim of the project for collectives of 1 MiB and up is a mean error under 9 %, systems weighing alike. The
    /// noisiest system scatters by 30 %, so its mean cannot be asked to be better.
    @Test
    void systemsAreWithinTheAim() throws IOException {
        Map<String, Double> errors = meanErrorBySystem(rows(MIB, Double.MAX_VALUE));
        assertTrue(errors.size() >= 10, errors.toString());
        double mean = errors.values().stream().mapToDouble(e -> e).average().orElseThrow();
        assertTrue(mean < 0.09, errors.toString());
        errors.forEach((system, error) -> assertTrue(error < 0.30, () -> system + ": " + error));
    }

    /// B200, MI355X, and the networks of clouds and Slingshot, each seen on one or two systems. Their bounds are those
    /// of the study that the formulas come from: a mean of 14.7 % for machines that the constants have not seen, and 30
    /// % for one whose repetitions scatter so.
    @Test
    void rarerMachinesAreWithinWhatTheStudyFound() throws IOException {
        Map<String, Double> errors = meanErrorBySystem(MeasuredCollective.read(TABLE).stream()
                .filter(row -> row.bytes() >= MIB && row.suspicious().isEmpty())
                .filter(row -> row.node().isPresent() && row.kind().isPresent())
                .filter(row -> !row.isCommon())
                .toList());
        assertTrue(errors.size() >= 8, errors.toString());
        double mean = errors.values().stream().mapToDouble(e -> e).average().orElseThrow();
        assertTrue(mean < 0.147, errors.toString());
        errors.forEach((system, error) -> assertTrue(error < 0.30, () -> system + ": " + error));
    }

    /// Root mean square of ln(predicted / measured) by size. Bounds: the fitted model's own standard deviations over
    /// all networks, 0.26, 0.18 and 0.08; another way of writing the same formulas must not scatter more.
    @ParameterizedTest
    @CsvSource({"1, 16, 0.26", "16, 256, 0.18", "256, 1e9, 0.08"})
    void scattersNoMoreThanTheFit(double fromMib, double belowMib, double bound) throws IOException {
        double squares = 0;
        List<MeasuredCollective> rows = rows(fromMib * MIB, belowMib * MIB).stream()
                .filter(row -> !row.system().equals(NOISY))
                .toList();
        for (MeasuredCollective row : rows) {
            double log = Math.log(row.predictedSeconds() / row.seconds());
            squares += log * log;
        }
        double scatter = Math.sqrt(squares / rows.size());
        assertTrue(scatter <= bound, () -> "%.3f over %d rows".formatted(scatter, rows.size()));
    }
}
