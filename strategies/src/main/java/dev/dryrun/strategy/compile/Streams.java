// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.strategy.job.TrainingJob;
import java.util.List;

/// The streams of a rank.
public final class Streams {
    public static final int COMPUTE = 0;
    public static final int TENSOR = 1;
    public static final int DATA = 2;
    public static final int SEND_FORWARD = 3;
    public static final int RECEIVE_FORWARD = 4;
    public static final int SEND_BACKWARD = 5;
    public static final int RECEIVE_BACKWARD = 6;
    public static final int SEND_FORWARD_UP = 7;
    public static final int RECEIVE_FORWARD_UP = 8;
    public static final int SEND_BACKWARD_UP = 9;
    public static final int RECEIVE_BACKWARD_UP = 10;
    public static final int TO_HOST = 11;
    public static final int FROM_HOST = 12;
    public static final int HOST_UPDATE = 13;

    /// Names in the order of their numbers.
    public static final List<String> NAMES = List.of(
            "compute",
            "tensor comm",
            "data comm",
            "send forward",
            "receive forward",
            "send backward",
            "receive backward",
            "send forward up",
            "receive forward up",
            "send backward up",
            "receive backward up",
            "to host",
            "from host",
            "host update");

    /// Streams that a job's ranks need: those of the host only where something lies there.
    static int count(TrainingJob job) {
        return job.strategy().offload().isNone() ? TO_HOST : NAMES.size();
    }

    private Streams() {}
}
