// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.table;

import java.util.Locale;

/// Columns of the table of measured runs, in their order. A file's header names them in lower case.
public enum Column {
    ID(Kind.TEXT, true),
    FAMILY(Kind.TEXT, true),
    SOURCE(Kind.TEXT, false),
    TRANSCRIPTION(Kind.TEXT, false),
    QUALITY(Kind.QUALITY, false),
    HARDWARE(Kind.TEXT, true),
    GPU_MEM_GB(Kind.NUMBER, false),
    N_GPUS(Kind.COUNT, true),
    GPUS_PER_NODE(Kind.COUNT, false),
    INTERCONNECT(Kind.TEXT, false),
    MODEL(Kind.TEXT, false),
    PARAMS_B(Kind.NUMBER, false),
    LAYERS(Kind.COUNT, false),
    HIDDEN(Kind.COUNT, false),
    HEADS(Kind.COUNT, false),
    KV_HEADS(Kind.COUNT, false),
    FFN_HIDDEN(Kind.COUNT, false),
    VOCAB(Kind.COUNT, false),
    SEQ_LEN(Kind.COUNT, false),
    N_EXPERTS(Kind.COUNT, false),
    TOP_K(Kind.COUNT, false),
    MOE_FFN_HIDDEN(Kind.COUNT, false),
    PRECISION(Kind.TEXT, false),
    TP(Kind.COUNT, false),
    PP(Kind.COUNT, false),
    VPP(Kind.COUNT, false),
    CP(Kind.COUNT, false),
    EP(Kind.COUNT, false),
    DP(Kind.COUNT, false),
    ZERO_OR_FSDP(Kind.TEXT, false),
    SEQUENCE_PARALLEL(Kind.TEXT, false),
    RECOMPUTE(Kind.TEXT, false),
    FLASH_ATTENTION(Kind.TEXT, false),
    MICRO_BATCH(Kind.COUNT, false),
    GLOBAL_BATCH(Kind.COUNT, false),
    GLOBAL_BATCH_UNIT(Kind.TEXT, false),
    STACK(Kind.TEXT, false),
    STACK_DATE(Kind.MONTH, false),
    SITE(Kind.TEXT, false),
    METRIC(Kind.TEXT, true),
    VALUE(Kind.NUMBER, false),
    UNIT(Kind.TEXT, false),
    METRIC2(Kind.TEXT, false),
    VALUE2(Kind.TEXT, false),
    UNIT2(Kind.TEXT, false),
    PEAK_MEM_GB(Kind.NUMBER, false),
    NOTES(Kind.TEXT, false);

    /// What a cell may hold. An empty cell says that the source is silent.
    public enum Kind {
        TEXT("text"),
        COUNT("a whole number from 1 to 999999999"),
        NUMBER("a number above 0"),
        QUALITY("A, B or C"),
        MONTH("a month such as 2024-07");

        private final String expected;

        Kind(String expected) {
            this.expected = expected;
        }

        /// What a cell of this kind holds, in words.
        public String expected() {
            return expected;
        }

        boolean accepts(String cell) {
            return switch (this) {
                case TEXT -> true;
                case COUNT -> cell.matches("[1-9][0-9]{0,8}");
                case NUMBER -> isPositive(cell);
                case QUALITY -> cell.matches("[ABC]");
                case MONTH -> cell.matches("[0-9]{4}-(0[1-9]|1[0-2])");
            };
        }

        private static boolean isPositive(String cell) {
            if (!cell.matches("[+]?[0-9]*[.]?[0-9]+([eE][+-]?[0-9]+)?")) {
                return false;
            }
            double value = Double.parseDouble(cell);
            return value > 0 && value < Double.POSITIVE_INFINITY;
        }
    }

    private final Kind kind;
    private final boolean required;

    Column(Kind kind, boolean required) {
        this.kind = kind;
        this.required = required;
    }

    public Kind kind() {
        return kind;
    }

    /// Whether every row must fill it.
    public boolean required() {
        return required;
    }

    /// Name in the header of a file.
    public String header() {
        return name().toLowerCase(Locale.ROOT);
    }
}
