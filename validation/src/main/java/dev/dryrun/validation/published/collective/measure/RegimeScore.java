// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.measure;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// One regime over all systems, which weigh the same.
///
/// @param systems how many have a row there
/// @param worst the system with the largest mean error
public record RegimeScore(SizeRegime regime, int systems, double mean, double bias, String worst, double worstMean) {

    static Optional<RegimeScore> of(SizeRegime regime, List<SystemScore> all) {
        List<SystemScore> systems = all.stream()
                .filter(score -> score.regimes().containsKey(regime))
                .toList();
        if (systems.isEmpty()) {
            return Optional.empty();
        }
        double mean = 0;
        double bias = 0;
        SystemScore worst = systems.getFirst();
        for (SystemScore score : systems) {
            mean += errors(score, regime).mean() / systems.size();
            bias += errors(score, regime).bias() / systems.size();
            worst = errors(score, regime).mean() > errors(worst, regime).mean() ? score : worst;
        }
        return Optional.of(new RegimeScore(
                regime,
                systems.size(),
                mean,
                bias,
                worst.system(),
                errors(worst, regime).mean()));
    }

    private static Errors errors(SystemScore score, SizeRegime regime) {
        return Objects.requireNonNull(score.regimes().get(regime));
    }
}
