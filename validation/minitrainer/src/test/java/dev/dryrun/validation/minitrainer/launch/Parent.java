// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import java.util.List;

/// A process that starts two ranks, says their numbers, and waits for them.
final class Parent {
    private Parent() {}

    public static void main(String[] args) {
        List<List<String>> words = List.of(List.of("waits"), List.of("waits"));
        try (var ranks = new RankProcesses(
                DyingRank.class,
                words,
                (rank, message) -> System.out.println(message.toMemory().stateBytes()))) {
            ranks.await();
        }
    }
}
