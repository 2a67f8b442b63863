// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineTest {
    private final List<String> fired = new ArrayList<>();

    @Test
    void firesByTimeAndThenInTheOrderOfScheduling() {
        var engine = recordingEngine();
        engine.schedule(5, 1);
        engine.schedule(3, 2);
        engine.schedule(5, 3);
        assertEquals(5, engine.run());
        assertEquals(List.of("2@3", "1@5", "3@5"), fired);
    }

    @Test
    void anEventMayScheduleOthersAtItsInstant() {
        var engine = new Engine[1];
        engine[0] = new Engine((event, now) -> {
            fired.add(event + "@" + now);
            if (event < 3) {
                engine[0].schedule(0, event + 1);
            }
        });
        engine[0].schedule(4, 1);
        engine[0].schedule(4, 9);
        engine[0].run();
        assertEquals(List.of("1@4", "9@4", "2@4", "3@4"), fired);
    }

    @Test
    void anAlarmRingsOnceAfterTheOtherEventsOfItsInstant() {
        var engine = recordingEngine();
        engine.addAlarm(1).set(4);
        engine.schedule(4, 2);
        engine.schedule(5, 3);
        engine.run();
        assertEquals(List.of("2@4", "1@4", "3@5"), fired);
    }

    @Test
    void movingAnAlarmLeavesNothingWhereItWas() {
        var engine = recordingEngine();
        Alarm alarm = engine.addAlarm(1);
        alarm.set(100);
        alarm.set(10);
        assertEquals(10, engine.run());
        alarm.set(200);
        alarm.clear();
        assertEquals(10, engine.run());
        assertEquals(List.of("1@10"), fired);
    }

    @Test
    void alarmsOfOneInstantRingInTheOrderTheyWereAdded() {
        var engine = recordingEngine();
        Alarm first = engine.addAlarm(1);
        Alarm second = engine.addAlarm(2);
        second.set(3);
        first.set(3);
        engine.run();
        assertEquals(List.of("1@3", "2@3"), fired);
    }

    @Test
    void rejectsThePast() {
        var engine = recordingEngine();
        var problem = assertThrows(IllegalArgumentException.class, () -> engine.schedule(-1, 7));
        assertTrue(problem.toString().contains("delayNanos is -1 for event 7 at 0 ns"));
        engine.schedule(5, 1);
        engine.run();
        assertThrows(IllegalArgumentException.class, () -> engine.addAlarm(2).set(4));
    }

    @Test
    void timeBeyondItsRangeIsAnError() {
        var engine = recordingEngine();
        engine.schedule(1, 1);
        engine.run();
        assertThrows(ArithmeticException.class, () -> engine.schedule(Long.MAX_VALUE, 2));
    }

    private Engine recordingEngine() {
        return new Engine((event, now) -> fired.add(event + "@" + now));
    }
}
