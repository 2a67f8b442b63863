// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.List;

/// How often the verdict on memory was right.
///
/// @param ranOutOfMemory simulated rows that ran out of memory
/// @param predictedOutOfMemory how many of these were predicted not to fit
/// @param ran simulated rows that ran
/// @param falseAlarms how many of these were predicted not to fit
public record FitVerdicts(int ranOutOfMemory, int predictedOutOfMemory, int ran, int falseAlarms) {
    static FitVerdicts of(List<ScoredRun> runs) {
        int out = 0;
        int predictedOut = 0;
        int ran = 0;
        int alarms = 0;
        for (ScoredRun scored : runs) {
            Prediction prediction = scored.prediction();
            if (prediction == null) {
                continue;
            }
            if (scored.run().ranOutOfMemory()) {
                out++;
                predictedOut += prediction.fits() ? 0 : 1;
            } else {
                ran++;
                alarms += prediction.fits() ? 0 : 1;
            }
        }
        return new FitVerdicts(out, predictedOut, ran, alarms);
    }
}
