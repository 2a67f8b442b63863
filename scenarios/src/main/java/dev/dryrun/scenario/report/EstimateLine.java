// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.estimate.Formula;
import java.util.List;

/// A line of an estimate.
///
/// @param label what it is
/// @param value how much, or the columns of a table
/// @param note what else there is to say
/// @param formulas behind it
record EstimateLine(String label, String value, String note, List<Formula> formulas) {
    static EstimateLine of(String label, String value, String note, Formula... formulas) {
        return new EstimateLine(label, value, note, List.of(formulas));
    }
}
