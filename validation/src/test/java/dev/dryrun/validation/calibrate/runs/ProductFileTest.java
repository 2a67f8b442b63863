// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.validation.published.table.UnreadableTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductFileTest {
    @TempDir
    private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("gemms.csv"), text);
    }

    @Test
    void columnsStandInAnyOrderBesideOthers() throws IOException {
        List<TimedProduct> products = ProductFile.read(file("us,dtype,note,K,N,M\n12.5,BF16,warm,64,128,256\n"));
        assertEquals(List.of(new TimedProduct(Gemm.of(256, 128, 64, Precision.BF16), 12.5 * 1e-6)), products);
    }

    @Test
    void everyWrongCellIsNamedWithItsLineAndColumn() throws IOException {
        Path file = file("M,N,K,dtype,us\n0,8,8,bf16,1\n8,8,8,int7,1\n8,8,8,fp16,-3\n8,8\n");
        var refusal = assertThrows(UnreadableTable.class, () -> ProductFile.read(file));
        List<String> problems =
                refusal.problems().stream().map(Object::toString).toList();
        assertEquals(file + ":2: m is \"0\", but must be a whole number from 1 to 999999999.", problems.get(0));
        assertEquals(
                file + ":3: dtype is \"int7\", but must be one of fp32, tf32, fp16, bf16, fp8, fp4.", problems.get(1));
        assertEquals(file + ":4: us is \"-3\", but must be microseconds above 0.", problems.get(2));
        assertEquals(file + ":5: k is empty, but must be a whole number from 1 to 999999999.", problems.get(3));
        assertEquals(6, problems.size());
    }

    @Test
    void aMissingColumnIsNamed() throws IOException {
        Path file = file("M,N,K,us\n8,8,8,1\n");
        var refusal = assertThrows(UnreadableTable.class, () -> ProductFile.read(file));
        assertEquals(file + ":1: the header without dtype, but must be one with M,N,K,dtype,us.", refusal.getMessage());
    }
}
