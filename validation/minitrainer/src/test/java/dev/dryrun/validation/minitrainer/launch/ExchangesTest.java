// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.train.ExchangeOrder;
import dev.dryrun.validation.train.ExchangeTime;
import dev.dryrun.validation.train.TrainingFailure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two processes time what they exchange.
class ExchangesTest {
    private static final List<CollectiveKind> KINDS = ExchangeOrder.usual("cpu").kinds();

    @Test
    @Timeout(120)
    void everyKindIsTimedAtEachSize() {
        List<Long> sizes = List.of(1024L, 65536L);
        List<String> told = new ArrayList<>();
        for (ExchangeTime time : new LibtorchTrainer().exchanges(new ExchangeOrder("cpu", 2, KINDS, sizes, 0.01))) {
            told.add(time.kind() + " " + time.bytes());
            assertTrue(time.rounds() >= 10, time::toString);
            assertTrue(time.quietSeconds() > 0 && time.quietSeconds() <= time.medianSeconds(), time::toString);
        }
        List<String> wanted = KINDS.stream()
                .flatMap(kind -> sizes.stream().map(bytes -> kind + " " + bytes))
                .toList();
        assertEquals(wanted, told);
    }

    @Test
    @Timeout(120)
    void aRankThatCannotGoOnSaysWhy() {
        var order = new ExchangeOrder("cuda:nowhere", 2, KINDS, List.of(1024L), 0.01);
        var failure = assertThrows(TrainingFailure.class, () -> new LibtorchTrainer().exchanges(order));
        assertTrue(failure.getMessage().contains("nowhere"), failure.getMessage());
    }
}
