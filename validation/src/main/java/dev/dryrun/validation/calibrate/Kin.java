// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import java.util.List;

/// An accelerator without kernels of its own, and whose numbers it takes. Ceilings are named as in
/// `measured-ceilings.csv`.
///
/// @param name catalog name
/// @param relative catalog name of whom it inherits from
/// @param rate how its rate is found
/// @param stream where its stream efficiency comes from
/// @param clock where its sustained clock comes from
record Kin(String name, String relative, Rate rate, Stream stream, Clock clock) {
    /// How the rate of matrix products is found.
    sealed interface Rate {
        /// The relative's: it is the same chip with another memory.
        record SameChip() implements Rate {}

        /// From its best published product.
        record BestProduct(String ceiling) implements Rate {}

        /// The relative's share of the peak, times the ratio of what their best published products reach of it.
        record RatioOfBest(String ceiling, String relatives) implements Rate {}

        /// From a minute of products, as {@link Inheritance} weighs them. The clock is that of the minute.
        record LongRun(String ceiling) implements Rate {}

        /// The relative's share of the peak: the same silicon with fewer units or another clock.
        record ShareOfPeak() implements Rate {}

        /// The share of the peak of an accelerator of another design; nothing was measured on this one.
        record Sheet() implements Rate {}
    }

    /// Where the share of memory bandwidth that streaming kernels reach comes from.
    sealed interface Stream {
        record Relatives() implements Stream {}

        record BabelStream(String ceiling) implements Stream {}

        record Copy(String ceiling) implements Stream {}
    }

    /// Where the share of the burst rate that a chip keeps up comes from.
    enum Clock {
        /// The relative's share.
        RELATIVES,
        /// The relative's sustained rate in proportion to the limits of power: chips of one generation spend the same
        /// on an operation.
        POWER
    }

    private static final Stream RELATIVES = new Stream.Relatives();
    private static final String A100 = "a100-sxm-80gb";
    private static final String A100_PCIE = "a100-pcie-80gb";
    private static final String H100 = "h100-sxm-80gb";
    private static final String B200 = "b200-sxm-180gb";
    private static final String MI300X = "mi300x";

    /// In an order in which every relative comes before those who inherit from it. Gaudi inherits from H100, whose
    /// epilogue costs next to nothing: its best products leave no room for another.
    static final List<Kin> ALL = List.of(
            sameChip("a100-sxm-40gb", A100),
            new Kin(MI300X, H100, new Rate.BestProduct("MI300X"), new Stream.BabelStream("MI300X"), Clock.RELATIVES),
            sameChip("v100-sxm-16gb", "v100-sxm-32gb"),
            sameChip("a800-sxm-80gb", A100),
            shareOfPeak("a100-pcie-40gb", A100_PCIE),
            sameChip("h200-sxm-141gb", H100),
            sameChip("h800-sxm-80gb", H100),
            sameChip("gh200-96gb", H100),
            sameChip("gh200-141gb", H100),
            shareOfPeak("h100-pcie-80gb", H100),
            shareOfPeak("h100-nvl-94gb", H100),
            blackwell("b300-sxm-288gb", new Rate.RatioOfBest("B300-SXM", "B200-SXM"), RELATIVES),
            blackwell("gb200-186gb", new Rate.RatioOfBest("GB200", "B200-SXM"), new Stream.Copy("GB200")),
            new Kin("gb300-279gb", B200, new Rate.LongRun("GB300"), RELATIVES, Clock.RELATIVES),
            sheet("l40s", H100),
            sheet("rtx-3090", A100),
            sheet("rtx-4090", H100),
            sheet("mi250x-gcd", MI300X),
            bestProduct("mi325x", MI300X, "MI325X"),
            bestProduct("mi355x", MI300X, "MI355X"),
            bestProduct("gaudi2", H100, "Gaudi2"),
            bestProduct("gaudi3", H100, "Gaudi3"),
            sheet("tpu-v4", A100),
            sheet("tpu-v5e", A100),
            sheet("tpu-v5p", A100),
            sheet("tpu-v6e", A100));

    private static Kin blackwell(String name, Rate rate, Stream stream) {
        return new Kin(name, B200, rate, stream, Clock.POWER);
    }

    private static Kin sameChip(String name, String relative) {
        return new Kin(name, relative, new Rate.SameChip(), RELATIVES, Clock.RELATIVES);
    }

    private static Kin bestProduct(String name, String relative, String ceiling) {
        return new Kin(name, relative, new Rate.BestProduct(ceiling), RELATIVES, Clock.RELATIVES);
    }

    private static Kin sheet(String name, String other) {
        return new Kin(name, other, new Rate.Sheet(), RELATIVES, Clock.RELATIVES);
    }

    private static Kin shareOfPeak(String name, String relative) {
        return new Kin(name, relative, new Rate.ShareOfPeak(), RELATIVES, Clock.RELATIVES);
    }
}
