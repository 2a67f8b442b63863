// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.scenario.imports.NearestSimulated.Products;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;
import java.util.stream.Stream;

/// The format of matrix products: mixed precision, and 8 bits where a converter or an older switch asks for them.
final class PrecisionChoice {
    private static final String KEY = "training.precision";
    private static final String CONVERTERS = "model.converters";
    private static final String PARAMETERS = "training.mixed_precision_param";
    private static final String REDUCTION = "training.mixed_precision_reduce";
    private static final String SCALING = "training.scaling";
    private static final String ALL = "training.dtype";
    private static final List<String> SWITCHES = List.of(
            "float8.enable_float8_linear",
            "training.enable_float8_linear",
            "training.enable_fp8_linear",
            "training.fp8_linear");

    private PrecisionChoice() {}

    static void read(Reading reading) {
        Settings settings = reading.settings();
        String parameters = settings.text(PARAMETERS, "bfloat16");
        Products products = Products.BF16;
        if (parameters.equals("float32")) {
            products = Products.FP32;
        } else if (!parameters.equals("bfloat16")) {
            settings.wrong(PARAMETERS, "must be bfloat16 or float32", "bfloat16");
        }
        reading.putNearest(KEY, products.nearest(), PARAMETERS);
        if (settings.says(ALL, "bfloat16")) {
            reading.putNearest(KEY, Products.ALL_BF16.nearest(), ALL);
            reading.put("training.master_weights", false, ALL);
        }
        reduction(reading);
        eightBits(reading);
    }

    private static void reduction(Reading reading) {
        String format = reading.settings().text(REDUCTION, "");
        if (format.equals("float32") || format.equals("bfloat16")) {
            reading.put("training.reduce_in", format.equals("float32") ? "fp32" : "bf16", REDUCTION);
        } else if (!format.isEmpty()) {
            reading.settings().wrong(REDUCTION, "must be float32 or bfloat16", "float32");
        }
    }

    private static void eightBits(Reading reading) {
        Settings settings = reading.settings();
        for (String converter : settings.texts(CONVERTERS)) {
            String name = converter.strip();
            if (name.contains("float8")) {
                reading.putNearest(KEY, Products.FLOAT8.nearest(), CONVERTERS);
                // torchao scales by the maximum of each tensor, or of each of its rows, as it is cast.
                reading.put(SCALING, "current", CONVERTERS);
            } else if (name.contains("mx")) {
                reading.putNearest(KEY, Products.MX_FP8.nearest(), CONVERTERS);
                reading.put(SCALING, "mx", CONVERTERS);
            } else {
                reading.fates().notModelled(CONVERTERS, name + " is unknown");
            }
        }
        Stream<String> on = SWITCHES.stream().filter(name -> {
            var setting = settings.find(name);
            return setting != null && !setting.isOff();
        });
        on.forEach(name -> {
            reading.putNearest(KEY, Products.FLOAT8.nearest(), name);
            reading.put(SCALING, "current", name);
        });
    }
}
