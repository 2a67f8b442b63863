// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.nccltests;

import dev.dryrun.hardware.catalog.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A run while its lines come in.
final class RunDraft {
    private final Position at;
    private final String collective;
    private int gpusOfProcess = 1;
    private boolean hasParameters;
    private boolean complete;
    private String date = "";
    private final List<Member> members = new ArrayList<>();
    private final List<Sample> samples = new ArrayList<>();

    /// @param collective what began it; empty where that does not say
    RunDraft(Position at, String collective) {
        this.at = at;
        this.collective = collective;
    }

    boolean hasBegun() {
        return hasParameters || !members.isEmpty() || !samples.isEmpty();
    }

    boolean isComplete() {
        return complete;
    }

    int sizes() {
        return samples.size();
    }

    Position at() {
        return at;
    }

    void parameters(int threads, int gpusOfThread) {
        hasParameters = true;
        gpusOfProcess = Math.max(1, threads * gpusOfThread);
    }

    void add(Member member) {
        members.add(member);
    }

    void add(Sample sample) {
        samples.add(sample);
    }

    void date(String day) {
        if (date.isEmpty()) {
            date = day;
        }
    }

    void ends() {
        complete = true;
    }

    BenchmarkRun run() {
        return new BenchmarkRun(at, collective, gpusOfProcess, everyMember(), samples, date, complete);
    }

    /// Where a process that drives several GPUs introduces the first of them only, as in JSON, the others too.
    private List<Member> everyMember() {
        var processes = new HashSet<List<Object>>();
        members.forEach(member -> processes.add(List.of(member.host(), member.process())));
        if (gpusOfProcess == 1 || processes.size() < members.size()) {
            return members;
        }
        var all = new ArrayList<Member>();
        for (Member first : members) {
            for (int i = 0; i < gpusOfProcess; i++) {
                all.add(new Member(
                        first.rank() + i,
                        first.group(),
                        first.process(),
                        first.host(),
                        first.device() + i,
                        first.product()));
            }
        }
        return all;
    }
}
