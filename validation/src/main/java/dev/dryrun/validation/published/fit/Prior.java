// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

/// What is known of a constant before any run is looked at: a normal distribution of its value, or of the logarithm of
/// its value, within bounds.
///
/// @param scale what is normally distributed
/// @param centre in the constant's own unit (SI)
/// @param spread standard deviation: in that unit, or of the natural logarithm
/// @param least lowest value that physics allows
/// @param most highest
/// @param source why
public record Prior(Scale scale, double centre, double spread, double least, double most, String source) {
    /// What is normally distributed.
    public enum Scale {
        LINEAR,
        LOG
    }

    public Prior {
        if (!(spread > 0) || !(least <= centre && centre <= most) || (scale == Scale.LOG && !(least > 0))) {
            throw new IllegalArgumentException(
                    "centre %s within %s to %s with spread %s; the centre must lie within, the spread be above 0, and a logarithm's bounds too"
                            .formatted(centre, least, most, spread));
        }
    }

    /// Standard deviations of a value from the centre; a value out of bounds counts as the bound.
    public double toStandard(double value) {
        double within = Math.clamp(value, least, most);
        return switch (scale) {
            case LINEAR -> (within - centre) / spread;
            case LOG -> Math.log(within / centre) / spread;
        };
    }

    /// The value so many standard deviations from the centre, within bounds.
    public double toValue(double standard) {
        if (standard <= toStandard(least)) {
            return least;
        }
        double value = switch (scale) {
            case LINEAR -> centre + spread * standard;
            case LOG -> centre * Math.exp(spread * standard);
        };
        return Math.clamp(value, least, most);
    }

    /// The same width about another centre, for a constant of which a value is known that these runs had no part in.
    public Prior around(double value) {
        return new Prior(scale, Math.clamp(value, least, most), spread, least, most, source);
    }
}
