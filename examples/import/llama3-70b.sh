#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Llama 3 70B with Megatron-Core on 512 GPUs. Run dryrun on it:
#
#   dryrun import megatron examples/import/llama3-70b.sh --node dgx-h100 --site eos
set -euo pipefail

export CUDA_DEVICE_MAX_CONNECTIONS=1

GPUS_PER_NODE=8
NNODES=${NNODES:-64}
TP=8
PP=4
VPP=5

DISTRIBUTED_ARGS=(
    --nproc_per_node $GPUS_PER_NODE
    --nnodes $NNODES
    --rdzv_backend c10d
    --rdzv_endpoint "${MASTER_ADDR:-localhost}:${MASTER_PORT:-29500}"
)

MODEL_ARGS=(
    --use-mcore-models
    --num-layers 80
    --hidden-size 8192
    --ffn-hidden-size 28672
    --num-attention-heads 64
    --group-query-attention
    --num-query-groups 8
    --max-position-embeddings 8192
    --position-embedding-type rope
    --rotary-base 500000
    --normalization RMSNorm
    --norm-epsilon 1e-5
    --swiglu
    --disable-bias-linear
    --untie-embeddings-and-output-weights
    --attention-dropout 0.0
    --hidden-dropout 0.0
)

TRAINING_ARGS=(
    --seq-length 8192
    --micro-batch-size 1
    --global-batch-size 512
    --train-iters 3576279            # 15 T tokens
    --lr 1.5e-4
    --min-lr 1.5e-6
    --lr-decay-style cosine
    --lr-warmup-iters 8000
    --weight-decay 0.1
    --adam-beta1 0.9
    --adam-beta2 0.95
    --clip-grad 1.0
    --bf16
    --manual-gc
)

PARALLEL_ARGS=(
    --tensor-model-parallel-size $TP
    --pipeline-model-parallel-size $PP
    --num-virtual-stages-per-pipeline-rank $VPP
    --sequence-parallel
    --use-distributed-optimizer
    --overlap-grad-reduce
    --overlap-param-gather
    --tp-comm-overlap
)

DATA_ARGS=(
    --tokenizer-type HuggingFaceTokenizer
    --tokenizer-model meta-llama/Meta-Llama-3-70B
    --vocab-size 128256
    --data-path "${DATA_PATH:-/data/corpus}"
    --split 99,1,0
)

if [[ -n "${WANDB_API_KEY:-}" ]]; then
    DATA_ARGS+=(--wandb-project llama3 --wandb-exp-name "70b-$(date +%Y%m%d)")
fi

torchrun "${DISTRIBUTED_ARGS[@]}" pretrain_gpt.py \
    "${MODEL_ARGS[@]}" \
    "${TRAINING_ARGS[@]}" \
    "${PARALLEL_ARGS[@]}" \
    "${DATA_ARGS[@]}"
