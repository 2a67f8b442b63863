// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.collective.CollectiveKind;
import java.util.List;

/// How long two ranks take to come together for an exchange that their kernels wait for: what it takes in a training,
/// mean over the ranks, beyond what it takes between ranks that do nothing else.
///
/// Each rank's kernels are delayed now and then, by the machine or by the other rank; whoever comes first waits.
final class Meeting {
    private static final String TENSOR = "all-reduce tensor";

    private Meeting() {}

    /// Mean over the exchanges of tensor groups of two; 0 where no probe has any, or exchanges were not timed.
    static double seconds(List<Probe> probes, ExchangeFit alone) {
        if (alone.rows().isEmpty()) {
            return 0;
        }
        double beyond = 0;
        double calls = 0;
        for (Probe probe : probes) {
            for (Probe.Timed timed : probe.kernels()) {
                if (timed.name().equals(TENSOR)) {
                    beyond += timed.calls()
                            * (timed.seconds() - alone.seconds(CollectiveKind.ALL_REDUCE, Math.round(timed.size())));
                    calls += timed.calls();
                }
            }
        }
        return calls > 0 ? Math.max(0, beyond / calls) : 0;
    }
}
