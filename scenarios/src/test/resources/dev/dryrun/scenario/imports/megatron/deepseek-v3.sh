#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# The shape of DeepSeek-V3 (arXiv:2412.19437, section 4.2) in the options of Megatron-Core.
NETWORK_ARGS=(
    --num-layers 61
    --hidden-size 7168
    --ffn-hidden-size 18432
    --num-attention-heads 128
    --kv-channels 128
    --max-position-embeddings 4096
    --position-embedding-type rope
    --normalization RMSNorm
    --swiglu
    --disable-bias-linear
    --untie-embeddings-and-output-weights
    --qk-layernorm
    --multi-latent-attention
    --q-lora-rank 1536 --kv-lora-rank 512 --qk-head-dim 128 --qk-pos-emb-head-dim 64 --v-head-dim 128
    --num-experts 256
    --moe-layer-freq "([0]*3+[1]*58)"
    --moe-ffn-hidden-size 2048
    --moe-shared-expert-intermediate-size 2048
    --moe-router-topk 8
    --mtp-num-layers 1
    "--fp8-recipe blockwise"
    "--fp8-format e4m3"
)
torchrun --nproc_per_node 8 --nnodes 256 pretrain_gpt.py ${NETWORK_ARGS[@]} \
    --tensor-model-parallel-size 1 --pipeline-model-parallel-size 16 --expert-model-parallel-size 64 \
    --pipeline-model-parallel-layout "Et*3|(tt|)*29m|L" \
    --seq-length 4096 --micro-batch-size 1 --global-batch-size 15360 --bf16 --use-distributed-optimizer \
    --attention-dropout 0 --hidden-dropout 0 --vocab-size 129280 --train-tokens 14800000000000
