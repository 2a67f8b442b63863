// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.Route;

/// Recursive halving and doubling: in step k each rank exchanges with the one whose number differs in bit k.
///
///     T = t0 + steps + sum_k S / (2^(k+1) r_k) for each of the rounds,  k = 0 .. log2 m - 1
///
/// A reduce-scatter halves what is exchanged from step to step while the distance doubles, an all-gather undoes it, an
/// all-reduce is both. m is the largest power of two up to n; each of the n - m ranks beyond it first gives all it has
/// to a neighbour, which does its part, and gets the result back: S / r more each time. r_k is the rate of the
/// narrowest link in step k with the shares of messages; steps do not overlap. Source: Thakur, Rabenseifner, Gropp,
/// 2005, doi:10.1177/1094342005051521, sections 4.2 and 4.4. Neither NCCL nor RCCL has it.
final class HalvingDoubling implements CollectiveAlgorithm {
    @Override
    public String name() {
        return "halving-doubling";
    }

    @Override
    public boolean isOnlyThereWhereForced() {
        return true;
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return switch (kind) {
            case ALL_REDUCE -> true;
            case ALL_GATHER, REDUCE_SCATTER -> Integer.bitCount(group.ranks()) == 1;
            case BROADCAST, REDUCE, ALL_TO_ALL, SEND_RECV, BARRIER -> false;
        };
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        int paired = Integer.highestOneBit(group.ranks());
        int beyond = group.ranks() - paired;
        var exchange = new Exchange(group);
        if (beyond > 0) {
            exchange.giveAll(beyond);
        }
        for (int distance = 1; distance < paired; distance *= 2) {
            exchange.step(distance, paired, beyond, kind.rounds());
        }
        return exchange.plan(this);
    }

    /// What the steps use of the links and how long they take.
    private static final class Exchange {
        private final Group group;
        private final LinkUsage all;
        private double secondsPerByte;
        private double latencySeconds;

        Exchange(Group group) {
            this.group = group;
            all = group.newUsage();
        }

        /// Ranks beyond the power of two hand over their buffers and receive the result.
        void giveAll(int beyond) {
            LinkUsage there = group.newUsage();
            LinkUsage back = group.newUsage();
            double seconds = 0;
            for (int i = 0; i < beyond; i++) {
                seconds = Math.max(seconds, add(there, 2 * i, 2 * i + 1, 1));
                add(back, 2 * i + 1, 2 * i, 1);
            }
            latencySeconds += 2 * seconds;
            secondsPerByte += 1 / group.stage(there).aloneBytesPerSecond()
                    + 1 / group.stage(back).aloneBytesPerSecond();
        }

        void step(int distance, int paired, int beyond, int rounds) {
            LinkUsage usage = group.newUsage();
            double seconds = 0;
            double part = 1.0 / (2 * distance);
            for (int i = 0; i < paired; i++) {
                int from = rank(i, beyond);
                int to = rank(i ^ distance, beyond);
                seconds = Math.max(seconds, add(usage, from, to, part));
                for (int again = 1; again < rounds; again++) {
                    charge(all, from, to, part);
                }
            }
            latencySeconds += rounds * seconds;
            secondsPerByte += rounds / group.stage(usage).aloneBytesPerSecond();
        }

        /// Of the first pairs only the second takes part.
        private static int rank(int position, int beyond) {
            return position < beyond ? 2 * position + 1 : position + beyond;
        }

        private double add(LinkUsage usage, int from, int to, double part) {
            charge(usage, from, to, part);
            return charge(all, from, to, part);
        }

        /// Adds a message and returns its latency.
        private double charge(LinkUsage usage, int from, int to, double part) {
            boolean remote = group.isRemote(from, to);
            double share = remote
                    ? group.networkClass().messageEfficiency()
                    : group.efficiency().ring();
            Route route = group.network().route(group.gpu(from), group.gpu(to));
            usage.add(route, part / share);
            return remote
                    ? group.networkClass().bulkLatencySeconds() + route.lineSeconds()
                    : group.library().bulkHopSeconds();
        }

        CollectivePlan plan(CollectiveAlgorithm by) {
            Stage stage = group.stage(all, 1 / secondsPerByte);
            return CollectivePlan.of(by, group.library().baseSeconds() + latencySeconds, stage);
        }
    }
}
