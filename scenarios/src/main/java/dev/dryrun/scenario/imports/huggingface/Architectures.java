// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.huggingface;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The architectures that are read. A new one is a reader and a line here.
final class Architectures {
    static final List<Architecture> ALL = List.of(
            new Architecture("llama", "Llama", LlamaLike::llama),
            new Architecture("mistral", "Mistral", LlamaLike::mistral),
            new Architecture("mixtral", "Mixtral", ExpertModels::mixtral),
            new Architecture("qwen2", "Qwen2", LlamaLike::qwen2),
            new Architecture("qwen2_moe", "Qwen2Moe", ExpertModels::qwen2Moe),
            new Architecture("qwen3", "Qwen3", LlamaLike::qwen3),
            new Architecture("qwen3_moe", "Qwen3Moe", ExpertModels::qwen3Moe),
            new Architecture("gemma", "Gemma", LlamaLike::gemma),
            new Architecture("gpt_oss", "GptOss", ExpertModels::gptOss),
            new Architecture("deepseek_v2", "DeepseekV2", LatentModels::deepseekV2),
            new Architecture("deepseek_v3", "DeepseekV3", LatentModels::deepseekV3),
            new Architecture("gpt2", "GPT2", GptLike::gpt2),
            new Architecture("gpt_neox", "GPTNeoX", GptLike::gptNeox),
            new Architecture("gptj", "GPTJ", GptLike::gptj),
            new Architecture("opt", "OPT", GptLike::opt),
            new Architecture("bloom", "Bloom", GptLike::bloom),
            new Architecture("falcon", "Falcon", QueryGroups::falcon),
            new Architecture("mpt", "MPT", QueryGroups::mpt),
            new Architecture("phi", "Phi", QueryGroups::phi),
            new Architecture("t5", "T5", Encoders::t5),
            new Architecture("mt5", "MT5", Encoders::mt5),
            new Architecture("bert", "Bert", Encoders::bert));

    private Architectures() {}

    static @Nullable Architecture ofType(String type) {
        return ALL.stream().filter(each -> each.type().equals(type)).findFirst().orElse(null);
    }

    /// The architecture of a class such as `LlamaForCausalLM`; the longest name that fits.
    static @Nullable Architecture ofClass(String className) {
        Architecture best = null;
        for (Architecture each : ALL) {
            if (isOf(className, each)
                    && (best == null
                            || each.className().length() > best.className().length())) {
                best = each;
            }
        }
        return best;
    }

    /// Whether a class is one of an architecture: its name and what the class is for.
    private static boolean isOf(String className, Architecture architecture) {
        if (!className.regionMatches(
                true, 0, architecture.className(), 0, architecture.className().length())) {
            return false;
        }
        String rest = className.substring(architecture.className().length());
        return rest.isEmpty() || rest.startsWith("For") || rest.startsWith("LMHead") || rest.endsWith("Model");
    }

    static List<String> types() {
        return ALL.stream().map(Architecture::type).toList();
    }

    /// Class names of the heads that train a language model, for messages.
    static List<String> classNames() {
        List<String> names = new ArrayList<>();
        for (Architecture each : ALL) {
            names.add(each.className()
                    + switch (each.type()) {
                        case "gpt2" -> "LMHeadModel";
                        case "t5", "mt5" -> "ForConditionalGeneration";
                        case "bert" -> "ForPreTraining";
                        default -> "ForCausalLM";
                    });
        }
        return names;
    }
}
