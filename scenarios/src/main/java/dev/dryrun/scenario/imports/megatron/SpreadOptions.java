// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.NearestSimulated.Spread;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ranks that share the tokens of a sequence or the experts of a layer, and the order in which ranks are counted.
final class SpreadOptions {
    private static final int MOST = 1 << 18;
    /// `tp-cp-ep-pp-dp`, which `--use-tp-pp-dp-mapping` asks for. Source: Megatron-LM, `initialize.py`, read 2026-11.
    private static final List<String> STAGES_BEFORE_REPLICAS =
            List.of("tensor", "context", "expert", "pipeline", "data");

    private final Reading reading;

    private SpreadOptions(Reading reading) {
        this.reading = reading;
    }

    static void read(Reading reading) {
        var spread = new SpreadOptions(reading);
        spread.put(
                Spread.CONTEXT,
                "sequences are whole",
                "--context-parallel-size",
                "--ds-sequence-parallel-size",
                "--sequence-parallel-size");
        spread.exchange();
        spread.experts();
        Option mapping = reading.find("--use-tp-pp-dp-mapping");
        if (mapping != null) {
            reading.set("strategy.order", STAGES_BEFORE_REPLICAS, mapping);
        }
    }

    private void experts() {
        Option ranks = reading.find("--expert-model-parallel-size", "--moe-expert-parallel-size");
        Option each = reading.find("--expert-tensor-parallel-size");
        if (reading.drafted("model.experts.count", 0) == 0 && !reading.has("--num-experts")) {
            for (Option option : new @Nullable Option[] {ranks, each}) {
                if (option != null) {
                    option.free("there are no experts");
                }
            }
            return;
        }
        put(
                Spread.EXPERT,
                "experts are not spread over ranks",
                "--expert-model-parallel-size",
                "--moe-expert-parallel-size");
        Long size = each == null ? null : reading.number(each, 1, MOST);
        if (each != null && size != null) {
            write(Spread.EXPERT_TENSOR, size, each);
        }
    }

    /// Writes a degree of more than one rank.
    private void put(Spread spread, String whole, String... names) {
        Option option = reading.find(names);
        Long size = option == null ? null : reading.number(option, 1, MOST);
        if (option != null && size != null && size == 1) {
            option.free(whole);
        } else if (option != null && size != null) {
            write(spread, size, option);
        } else if (option != null && !option.isKnown()) {
            reading.leaveOpen(spread.key(), option.name() + ": " + option.note());
        }
    }

    private void write(Spread spread, long size, Option option) {
        reading.set(spread.key(), size, option);
        option.modelled(spread.key());
    }

    /// How ranks that share a sequence let them see each other; Megatron-LM passes keys and values round unless told.
    private void exchange() {
        Option option = reading.find("--cp-comm-type");
        if (option == null || reading.isUnknown(option)) {
            return;
        }
        String key = "strategy.context_exchange";
        String exchange = switch (option.text()) {
            case "p2p" -> "ring";
            case "all_gather" -> "all-gather";
            case "a2a" -> "all-to-all";
            default -> "";
        };
        if (reading.drafted(Spread.CONTEXT.key(), 1) == 1) {
            option.free("sequences are whole");
        } else if (exchange.isEmpty()) {
            option.notModelled("keys and values go round a ring in all layers");
        } else {
            reading.set(key, exchange, option);
            option.modelled(key);
        }
    }
}
