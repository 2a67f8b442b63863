// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.scenario.evidence.PredictionInterval;
import dev.dryrun.validation.calibrate.device.ProbePlan;
import dev.dryrun.validation.train.KernelTime;
import dev.dryrun.validation.train.MeasuredOn;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.TrainedSpan;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveScoreTest {
    private static final SmallJob JOB = SmallJob.of(2, 64, 2, 256, 64, 2, 2);

    @Test
    void errorsAreOfTheMeanOfBothRounds() {
        LiveRow row = row(JOB, 1.2, 0.9, 1.1);
        assertEquals(20, row.errorPct(), 1e-9);
        assertEquals(20, row.measured().noisePct(), 1e-9);
        assertEquals(-50, row.memoryErrorPct(), 1e-9);
        LiveScore score = LiveScore.of(List.of(row, row(JOB, 0.96, 1, 1)));
        assertEquals(12, score.meanErrorPct(), 1e-9);
        assertEquals(10, score.noisePct(), 1e-9);
        assertEquals(1, score.covered());
    }

    /// Pairs count where no round of one lies between the rounds of the other, and where model and batch are the same.
    @Test
    void orderIsThatOfPairsThatDifferByMoreThanTheirRounds() {
        LiveRow one = row(JOB, 1.0, 1.0, 1.1);
        LiveRow within = row(JOB.recomputing("full"), 2.0, 1.05, 1.2);
        LiveRow slower = row(JOB.inMicroBatches(1, 4), 0.9, 1.3, 1.4);
        LiveRow faster = row(JOB.inMicroBatches(2, 1).over(2, 1, 1), 0.6, 0.7, 0.7);
        LiveRow other = row(SmallJob.of(1, 64, 2, 256, 64, 2, 2), 9, 0.1, 0.1);
        LiveScore.Order order = LiveScore.order(List.of(one, within, slower, faster, other));
        // one < slower and within < slower are predicted the other way round; faster is below all three, as predicted.
        assertEquals(new LiveScore.Order(5, 3), order);
    }

    @Test
    void noJobIsAProbe() {
        assertTrue(LivePlan.ALL.size() >= 20);
        assertEquals(LivePlan.ALL.size(), LivePlan.ALL.stream().distinct().count());
        assertEquals(
                List.of(), LivePlan.ALL.stream().filter(ProbePlan.ALL::contains).toList());
    }

    @Test
    void measuredTrainingsAreReadAsTheyWereWritten(@TempDir Path folder) {
        SmallJob job = LivePlan.ALL.getFirst();
        Measured training = measured(job, 1, 0.125);
        Path file = folder.resolve("measured.json");
        new MeasuredFile(on("8"), List.of()).with(training).write(file);
        MeasuredFile read = MeasuredFile.read(file, on("8"));
        assertEquals(List.of(training), read.trainings());
        assertTrue(read.of(job, 0).isEmpty());
    }

    @Test
    void whatAnotherMachineMeasuredIsRefused(@TempDir Path folder) {
        Path file = folder.resolve("measured.json");
        new MeasuredFile(on("8"), List.of()).write(file);
        var refused = assertThrows(InvalidInputException.class, () -> MeasuredFile.read(file, on("2")));
        assertTrue(refused.getMessage().contains("machine.cores is \"8\", but must be \"2\""), refused::getMessage);
    }

    private static MeasuredOn on(String cores) {
        return new MeasuredOn(MeasuredFile.SCHEMA, "cpu", Map.of("cores", cores));
    }

    private static LiveRow row(SmallJob job, double predicted, double first, double second) {
        var interval = new PredictionInterval(0.8, 0.95 * predicted, 1.05 * predicted);
        return new LiveRow(
                new LivePrediction(job, predicted, interval, 500),
                new LiveRow.Rounds(measured(job, 0, first), measured(job, 1, second)));
    }

    private static Measured measured(SmallJob job, int round, double seconds) {
        var span = new TrainedSpan(0, "mlp up", KernelTime.Pass.BACKWARD, 0.25, 0.5);
        return new Measured(job, round, seconds, seconds, 1000, 5.5, 2.5, List.of(span));
    }
}
