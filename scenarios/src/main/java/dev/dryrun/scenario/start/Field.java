// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import java.util.Arrays;
import java.util.List;

/// What has to be known of a job before its first scenario can be written, in the order in which it is asked.
public enum Field {
    MODEL("model", "--model", "models", "Model", Need.REQUIRED),
    NODE("cluster.node", "--node", "nodes", "Kind of node", Need.REQUIRED),
    NODES("cluster.nodes", "--nodes", "", "Number of nodes", Need.REQUIRED),
    FABRIC("cluster.fabric", "--fabric", "fabrics", "Fabric between the nodes", Need.OPTIONAL),
    SEQUENCE_LENGTH("training.sequence_length", "--sequence-length", "", "Tokens of a sequence", Need.REQUIRED),
    GLOBAL_BATCH("training.global_batch", "--global-batch", "", "Sequences of a step, all replicas", Need.REQUIRED),
    PRECISION("training.precision", "--precision", "", "Format of the matrix products", Need.OPTIONAL),
    TOKENS("training.tokens", "--tokens", "", "Tokens of the whole training, 300e9 say", Need.OPTIONAL),
    STACK("stack", "--stack", "stacks", "Software stack", Need.OPTIONAL),
    SITE("site", "--site", "sites", "Site", Need.OPTIONAL),
    NAME("name", "--name", "", "Name of the scenario", Need.OPTIONAL),
    TENSOR("strategy.tensor", "--tensor", "", "Tensor group", Need.CHOSEN),
    STAGES("strategy.pipeline.stages", "--stages", "", "Pipeline stages", Need.CHOSEN),
    MICRO_BATCH("strategy.micro_batch", "--micro-batch", "", "Micro-batch", Need.CHOSEN),
    RECOMPUTE("strategy.recompute", "--recompute", "", "Recomputation", Need.CHOSEN);

    /// What happens where nobody says it.
    enum Need {
        /// It must be said, by an option or in an answer.
        REQUIRED,
        /// It has a default, or can be left out.
        OPTIONAL,
        /// It is part of the strategy, which is chosen.
        CHOSEN
    }

    private final String key;
    private final String option;
    private final String kind;
    private final String question;
    private final Need need;

    Field(String key, String option, String kind, String question, Need need) {
        this.key = key;
        this.option = option;
        this.kind = kind;
        this.question = question;
        this.need = need;
    }

    /// Where it stands in a scenario.
    public String key() {
        return key;
    }

    /// Its option on the command line.
    public String option() {
        return option;
    }

    /// Kind of catalog entry that it names; empty for other fields.
    String kind() {
        return kind;
    }

    String question() {
        return question;
    }

    /// Fields that somebody has to give.
    public static List<Field> required() {
        return with(Need.REQUIRED);
    }

    /// Fields of the strategy.
    static List<Field> chosen() {
        return with(Need.CHOSEN);
    }

    boolean isChosen() {
        return need == Need.CHOSEN;
    }

    private static List<Field> with(Need need) {
        return Arrays.stream(values()).filter(field -> field.need == need).toList();
    }
}
