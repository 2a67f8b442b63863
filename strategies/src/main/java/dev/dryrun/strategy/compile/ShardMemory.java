// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.pipeline.Pass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The pieces of passes whose parameters are shared out, each with what is whole of parameters and gradients meanwhile.
///
/// A layer's parameters are whole from the issue of their gather until the layer has run, or until its backward pass
/// has; its gradients from its backward pass until they are reduced, which is while the next layer runs where that
/// overlaps. What embedding and head hold is whole from the first forward pass that needs it until no micro-batch is
/// left to go backward; their gradients from the first of them to the end of the pass.
final class ShardMemory {
    private final MemoryModel memory;
    private final boolean reshards;
    private final boolean ahead;
    private final boolean beside;
    /// Pieces by the pass they are of and what else there is to know of it: made alike, they are made once.
    private final IdentityHashMap<PassWork, Map<Change, List<Piece>>> pieces = new IdentityHashMap<>();
    /// Of each chunk the micro-batches that went forward and not yet backward.
    private final int[] between;

    /// A piece: a part with the changes of memory around it.
    record Piece(PassWork.Part part, PassWork work) {}

    /// @param direction of the pass
    /// @param gathers whether it gathers its layers
    /// @param ends whether embedding and head become whole, or shares again
    private record Change(Pass.Direction direction, boolean gathers, boolean ends) {}

    /// @param reshards whether a layer's parameters are freed after its forward pass
    /// @param ahead whether the next layer's are gathered meanwhile
    /// @param beside whether gradients are reduced while the next layer runs
    ShardMemory(MemoryModel memory, int chunks, boolean reshards, boolean ahead, boolean beside) {
        this.memory = memory;
        this.reshards = reshards;
        this.ahead = ahead;
        this.beside = beside;
        between = new int[chunks];
    }

    /// The pieces of the next pass of the stage.
    ///
    /// @param gathers whether it gathers its layers
    List<Piece> pieces(int pass, PassWork work, boolean gathers) {
        int chunk = Pass.chunk(pass);
        boolean ends = switch (Pass.direction(pass)) {
            case FORWARD -> between[chunk]++ == 0;
            case BACKWARD, INPUT_GRADIENT -> --between[chunk] == 0;
            case WEIGHT_GRADIENT -> false;
        };
        return pieces.computeIfAbsent(work, fresh -> new HashMap<>())
                .computeIfAbsent(
                        new Change(Pass.direction(pass), gathers, ends), change -> new Pieces(change, work).all());
    }

    /// The making of a pass's pieces.
    private final class Pieces {
        private final Change change;
        private final PassWork work;
        private final List<Double> layers = new ArrayList<>();
        private final boolean frees;
        private final boolean makesGradients;
        private double ends;
        /// Of the parameters of the ends those that are trained.
        private double gradients;
        private boolean endsMade;
        private int gathered;
        private double unreduced;

        Pieces(Change change, PassWork work) {
            this.change = change;
            this.work = work;
            for (PassWork.Part part : work.parts()) {
                if (part.layer()) {
                    layers.add(part.parameters().total());
                } else {
                    ends += part.parameters().total();
                    gradients += part.parameters().trained().total();
                }
            }
            frees = switch (change.direction()) {
                case FORWARD -> reshards;
                case BACKWARD, INPUT_GRADIENT -> true;
                case WEIGHT_GRADIENT -> false;
            };
            makesGradients = switch (change.direction()) {
                case FORWARD, INPUT_GRADIENT -> false;
                case BACKWARD, WEIGHT_GRADIENT -> true;
            };
        }

        List<Piece> all() {
            List<Piece> made = new ArrayList<>();
            int layer = 0;
            for (PassWork.Part part : work.parts()) {
                MemoryDelta before = made.isEmpty() ? atBegin() : MemoryDelta.NONE;
                MemoryDelta after = MemoryDelta.NONE;
                if (part.layer()) {
                    before = before.then(gatherUntil(layer + (ahead ? 2 : 1)));
                    after = frees ? memory.gathered(-part.parameters().total()) : MemoryDelta.NONE;
                    layer++;
                }
                if (makesGradients) {
                    before = before.then(memory.unreduced(
                            part.layer() ? part.parameters().trained().total() : gradientsOfEnds()));
                    after = after.then(
                            part.layer() ? reduced(part.parameters().trained().total()) : MemoryDelta.NONE);
                }
                if (made.size() == work.parts().size() - 1) {
                    after = after.then(atEnd());
                }
                made.add(new Piece(part, new PassWork(List.of(only(before), part, only(after)))));
            }
            return made;
        }

        private MemoryDelta atBegin() {
            boolean whole = change.direction() == Pass.Direction.FORWARD && change.ends();
            return (whole ? memory.gathered(ends) : MemoryDelta.NONE).then(gatherUntil(ahead ? 1 : 0));
        }

        private MemoryDelta atEnd() {
            boolean shared = change.direction() != Pass.Direction.FORWARD && change.ends();
            return memory.unreduced(-unreduced)
                    .then(makesGradients ? memory.unreduced(-gradients) : MemoryDelta.NONE)
                    .then(shared ? memory.gathered(-ends) : MemoryDelta.NONE);
        }

        private MemoryDelta gatherUntil(int count) {
            MemoryDelta all = MemoryDelta.NONE;
            while (change.gathers() && gathered < Math.min(count, layers.size())) {
                all = all.then(memory.gathered(layers.get(gathered++)));
            }
            return all;
        }

        /// Those of the unit of embedding and head are whole from the first of them on.
        private double gradientsOfEnds() {
            double made = endsMade ? 0 : gradients;
            endsMade = true;
            return made;
        }

        /// The gradients whose reduction a layer's backward pass outlasts: its predecessor's, or its own.
        private MemoryDelta reduced(double parameters) {
            double done = beside ? unreduced : parameters;
            unreduced = beside ? parameters : 0;
            return memory.unreduced(-done);
        }

        private PassWork.Part only(MemoryDelta delta) {
            return PassWork.Part.end(List.of(new Op.Memory(delta)));
        }
    }
}
