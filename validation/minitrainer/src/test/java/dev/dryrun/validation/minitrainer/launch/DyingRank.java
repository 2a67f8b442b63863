// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

/// The process of a rank that waits for ever, or ends with a word on why. It does what [RankMain] does about its
/// parent.
final class DyingRank {
    static final int CODE = 9;

    private DyingRank() {}

    public static void main(String[] args) throws InterruptedException {
        ParentWatch.start();
        System.out.println(Message.memory(new dev.dryrun.validation.train.RankMemory(
                0, ProcessHandle.current().pid(), 0)));
        if (args[0].equals("dies")) {
            System.err.println("the disk is full");
            System.exit(CODE);
        }
        Thread.currentThread().join();
    }
}
