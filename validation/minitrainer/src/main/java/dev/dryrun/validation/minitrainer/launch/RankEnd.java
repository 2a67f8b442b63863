// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

/// Runs what a rank has to do and ends its process: whatever fails is told, and no thread of a library is waited for.
final class RankEnd {
    private static final int FAILED = 1;

    private RankEnd() {}

    static void run(Runnable work) {
        ParentWatch.start();
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            failure.printStackTrace(System.err);
            System.out.println(Message.failure(failure));
            System.out.flush();
            Runtime.getRuntime().halt(FAILED);
        }
        System.out.flush();
        // Threads of libraries may still wait for peers that are gone already.
        Runtime.getRuntime().halt(0);
    }
}
