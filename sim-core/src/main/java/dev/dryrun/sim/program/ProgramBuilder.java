// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.Arrays;

/// Writes a program, instruction after instruction in the host's order.
public final class ProgramBuilder {
    private final StepTables tables;
    private final int streams;
    private int size;
    private byte[] opcode = new byte[64];
    private byte[] stream = new byte[64];
    private int[] operand = new int[64];
    private int[] after = new int[64];
    private int[] name = new int[64];
    private int[] detail = new int[64];

    ProgramBuilder(StepTables tables, int streams) {
        if (streams < 1 || streams > 127) {
            throw new IllegalArgumentException("streams is " + streams + "; a rank has 1 to 127");
        }
        this.tables = tables;
        this.streams = streams;
    }

    /// Runs a block on a stream once `after` (or `Program.NONE`) is done; returns the instruction's number.
    public int block(int onStream, Block block, int afterInstruction, String named, int withDetail) {
        return add(Program.BLOCK, onStream, tables.numberOf(block), afterInstruction, named, withDetail);
    }

    /// Communicates on a stream once `after` is done.
    public int call(int onStream, Call call, int afterInstruction, String named, int withDetail) {
        return add(Program.CALL, onStream, tables.numberOf(call), afterInstruction, named, withDetail);
    }

    /// Holds a stream until an instruction is done.
    public int await(int onStream, int afterInstruction) {
        return add(Program.WAIT, onStream, Program.NONE, afterInstruction, "wait", Program.NONE);
    }

    /// Holds the host until an instruction is done.
    public int hostSync(int afterInstruction) {
        return add(Program.HOST_SYNC, Program.NONE, Program.NONE, afterInstruction, "host sync", Program.NONE);
    }

    public Program build() {
        return new Program(this, tables);
    }

    /// Number of instructions so far, which is the number of the next one.
    public int size() {
        return size;
    }

    private int add(byte code, int onStream, int operandNumber, int afterInstruction, String named, int withDetail) {
        if (code != Program.HOST_SYNC && (onStream < 0 || onStream >= streams)) {
            throw new IllegalArgumentException(
                    "stream is " + onStream + " of instruction " + size + "; there are " + streams);
        }
        if (afterInstruction < Program.NONE || afterInstruction >= size) {
            throw new IllegalArgumentException(
                    "after is " + afterInstruction + " of instruction " + size + "; it must be an earlier one");
        }
        if (size == opcode.length) {
            grow();
        }
        opcode[size] = code;
        stream[size] = (byte) onStream;
        operand[size] = operandNumber;
        after[size] = afterInstruction;
        name[size] = tables.numberOf(named);
        detail[size] = withDetail;
        return size++;
    }

    private void grow() {
        int capacity = 2 * size;
        opcode = Arrays.copyOf(opcode, capacity);
        stream = Arrays.copyOf(stream, capacity);
        operand = Arrays.copyOf(operand, capacity);
        after = Arrays.copyOf(after, capacity);
        name = Arrays.copyOf(name, capacity);
        detail = Arrays.copyOf(detail, capacity);
    }

    int streams() {
        return streams;
    }

    byte[] opcodes() {
        return Arrays.copyOf(opcode, size);
    }

    byte[] streamColumn() {
        return Arrays.copyOf(stream, size);
    }

    int[] operands() {
        return Arrays.copyOf(operand, size);
    }

    int[] afters() {
        return Arrays.copyOf(after, size);
    }

    int[] names() {
        return Arrays.copyOf(name, size);
    }

    int[] details() {
        return Arrays.copyOf(detail, size);
    }
}
