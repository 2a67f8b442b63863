// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

/// How unlike two jobs are. One is the distance of another accelerator, or of another line of software.
///
/// Sum of: accelerator 1 (0.25 for another variant of the same chip) and library 1 where its vendor is another; stack 1
/// (0.5 within a line such as `te-`); experts 1; sharded parameters 0.5; precision, site, and whether there are tensor
/// groups, stages, context groups 0.25 each; GPUs, parameters and tokens of a sequence 0.1 for each doubling.
final class FeatureDistance {
    private static final double OTHER = 1;
    private static final double SAME_LINE = 0.5;
    private static final double SAME_CHIP = 0.25;
    private static final double LAYOUT = 0.25;
    private static final double PER_DOUBLING = 0.1;

    private FeatureDistance() {}

    static double between(JobFeatures a, JobFeatures b) {
        return names(a.accelerator(), b.accelerator(), SAME_CHIP)
                + (a.library().equals(b.library()) ? 0 : OTHER)
                + names(a.stack(), b.stack(), SAME_LINE)
                + when(a.experts() != b.experts(), OTHER)
                + when(a.sharded() != b.sharded(), SAME_LINE)
                + when(a.precision() != b.precision(), LAYOUT)
                + when(!a.site().equals(b.site()), LAYOUT)
                + when(a.tensor() > 1 != b.tensor() > 1, LAYOUT)
                + when(a.pipeline() > 1 != b.pipeline() > 1, LAYOUT)
                + when(a.context() > 1 != b.context() > 1, LAYOUT)
                + doublings(a.gpus(), b.gpus())
                + doublings(a.parameters(), b.parameters())
                + doublings(a.sequence(), b.sequence());
    }

    private static double names(String a, String b, double sameFirstWord) {
        if (a.equals(b)) {
            return 0;
        }
        int word = wordLength(a);
        return word == wordLength(b) && a.startsWith(b.substring(0, word)) ? sameFirstWord : OTHER;
    }

    private static int wordLength(String name) {
        int dash = name.indexOf('-');
        return dash < 0 ? name.length() : dash;
    }

    private static double when(boolean differs, double distance) {
        return differs ? distance : 0;
    }

    private static double doublings(long a, long b) {
        return PER_DOUBLING * Math.abs(Math.log((double) a / b)) / Math.log(2);
    }
}
