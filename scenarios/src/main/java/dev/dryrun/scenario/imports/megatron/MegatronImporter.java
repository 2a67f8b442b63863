// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.ImportSource;
import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.Importer;
import dev.dryrun.scenario.imports.OptionReport;
import dev.dryrun.scenario.imports.ScenarioDraft;
import dev.dryrun.scenario.imports.shell.ScriptText;
import dev.dryrun.scenario.imports.shell.ShellResult;
import dev.dryrun.scenario.imports.shell.ShellScript;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Reads a bash script that launches Megatron-LM.
public final class MegatronImporter implements Importer {
    @Override
    public String name() {
        return "megatron";
    }

    @Override
    public String title() {
        return "launch script of Megatron-LM (bash)";
    }

    @Override
    public Imported read(ImportSource source) {
        var draft = new ScenarioDraft();
        var script = new ScriptText(source.name(), source.text());
        List<LauncherOption> batch = BatchLines.of(script);
        Map<String, String> environment = new TreeMap<>(BatchLines.environment(batch));
        environment.putAll(source.environment());
        ShellResult result = ShellScript.follow(script, environment, source.problems());
        if (result == null) {
            return new Imported(draft, List.of());
        }
        var table = new ArgumentTable();
        Launch launch = Launch.find(result.calls(), table);
        if (launch == null) {
            source.problems()
                    .add(
                            script.position(0),
                            "",
                            "without a launch of Megatron-LM",
                            "a command with its options, such as --num-layers, must be there",
                            "the command is in another script, which this one calls");
            return new Imported(draft, List.of());
        }
        List<LauncherOption> launcher = LauncherOption.of(launch.launcher());
        Machines machines = Machines.of(launch, launcher, batch, result, source.gpus());
        var options = new Options(launch.arguments(), table);
        var reading = new Reading(result, launch, options, machines, draft, source.problems());
        ModelOptions.read(reading);
        LayoutOptions.read(reading);
        TrainingOptions.read(reading);
        StackOptions.read(reading);
        List<OptionReport> reports = new ArrayList<>(reports(reading));
        batch.forEach(option -> reports.add(report(option, "#SBATCH ", script)));
        launcher.forEach(option -> reports.add(report(option, "", script)));
        reports.addAll(EnvironmentSettings.report(result, launch));
        reports.addAll(notes(result, Launch.count(result.calls(), table), launch));
        reports.sort(Comparator.comparing(OptionReport::at));
        return new Imported(draft, reports);
    }

    private static List<OptionReport> reports(Reading reading) {
        List<OptionReport> reports = new ArrayList<>();
        for (Option option : reading.options().all()) {
            boolean modelled = option.effect() == Effect.MODELLED;
            boolean unknown = modelled && !option.isSettled() && reading.isUnknown(option);
            reports.add(new OptionReport(
                    reading.script().position(option.at()),
                    option.name(),
                    option.text(),
                    unknown ? Effect.NOT_MODELLED : option.effect(),
                    option.note()));
        }
        return reports;
    }

    private static OptionReport report(LauncherOption option, String prefix, ScriptText script) {
        boolean counts = !option.counts().isEmpty();
        boolean known = option.value().isKnown()
                && !Machines.lastNumber(option.value().toString()).isEmpty();
        String note = !counts ? "start of processes" : known ? "cluster.nodes" : "no number that is known here";
        return new OptionReport(
                script.position(option.word().placeOr(0)),
                prefix + option.name(),
                option.value().toString(),
                !counts ? Effect.NO_EFFECT_ON_TIME : known ? Effect.MODELLED : Effect.NOT_MODELLED,
                note);
    }

    /// What of the script could not be followed, and whether more than one training is started.
    private static List<OptionReport> notes(ShellResult result, long launches, Launch launch) {
        List<OptionReport> reports = new ArrayList<>();
        for (ShellResult.Note note : result.notes()) {
            reports.add(new OptionReport(
                    result.script().position(note.at()), "the script", "", Effect.NOT_MODELLED, note.text()));
        }
        String several = launches > 1 ? "one of " + launches + " launches of the script" : "";
        String maybe = launch.call().certain() ? "" : "started under a condition that cannot be decided here";
        for (String text : new String[] {several, maybe}) {
            if (!text.isEmpty()) {
                reports.add(new OptionReport(
                        result.script().position(launch.program().placeOr(0)),
                        launch.programName(),
                        "",
                        Effect.NOT_MODELLED,
                        text));
            }
        }
        return reports;
    }
}
