// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataParallelVolumeTest {
    /// arXiv:1910.02054, section 7: 2 Psi up to stage 2 and 3 Psi for stage 3, as the number of replicas grows; a ring
    /// of N moves (N - 1)/N of it.
    @ParameterizedTest
    @CsvSource({"ZERO_0, 2", "ZERO_1, 2", "ZERO_2, 2", "ZERO_3, 3"})
    void volumesMatchThePaper(ZeroStage stage, double psi) {
        double elements = 7.5e9;
        var volume = new DataParallelVolume(elements, 2, 2, 64);
        assertEquals(psi * elements * 2 * 63 / 64, volume.sentBytes(stage), 1);
        assertEquals(0, new DataParallelVolume(elements, 2, 2, 1).sentBytes(stage));
    }

    /// Gradients of 4 bytes are reduced in 4 and parameters gathered in 2.
    @Test
    void widerGradientsCostMore() {
        var volume = new DataParallelVolume(1e9, 2, 4, 2);
        assertEquals(4e9, volume.sentBytes(ZeroStage.ZERO_0));
        assertEquals(3e9, volume.sentBytes(ZeroStage.ZERO_1));
        assertEquals(4e9, volume.sentBytes(ZeroStage.ZERO_3));
    }
}
