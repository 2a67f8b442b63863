// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.kernel.FlashAttention;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.validation.calibrate.runs.ProductFit;
import dev.dryrun.validation.trace.TracedCollective;
import java.util.Locale;
import java.util.OptionalDouble;

/// What traces say, in the form `dryrun/trace-calibration/1`. Rates are operations a second, times seconds.
final class TraceJson {
    private final JsonText json = new JsonText();

    private TraceJson() {}

    static String write(TraceFindings findings) {
        return new TraceJson().all(findings);
    }

    private String all(TraceFindings findings) {
        json.beginObject().field("schema", "dryrun/trace-calibration/1").field("traces", findings.files());
        json.field("accelerator", findings.accelerator().name());
        if (findings.stack() != null) {
            json.field("stack", findings.stack().name());
        }
        json.field("unshaped_s", findings.unshapedSeconds());
        json.key("constants").beginArray();
        if (findings.fit() != null) {
            fitted(findings.fit());
        }
        findings.constants().forEach(this::ofStack);
        json.endArray();
        products(findings);
        json.key("attention").beginArray();
        findings.attention().rows().forEach(this::attention);
        json.endArray();
        findings.host().ifPresent(this::host);
        json.key("collectives").beginArray();
        findings.collectives().forEach(this::collective);
        return json.endArray().endObject().toString();
    }

    private void fitted(ProductFit fit) {
        for (int i = 0; i < fit.names().size(); i++) {
            json.beginObject()
                    .field("of", "accelerator")
                    .field("name", fit.names().get(i));
            json.field("catalog", fit.catalogValue(i)).field("value", fit.value(i));
            json.field("by_data_pct", fit.byDataPct(i)).field("written", fit.identified(i));
            json.endObject();
        }
    }

    private void ofStack(StackConstant constant) {
        json.beginObject().field("of", "stack").field("name", constant.name());
        json.field("catalog", constant.ofStack()).field("value", constant.value());
        json.field("written", constant.written());
        if (!constant.written()) {
            json.field("reason", constant.refusal());
        }
        json.endObject();
    }

    private void products(TraceFindings findings) {
        json.key("products").beginObject();
        json.field("mean_error_catalog_pct", ProductResidual.meanErrorPct(findings.residuals(), false));
        json.field("mean_error_fitted_pct", ProductResidual.meanErrorPct(findings.residuals(), true));
        json.key("rows").beginArray();
        for (ProductResidual one : findings.residuals()) {
            Gemm gemm = one.gemm();
            json.beginObject().field("m", gemm.m()).field("n", gemm.n()).field("k", gemm.k());
            json.field("batch", gemm.batch());
            json.field("precision", gemm.precision().name().toLowerCase(Locale.ROOT));
            json.field("calls", (long) one.calls()).field("measured_s", one.measuredSeconds());
            json.field("catalog_s", one.catalogSeconds()).field("fitted_s", one.fittedSeconds());
            json.endObject();
        }
        json.endArray().endObject();
    }

    private void attention(AttentionShares.Row row) {
        FlashAttention shape = row.timed().shape().attention();
        json.beginObject().field("pass", row.pass().name().toLowerCase(Locale.ROOT));
        json.field("sequences", shape.sequences()).field("query_length", shape.queryLength());
        json.field("pairs", shape.pairs()).field("heads", shape.heads());
        json.field("key_dimension", shape.keyDimension()).field("value_dimension", shape.valueDimension());
        json.field("calls", (long) row.timed().calls())
                .field("measured_s", row.timed().medianSeconds());
        json.field("of_peak", row.ofPeak()).endObject();
    }

    private void host(HostIssue issue) {
        json.key("host").beginObject().field("mean_s", issue.meanSeconds());
        json.field("intervals", (long) issue.intervals()).field("operators_recorded", issue.operators());
        json.endObject();
    }

    private void collective(ComparedCollective one) {
        TracedCollective shape = one.timed().shape();
        json.beginObject().field("kind", shape.kind()).field("bytes", shape.bytes());
        json.field("ranks", (long) shape.groupSize()).field("group", shape.group());
        json.field("calls", (long) one.timed().calls())
                .field("median_s", one.timed().medianSeconds());
        json.field("lower_quartile_s", one.timed().quartileSeconds());
        OptionalDouble predicted = one.predictedSeconds();
        json.field("predicted_s", predicted);
        if (predicted.isEmpty()) {
            json.field("reason", one.unknown());
        }
        json.endObject();
    }
}
