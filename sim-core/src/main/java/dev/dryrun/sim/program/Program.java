// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

/// What a rank does in a step: instructions in the order in which its host issues them, each on one of a few in-order
/// streams.
///
/// Immutable, without any rank's state, and shared by all ranks that do the same. Instructions are rows of parallel
/// arrays; one instruction takes 26 bytes.
public final class Program {
    /// Runs a block of the tables on its stream.
    public static final byte BLOCK = 0;
    /// Meets the members of a group, then communicates.
    public static final byte CALL = 1;
    /// Takes no time: holds its stream until another instruction is done.
    public static final byte WAIT = 2;
    /// Holds the host until another instruction is done; lies on no stream.
    public static final byte HOST_SYNC = 3;

    /// Where a column says that there is none.
    public static final int NONE = -1;

    final int streams;
    final int size;
    final byte[] opcode;
    final byte[] stream;
    final int[] operand;
    final int[] after;
    final int[] name;
    final int[] detail;
    /// Host time before the instruction since the program's start, were the host never held.
    final long[] hostBefore;
    /// Next instruction of the same stream (of the host, for a host sync), or `size`.
    final int[] next;
    /// First instruction of each stream, then of the host.
    final int[] first;

    Program(ProgramBuilder builder, StepTables tables) {
        streams = builder.streams();
        size = builder.size();
        opcode = builder.opcodes();
        stream = builder.streamColumn();
        operand = builder.operands();
        after = builder.afters();
        name = builder.names();
        detail = builder.details();
        hostBefore = new long[size + 1];
        next = new int[size];
        first = new int[streams + 1];
        java.util.Arrays.fill(first, size);
        for (int i = 0; i < size; i++) {
            hostBefore[i + 1] = hostBefore[i] + hostNanos(i, tables);
        }
        for (int i = size - 1; i >= 0; i--) {
            int lane = opcode[i] == HOST_SYNC ? streams : stream[i];
            next[i] = first[lane];
            first[lane] = i;
        }
    }

    private long hostNanos(int i, StepTables tables) {
        return switch (opcode[i]) {
            case BLOCK -> tables.block(operand[i]).hostNanos();
            case CALL -> tables.call(operand[i]).hostNanos();
            default -> 0;
        };
    }

    /// Number of instructions.
    public int size() {
        return size;
    }

    public int streams() {
        return streams;
    }

    public byte opcode(int instruction) {
        return opcode[instruction];
    }

    public int stream(int instruction) {
        return stream[instruction];
    }

    /// Number of the block or call in the tables.
    public int operand(int instruction) {
        return operand[instruction];
    }

    /// Instruction that must be done before, or `NONE`.
    public int after(int instruction) {
        return after[instruction];
    }

    /// Number of the instruction's name in the tables.
    public int name(int instruction) {
        return name[instruction];
    }

    /// A number that goes with the name, a micro-batch say, or `NONE`.
    public int detail(int instruction) {
        return detail[instruction];
    }
}
